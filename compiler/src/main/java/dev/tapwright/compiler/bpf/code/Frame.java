package dev.tapwright.compiler.bpf.code;

/**
 * The stack of a handler, in 8-byte units: temporaries of a statement make place for those of the
 * next.
 */
public final class Frame {
  /** Bytes that the kernel gives. */
  public static final int LIMIT = 512;

  private int used;
  private int highest;

  /** A place of so many bytes, rounded up to 8. */
  public Address.Stack allocate(int bytes) {
    used += roundedUp(bytes);
    highest = Math.max(highest, used);
    return new Address.Stack(-used);
  }

  /** What is in use now, for {@link #release}. */
  public int mark() {
    return used;
  }

  /** Gives back what was allocated since the mark was taken. */
  public void release(int mark) {
    used = mark;
  }

  /** The most that was in use at any time, bytes. */
  public int highest() {
    return highest;
  }

  /** Rounds up to 8 bytes. */
  public static int roundedUp(int bytes) {
    return (bytes + 7) / 8 * 8;
  }
}
