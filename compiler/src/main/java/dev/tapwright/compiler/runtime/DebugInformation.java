package dev.tapwright.compiler.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tapwright.compiler.bpf.KernelProgram.SourceLine;
import dev.tapwright.compiler.object.ProgramImage;
import dev.tapwright.compiler.runtime.BpfCalls.ProgramDebugInfo;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the kernel is told of where programs come from, so that its verifier and {@code bpftool prog dump} name lines of the
 * script: a BTF with a function for each program (kernel, {@code Documentation/bpf/btf.rst}), and line records. From 5.0 on;
 * older kernels, and kernels that refuse it, do without.
 *
 * <pre>
 *   type 1   int
 *        2   void *
 *        3   int (void *context)
 *        4…  one static function of type 3 for each program
 * </pre>
 */
final class DebugInformation {
  private static final int HEADER_SIZE = 24;
  private static final int MAGIC_AND_VERSION = 0x0001_eb9f;
  private static final int KIND_INT = 1;
  private static final int KIND_PTR = 2;
  private static final int KIND_FUNC = 12;
  private static final int KIND_FUNC_PROTO = 13;
  private static final int FIRST_FUNCTION_TYPE = 4;

  /** Columns are 10 bits wide. */
  private static final int COLUMN_MAXIMUM = 1023;

  private final List<Optional<ProgramDebugInfo>> programs;

  private DebugInformation(List<Optional<ProgramDebugInfo>> programs) {
    this.programs = List.copyOf(programs);
  }

  /** Loads the BTF of all programs; where that is not possible none of them has information. */
  static DebugInformation load(BpfCalls bpf, Descriptors descriptors, List<ProgramImage> programs) {
    Strings strings = new Strings();
    byte[] btf = write(programs, strings);
    try {
      int descriptor = descriptors.add(bpf.loadBtf(btf));
      List<Optional<ProgramDebugInfo>> infos = new ArrayList<>();
      for (int place = 0; place < programs.size(); place++) {
        infos.add(records(programs.get(place), place, descriptor, strings));
      }
      return new DebugInformation(infos);
    } catch (SystemCallException unsupported) {
      return new DebugInformation(programs.stream().map(program -> Optional.<ProgramDebugInfo>empty()).toList());
    }
  }

  /** The information of a program, by its place in the object. */
  Optional<ProgramDebugInfo> of(int place) {
    return programs.get(place);
  }

  private static Optional<ProgramDebugInfo> records(
      ProgramImage program, int place, int descriptor, Strings strings) {
    if (program.lines().isEmpty() || program.lines().getFirst().instruction() != 0) {
      return Optional.empty(); // the kernel wants a line for the first instruction
    }
    List<Integer> records = new ArrayList<>();
    for (SourceLine line : program.lines()) {
      records.add(line.instruction());
      records.add(strings.offsetOf(line.file()));
      records.add(strings.offsetOf(line.text()));
      records.add(line.line() << 10 | Math.min(line.column(), COLUMN_MAXIMUM));
    }
    return Optional.of(new ProgramDebugInfo(descriptor, List.of(0, FIRST_FUNCTION_TYPE + place), records));
  }

  private static byte[] write(List<ProgramImage> programs, Strings strings) {
    ByteBuffer types = ByteBuffer.allocate(60 + 12 * programs.size()).order(ByteOrder.nativeOrder());
    types.putInt(strings.offsetOf("int")).putInt(KIND_INT << 24).putInt(4).putInt(1 << 24 | 32); // signed, 32 bits
    types.putInt(0).putInt(KIND_PTR << 24).putInt(0);
    types.putInt(0).putInt(KIND_FUNC_PROTO << 24 | 1).putInt(1).putInt(strings.offsetOf("context")).putInt(2);
    for (ProgramImage program : programs) {
      types.putInt(strings.offsetOf(program.name())).putInt(KIND_FUNC << 24).putInt(3);
      program.lines().forEach(line -> strings.offsetOf(line.file()));
      program.lines().forEach(line -> strings.offsetOf(line.text()));
    }
    byte[] text = strings.toBytes();
    int typesSize = types.position();
    ByteBuffer btf = ByteBuffer.allocate(HEADER_SIZE + typesSize + text.length).order(ByteOrder.nativeOrder());
    btf.putInt(MAGIC_AND_VERSION).putInt(HEADER_SIZE).putInt(0).putInt(typesSize).putInt(typesSize).putInt(text.length);
    return btf.put(types.flip()).put(text).array();
  }

  /** BTF's string section: NUL-terminated strings, named by offset; the empty one comes first. */
  private static final class Strings {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Map<String, Integer> offsets = new LinkedHashMap<>();

    Strings() {
      offsetOf("");
    }

    int offsetOf(String string) {
      return offsets.computeIfAbsent(
          string,
          added -> {
            int offset = bytes.size();
            bytes.writeBytes(added.replace('\0', ' ').getBytes(UTF_8));
            bytes.write(0);
            return offset;
          });
    }

    byte[] toBytes() {
      return bytes.toByteArray();
    }
  }
}
