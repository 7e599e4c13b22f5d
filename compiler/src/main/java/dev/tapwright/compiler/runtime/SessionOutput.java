package dev.tapwright.compiler.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The script's output, byte for byte. The first line after a pause goes out at once, so that a
 * reader sees it; what follows closely is gathered until the writer pauses and calls {@link
 * #flush}, or until there is much of it.
 */
final class SessionOutput {
  private static final int CAPACITY = 1 << 16;
  private static final long PAUSE_NANOSECONDS = 5_000_000;

  private final OutputStream stream;
  private final Runnable onClosed;
  private final byte[] buffer = new byte[CAPACITY];
  private int length;
  private long lastFlush = System.nanoTime() - PAUSE_NANOSECONDS;
  private boolean isClosed;

  /**
   * Writes to a stream.
   *
   * @param onClosed called once, when nobody reads the stream any more
   */
  SessionOutput(OutputStream stream, Runnable onClosed) {
    this.stream = stream;
    this.onClosed = onClosed;
  }

  /** Prints text, one {@code char} for each byte. */
  synchronized void print(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    if (length + bytes.length > CAPACITY) {
      flush();
    }
    if (bytes.length > CAPACITY) {
      write(bytes, bytes.length);
      return;
    }
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
    if (text.endsWith("\n") && System.nanoTime() - lastFlush > PAUSE_NANOSECONDS) {
      flush();
    }
  }

  /** Writes what has been gathered. */
  synchronized void flush() {
    if (length > 0) {
      write(buffer, length);
      length = 0;
      lastFlush = System.nanoTime();
    }
  }

  private void write(byte[] bytes, int count) {
    if (isClosed) {
      return;
    }
    try {
      stream.write(bytes, 0, count);
      stream.flush();
    } catch (IOException closed) {
      isClosed = true;
      onClosed.run();
    }
  }
}
