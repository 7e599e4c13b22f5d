package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.target.Helper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Gives every virtual register a register: a linear scan over {@link Intervals}. What finds no room
 * lives on the stack, and is loaded and stored around each step that mentions it; then the scan is
 * done anew.
 */
public final class RegisterAllocator {
  private static final int NONE = -1;

  private final List<Register> scratch;
  private final List<Register> kept;
  private final Intervals intervals;
  private final int firstShort;

  /**
   * What cannot be spilled: the address of {@link Scratch}, which what is spilled may lie behind,
   * and records that are reserved, of which kernels before 5.11 lose sight on the stack.
   */
  private final BitSet unspillable;

  private final int[] registers;
  private final List<Occupation> occupations =
      Stream.generate(Occupation::new).limit(Register.R10.number()).toList();
  private final BitSet spilled = new BitSet();

  private RegisterAllocator(Flow flow, int registersKept, int firstShort) {
    scratch = List.of(Register.R0, Register.R1, Register.R2, Register.R3, Register.R4, Register.R5);
    kept = List.of(Register.R6, Register.R7, Register.R8, Register.R9).subList(0, registersKept);
    intervals = Intervals.of(flow);
    this.firstShort = firstShort;
    unspillable = records(flow);
    flow.scratch().base().ifPresent(base -> unspillable.set(base.number()));
    registers = new int[flow.virtuals()];
    Arrays.fill(registers, NONE);
  }

  /** Allocates with all registers. */
  public static RegisterAllocation run(Flow flow) {
    return run(flow, 4);
  }

  /**
   * Allocates.
   *
   * @param registersKept how many of the four registers that calls keep may be used: fewer forces
   *     values onto the stack
   */
  public static RegisterAllocation run(Flow flow, int registersKept) {
    int firstShort = flow.virtuals();
    Flow current = flow;
    while (true) {
      RegisterAllocator allocator = new RegisterAllocator(current, registersKept, firstShort);
      allocator.scan();
      if (allocator.spilled.isEmpty()) {
        List<Register> result = new ArrayList<>();
        for (int register : allocator.registers) {
          result.add(register == NONE ? Register.R10 : Register.of(register));
        }
        return new RegisterAllocation(current, result);
      }
      current = Spiller.spill(current, allocator.spilled, allocator.intervals);
    }
  }

  private static BitSet records(Flow flow) {
    BitSet records = new BitSet();
    flow.blocks().stream()
        .flatMap(block -> block.lines().stream())
        .map(Block.Line::step)
        .filter(step -> step instanceof Step.Call call && call.helper() == Helper.RINGBUF_RESERVE)
        .flatMap(call -> call.assigned().stream())
        .forEach(record -> records.set(record.number()));
    return records;
  }

  private void scan() {
    for (int number : intervals.byStart()) {
      int register = free(number);
      if (register == NONE) {
        register = evict(number);
      }
      if (register != NONE) {
        registers[number] = register;
        occupations.get(register).add(number, intervals.ranges(number));
      }
    }
  }

  private List<Register> allowed(int number) {
    if (intervals.crossesCall(number)) {
      return kept;
    }
    List<Register> all = new ArrayList<>(scratch);
    all.addAll(kept);
    return all;
  }

  private boolean isFree(int register, int number) {
    return occupations.get(register).isFree(intervals.ranges(number));
  }

  private int free(int number) {
    List<Register> allowed = allowed(number);
    int sibling = intervals.hintVirtual(number);
    int[] hints = {
      intervals.hintRegister(number),
      sibling == NONE ? NONE : registers[sibling],
      sibling == NONE ? NONE : intervals.hintRegister(sibling)
    };
    for (int hint : hints) {
      if (hint != NONE && allowed.contains(Register.of(hint)) && isFree(hint, number)) {
        return hint;
      }
    }
    for (Register register : allowed) {
      if (isFree(register.number(), number)) {
        return register.number();
      }
    }
    return NONE;
  }

  private boolean mustHave(int number) {
    return number >= firstShort || unspillable.get(number);
  }

  /** Takes a register from those that need it for longest; none when that is this one itself. */
  private int evict(int number) {
    int best = NONE;
    int furthest = mustHave(number) ? NONE : intervals.end(number);
    for (Register register : allowed(number)) {
      Set<Integer> tenants = occupations.get(register.number()).tenants(intervals.ranges(number));
      int nearest = tenants.stream().mapToInt(intervals::end).min().orElse(NONE);
      if (tenants.stream().noneMatch(this::mustHave) && nearest > furthest) {
        best = register.number();
        furthest = nearest;
      }
    }
    if (best == NONE) {
      if (mustHave(number)) {
        throw new IllegalStateException("no register for " + new Virtual(number));
      }
      spilled.set(number);
      return NONE;
    }
    for (int tenant : occupations.get(best).tenants(intervals.ranges(number))) {
      spilled.set(tenant);
      occupations.get(best).remove(intervals.ranges(tenant));
    }
    return best;
  }
}
