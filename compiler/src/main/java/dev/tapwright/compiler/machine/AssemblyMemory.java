package dev.tapwright.compiler.machine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a block of assembler has addresses of: stretches that lie far from each other. Address
 * {@code (n + 1) << 32 | 1 << 31} is the first byte of stretch {@code n}.
 */
final class AssemblyMemory {
  private static final long FIRST = 1L << 31;

  /** Stretches and bytes that one run can have: a block that allocates in a loop ends there. */
  private static final int MOST_STRETCHES = 1 << 16;

  private static final int MOST_BYTES = 1 << 24;

  private final List<ByteBuffer> stretches = new ArrayList<>();
  private int bytesUsed;

  /** The address of so many new bytes, all 0; empty when there are none left. */
  Optional<Long> allocate(int bytes) {
    if (stretches.size() == MOST_STRETCHES || bytes > MOST_BYTES - bytesUsed) {
      return Optional.empty();
    }
    bytesUsed += bytes;
    stretches.add(ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder()));
    return Optional.of(((long) stretches.size() << Integer.SIZE) | FIRST);
  }

  /** The address of a new string; empty when there is no more room. */
  Optional<Long> text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    Optional<Long> address = allocate(bytes.length + 1);
    address.ifPresent(_ -> stretches.getLast().put(0, bytes));
    return address;
  }

  /** The string at an address, at most so long; empty for a bad address. */
  Optional<String> text(long address, int length) {
    Optional<ByteBuffer> stretch = stretch(address, 1);
    if (stretch.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = stretch.get().array();
    int start = offset(address);
    int end = start;
    while (end < bytes.length && end - start < length && bytes[end] != 0) {
      end++;
    }
    return Optional.of(
        new String(Arrays.copyOfRange(bytes, start, end), StandardCharsets.ISO_8859_1));
  }

  /** Reads 1, 2, 4 or 8 bytes, zero-extended; empty for a bad address. */
  Optional<Long> read(long address, int bytes) {
    int at = offset(address);
    return stretch(address, bytes)
        .map(
            stretch ->
                switch (bytes) {
                  case 1 -> Byte.toUnsignedLong(stretch.get(at));
                  case 2 -> Short.toUnsignedLong(stretch.getShort(at));
                  case 4 -> Integer.toUnsignedLong(stretch.getInt(at));
                  default -> stretch.getLong(at);
                });
  }

  /** Writes 1, 2, 4 or 8 bytes; false for a bad address. */
  boolean write(long address, int bytes, long value) {
    Optional<ByteBuffer> found = stretch(address, bytes);
    if (found.isEmpty()) {
      return false;
    }
    ByteBuffer stretch = found.get();
    int at = offset(address);
    switch (bytes) {
      case 1 -> stretch.put(at, (byte) value);
      case 2 -> stretch.putShort(at, (short) value);
      case 4 -> stretch.putInt(at, (int) value);
      default -> stretch.putLong(at, value);
    }
    return true;
  }

  private static int offset(long address) {
    return (int) ((address & 0xffff_ffffL) - FIRST);
  }

  private Optional<ByteBuffer> stretch(long address, int bytes) {
    long number = (address >>> Integer.SIZE) - 1;
    if (number < 0 || number >= stretches.size()) {
      return Optional.empty();
    }
    ByteBuffer stretch = stretches.get((int) number);
    long offset = (address & 0xffff_ffffL) - FIRST;
    return offset >= 0 && offset + bytes <= stretch.capacity()
        ? Optional.of(stretch)
        : Optional.empty();
  }
}
