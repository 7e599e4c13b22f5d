package dev.tapwright.compiler.object;

import dev.tapwright.compiler.object.DebugInformation.Function;
import dev.tapwright.compiler.object.DebugInformation.Line;
import dev.tapwright.compiler.object.DebugInformation.ProgramInformation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sections {@code .BTF} and {@code .BTF.ext}: the second says, by section and offset in bytes,
 * which function and which line code belongs to.
 *
 * <pre>
 *   header     u16 magic 0xeb9f   u8 version   u8 flags   u32 header length
 *              u32 offset, u32 length of functions;   the same of lines     (offsets from the header's end)
 *   functions  u32 record size 8,  then by section: u32 name, u32 count, records {u32 offset, u32 type}
 *   lines      u32 record size 16, then by section: u32 name, u32 count, records {u32 offset, file, text, position}
 * </pre>
 */
final class BtfExtension {
  private static final int HEADER_SIZE = 24;
  private static final int FUNCTION_SIZE = 8;
  private static final int LINE_SIZE = 16;

  private final byte[] types;
  private final byte[] bytes;

  private BtfExtension(byte[] types, byte[] bytes) {
    this.types = types;
    this.bytes = bytes;
  }

  static BtfExtension of(
      BpfObject object,
      DebugInformation information,
      Map<String, List<Integer>> programsBySection) {
    Records records = new Records(information);
    programsBySection.forEach(
        (section, programs) -> {
          int start = 0;
          for (int program : programs) {
            int mainSlots = object.programs().get(program).mainSlots();
            records.add(section, program, 0, mainSlots, start);
            start += 8 * mainSlots;
          }
        });
    int start = 0;
    for (int i = 0; i < object.programs().size(); i++) {
      int mainSlots = object.programs().get(i).mainSlots();
      int slots = object.programs().get(i).slots().size();
      records.add(ElfFile.FUNCTIONS, i, mainSlots, slots, start - 8 * mainSlots);
      start += 8 * (slots - mainSlots);
    }
    ByteWriter functions = new ByteWriter().putInt(FUNCTION_SIZE);
    records.functions.forEach(
        (section, bytes) -> write(functions, section, bytes, FUNCTION_SIZE, information));
    ByteWriter lines = new ByteWriter().putInt(LINE_SIZE);
    records.lines.forEach((section, bytes) -> write(lines, section, bytes, LINE_SIZE, information));
    byte[] bytes =
        new ByteWriter()
            .putShort(0xeb9f)
            .putByte(1)
            .putByte(0)
            .putInt(HEADER_SIZE)
            .putInt(0)
            .putInt(functions.size())
            .putInt(functions.size())
            .putInt(lines.size())
            .putBytes(functions.toBytes())
            .putBytes(lines.toBytes())
            .toBytes();
    return new BtfExtension(information.types(), bytes);
  }

  private static void write(
      ByteWriter to, String section, ByteWriter records, int size, DebugInformation information) {
    if (records.size() > 0) {
      to.putInt(information.sectionName(section))
          .putInt(records.size() / size)
          .putBytes(records.toBytes());
    }
  }

  /** The records of each section. */
  private static final class Records {
    private final DebugInformation information;
    private final Map<String, ByteWriter> functions = new LinkedHashMap<>();
    private final Map<String, ByteWriter> lines = new LinkedHashMap<>();

    Records(DebugInformation information) {
      this.information = information;
    }

    /**
     * Adds those of a program's slots.
     *
     * @param offset bytes from the section's start to where the program's slot 0 is or would be
     */
    void add(String section, int program, int fromSlot, int toSlot, int offset) {
      ByteWriter itsFunctions = functions.computeIfAbsent(section, _ -> new ByteWriter());
      ByteWriter itsLines = lines.computeIfAbsent(section, _ -> new ByteWriter());
      ProgramInformation one = information.programs().get(program);
      for (Function function : one.functions()) {
        if (function.slot() >= fromSlot && function.slot() < toSlot) {
          itsFunctions.putInt(offset + 8 * function.slot()).putInt(function.type());
        }
      }
      for (Line line : one.lines()) {
        if (line.slot() >= fromSlot && line.slot() < toSlot) {
          itsLines
              .putInt(offset + 8 * line.slot())
              .putInt(line.file())
              .putInt(line.text())
              .putInt(line.position());
        }
      }
    }
  }

  byte[] types() {
    return types;
  }

  byte[] bytes() {
    return bytes;
  }
}
