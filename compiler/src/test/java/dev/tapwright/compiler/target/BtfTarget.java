package dev.tapwright.compiler.target;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * For the fuzzer, {@code tests/fuzz/run}: any types are a kernel's or none, and what is asked of
 * them has an answer.
 */
public final class BtfTarget {
  private static final int HEADER = 24;
  private static final byte[] NAMES =
      "\0f\0btf_trace_t\0s\0u\0e\0a\0b\0int\0".getBytes(StandardCharsets.US_ASCII);
  private static final List<String> ASKED =
      List.of(
          "f",
          "t",
          "s",
          "struct s",
          "union u",
          "enum e",
          "a",
          "b",
          "int",
          "struct s **",
          "unsigned long");

  private BtfTarget() {}

  private static final byte[] KERNEL = BtfFixture.sample(ByteOrder.LITTLE_ENDIAN);

  /**
   * Reads the bytes as a whole file, and as the types of a file whose header and names are good;
   * the kernel's, and a module's.
   */
  public static void fuzzerTestOneInput(byte[] bytes) {
    ask(bytes);
    ByteBuffer file =
        ByteBuffer.allocate(HEADER + bytes.length + NAMES.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(HEADER);
    file.putInt(0).putInt(bytes.length).putInt(bytes.length).putInt(NAMES.length);
    file.put(bytes).put(NAMES);
    ask(file.array());
  }

  private static void ask(byte[] file) {
    try {
      ask(BtfTypes.parse(file));
    } catch (MalformedFileException malformed) {
      return;
    }
    try {
      BtfTypes.parse(KERNEL, new BtfFixture.Modules(Map.of("m", file)))
          .module("m")
          .ifPresent(BtfTarget::ask);
    } catch (MalformedFileException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static void ask(KernelTypes types) {
    DataTypes data = types.dataTypes();
    types.tracepointNames().forEach(types::tracepoint);
    for (String name : ASKED) {
      types.function(name).ifPresent(data::typesOf);
      types.tracepoint(name).ifPresent(data::typesOf);
      data.enumerator(name);
      data.named(name).ifPresent(type -> ask(data, type));
    }
    for (int type = -1; type < 50; type++) {
      ask(data, type);
    }
  }

  private static void ask(DataTypes data, int type) {
    data.shape(type);
    data.spelling(type);
    data.size(type);
    data.members(type);
  }
}
