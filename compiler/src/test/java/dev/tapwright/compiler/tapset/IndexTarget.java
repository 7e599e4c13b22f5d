package dev.tapwright.compiler.tapset;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * For the fuzzer, {@code tests/fuzz/run}: any bytes are an index or none, even if somebody made
 * their sum right.
 */
public final class IndexTarget {
  private IndexTarget() {}

  /** Reads the bytes as the entries of an index. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    IndexCodec.decode(bytes, "");
    byte[] head = IndexCodec.encode("", java.util.List.of());
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    // Magic number, version and key stay, the count of entries and what follows is replaced.
    whole.write(head, 0, 3 * Integer.BYTES);
    whole.write(bytes, 0, bytes.length);
    CRC32 sum = new CRC32();
    sum.update(whole.toByteArray());
    whole.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(sum.getValue()).array());
    IndexCodec.decode(whole.toByteArray(), "")
        .ifPresent(entries -> entries.values().forEach(entry -> entry.names().functions()));
  }
}
