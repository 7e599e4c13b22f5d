package dev.tapwright.compiler.bpf;

/**
 * The one element of the session map, shared by the run time and all kernel programs.
 *
 * <pre>
 *   offset  0  u64  state: 0 running, 1 ending (handlers that look end at once)
 *           8  u64  errors whose event was lost because the buffer was full
 *          16  s64  wall-clock time minus bpf_ktime_get_ns(), nanoseconds
 *          24  s64  target process
 *          32  u64  other events lost because the buffer was full
 *          40  u64  handlers skipped because their memory was in use
 *          48  u64  insertions into arrays that wrap
 *          56  s64  the process that runs the session
 *          64  u64  always 0: what elements begin with
 *          72  and 16 more for each program by whose processes handlers run: u64 number of its file's
 *              inode, u64 number of that one's device as the kernel writes it; 0 without such a file
 * </pre>
 */
public final class SessionLayout {
  /** Offset of the state. */
  public static final int STATE = 0;

  /** Offset of the number of errors whose event was lost. */
  public static final int ERRORS = 8;

  /** Offset of the clock's offset. */
  public static final int REAL_TIME_OFFSET = 16;

  /** Offset of the target process. */
  public static final int TARGET_PROCESS = 24;

  /** Offset of the number of lost events. */
  public static final int LOST_EVENTS = 32;

  /** Offset of the number of skipped handlers. */
  public static final int SKIPPED = 40;

  /** Offset of the number of insertions into arrays that wrap. */
  public static final int INSERTIONS = 48;

  /** Offset of the process that runs the session. */
  public static final int OWN_PROCESS = 56;

  /** Offset of eight bytes that are always 0. */
  static final int ZERO = 64;

  /** Bytes before the programs. */
  public static final int SIZE = 72;

  /** Bytes of a program. */
  static final int PROGRAM_SIZE = 16;

  /** Offset in a program's part of its file system's device. */
  public static final int DEVICE = 8;

  private SessionLayout() {}
}
