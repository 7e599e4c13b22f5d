package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.compiler.target.KernelProfile;
import java.util.Optional;

/**
 * A handler's memory outside of the stack: for what the stack has no room for, and for what changes
 * from one turn of a loop to the next. Of map values the verifier only knows that they are numbers,
 * so it sees the same thing in every turn, and need look at one turn only.
 *
 * <p>It is an element of a per-CPU map, which a handler takes for as long as it runs: another
 * handler may interrupt it, or, in programs that can be preempted, run in between.
 *
 * <pre>
 *   offset  0  u64  1 while a handler has it
 *           8  s64  actions that are left of MAXACTION
 *          16  u64  where the next turn goes on, see {@link TurnFunctions}
 *          24  strings, keys and records, then what lives across turns of loops
 * </pre>
 */
public final class Scratch {
  /** Offset of the mark that a handler has it. */
  public static final int TAKEN = 0;

  /** Offset of the actions left. */
  public static final int ACTIONS = 8;

  /** Offset of the number that says where the next turn goes on. */
  public static final int NEXT_TURN = 16;

  /**
   * Elements for each processor: a task, its interruptions, and tasks that were preempted; a power
   * of two.
   */
  public static final int ELEMENTS = 8;

  /** What one element of a per-CPU map can have at most, and what an offset can hold. */
  public static final int LIMIT = 32_000;

  private static final int HEADER = 24;

  private final KernelProfile profile;
  private final CodeBuilder code;
  private Optional<Virtual> base = Optional.empty();
  private int used = HEADER;
  private int highest = HEADER;

  public Scratch(KernelProfile profile, CodeBuilder code) {
    this.profile = profile;
    this.code = code;
  }

  /** Whether the kernel lets handlers have it. */
  public boolean isAvailable() {
    return profile.has(KernelFeature.BOUNDED_LOOPS);
  }

  /** Its address, in a register that lives as long as the handler. */
  public Virtual base() {
    Virtual result = base.orElseGet(code::fresh);
    base = Optional.of(result);
    return result;
  }

  /** A place at a fixed offset. */
  public Address.Behind at(int offset) {
    return new Address.Behind(base(), offset);
  }

  /** A place of so many bytes, rounded up to 8. */
  public Address.Behind allocate(int bytes) {
    return at(reserve(bytes));
  }

  /** Takes a place of so many bytes, rounded up to 8, which need not be used; gives its offset. */
  public int reserve(int bytes) {
    int offset = used;
    used += Frame.roundedUp(bytes);
    require(used);
    return offset;
  }

  /** Makes it at least that large, so that the verifier sees no access past its end. */
  public void require(int bytes) {
    highest = Math.max(highest, Frame.roundedUp(bytes));
  }

  /** What is in use now, for {@link #release}. */
  public int mark() {
    return used;
  }

  /** Gives back what was allocated since the mark was taken. */
  public void release(int mark) {
    used = mark;
  }

  /** The most bytes in use at any time. */
  public int highest() {
    return highest;
  }

  /** Its address, if the handler uses it. */
  public Optional<Virtual> used() {
    return base;
  }
}
