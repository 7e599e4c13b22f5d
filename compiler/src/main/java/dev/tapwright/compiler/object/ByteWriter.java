package dev.tapwright.compiler.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Grows; numbers in the byte order of the machine. */
final class ByteWriter {
  private ByteBuffer buffer = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());

  int size() {
    return buffer.position();
  }

  ByteWriter putByte(int value) {
    reserve(1).put((byte) value);
    return this;
  }

  ByteWriter putShort(int value) {
    reserve(2).putShort((short) value);
    return this;
  }

  ByteWriter putInt(int value) {
    reserve(4).putInt(value);
    return this;
  }

  ByteWriter putLong(long value) {
    reserve(8).putLong(value);
    return this;
  }

  ByteWriter putBytes(byte[] bytes) {
    reserve(bytes.length).put(bytes);
    return this;
  }

  /** Zeros up to a multiple of a power of two. */
  ByteWriter align(int alignment) {
    while (size() % alignment != 0) {
      putByte(0);
    }
    return this;
  }

  /** Writes over what is there. */
  void setInt(int offset, int value) {
    buffer.putInt(offset, value);
  }

  byte[] toBytes() {
    return Arrays.copyOf(buffer.array(), size());
  }

  private ByteBuffer reserve(int count) {
    if (buffer.remaining() < count) {
      int capacity = Math.max(buffer.capacity() * 2, size() + count);
      buffer = ByteBuffer.allocate(capacity).order(ByteOrder.nativeOrder()).put(buffer.flip());
    }
    return buffer;
  }
}
