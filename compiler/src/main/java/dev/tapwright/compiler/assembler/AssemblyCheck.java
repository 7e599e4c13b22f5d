package dev.tapwright.compiler.assembler;

import dev.tapwright.compiler.assembler.AssemblyOperand.Number;
import dev.tapwright.compiler.assembler.AssemblyStep.Allocate;
import dev.tapwright.compiler.assembler.AssemblyStep.Compute;
import dev.tapwright.compiler.assembler.AssemblyStep.Operation;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every verifier would refuse of a block: registers without a value, accesses beyond what
 * {@code alloc} or the stack gives, operations on constants that make no sense.
 */
final class AssemblyCheck {
  private static final int FIRST_ARGUMENT = 1;
  private static final int LAST_ARGUMENT = 5;

  private final Assembly assembly;
  private final AssemblyProblems problems;

  private AssemblyCheck(Assembly assembly, AssemblyProblems problems) {
    this.assembly = assembly;
    this.problems = problems;
  }

  /** Checks a block in which nothing is wrong so far. */
  static void check(Assembly assembly, AssemblyProblems problems) {
    AssemblyCheck check = new AssemblyCheck(assembly, problems);
    List<BitSet> known = check.known();
    Map<Integer, Integer> sizes = check.sizes();
    for (int i = 0; i < assembly.steps().size(); i++) {
      AssemblyStep step = assembly.steps().get(i);
      BitSet before = known.get(i);
      if (before.isEmpty()) {
        continue;
      }
      for (int register : step.read()) {
        if (!before.get(register)) {
          check.report(
              i, "'%s' has no value here, on one way at least".formatted(check.name(register)));
        }
      }
      check.access(i, step, sizes);
      check.constant(i, step);
    }
  }

  private void report(int step, String message) {
    problems.add(Diagnostic.error(AssemblyCodes.ASSEMBLER, assembly.spans().get(step), message));
  }

  private String name(int register) {
    return register <= Assembly.FRAME
        ? "r" + register
        : assembly.names().get(register - Assembly.RESULT);
  }

  /** Registers with a value before each step; none at all where nothing gets to. */
  private List<BitSet> known() {
    List<BitSet> known = new ArrayList<>();
    for (int i = 0; i <= assembly.steps().size(); i++) {
      known.add(new BitSet());
    }
    BitSet first = new BitSet();
    first.set(Assembly.FRAME, Assembly.PARAMETERS);
    for (int i = Assembly.PARAMETERS; i < assembly.registers(); i++) {
      if (i < Assembly.PARAMETERS + assembly.parameters()) {
        first.set(i);
      }
    }
    known.set(0, first);
    Deque<Integer> pending = new ArrayDeque<>(List.of(0));
    while (!pending.isEmpty()) {
      int place = pending.pop();
      if (place == assembly.steps().size()) {
        continue;
      }
      AssemblyStep step = assembly.steps().get(place);
      BitSet after = (BitSet) known.get(place).clone();
      if (step.isCall()) {
        after.clear(FIRST_ARGUMENT, LAST_ARGUMENT + 1);
        after.set(0, step instanceof AssemblyStep.Call);
      }
      step.assigned().ifPresent(after::set);
      for (int next : step.successors(place)) {
        BitSet there = known.get(next);
        BitSet joined = (BitSet) after.clone();
        if (!there.isEmpty()) {
          joined.and(there);
        }
        if (!joined.equals(there)) {
          known.set(next, joined);
          pending.push(next);
        }
      }
    }
    return known;
  }

  /** Bytes behind the registers that hold what {@code alloc} gave, and nothing else ever. */
  private Map<Integer, Integer> sizes() {
    Map<Integer, Integer> sizes = new HashMap<>();
    Map<Integer, Integer> assignments = new HashMap<>();
    for (AssemblyStep step : assembly.steps()) {
      step.assigned().ifPresent(register -> assignments.merge(register, 1, Integer::sum));
      if (step instanceof Allocate(int destination, int bytes)) {
        sizes.put(destination, bytes);
      }
    }
    sizes
        .keySet()
        .removeIf(
            register ->
                register < Assembly.PARAMETERS + assembly.parameters()
                    || assignments.getOrDefault(register, 0) != 1);
    return sizes;
  }

  private record Access(int base, int offset, int bytes) {}

  private void access(int place, AssemblyStep step, Map<Integer, Integer> sizes) {
    Optional<Access> access =
        switch (step) {
          case AssemblyStep.Load load ->
              Optional.of(new Access(load.base(), load.offset(), load.bytes()));
          case AssemblyStep.Store store ->
              Optional.of(new Access(store.base(), store.offset(), store.bytes()));
          case AssemblyStep.Atomic atomic ->
              Optional.of(new Access(atomic.base(), atomic.offset(), atomic.bytes()));
          default -> Optional.empty();
        };
    if (access.isEmpty()) {
      return;
    }
    int base = access.get().base();
    int first = access.get().offset();
    int behind = first + access.get().bytes();
    if (base == Assembly.FRAME && (first < -Assembly.STACK_BYTES || behind > 0)) {
      report(
          place,
          "this is outside of the stack, which has %d bytes before what r10 says"
              .formatted(Assembly.STACK_BYTES));
    } else if (sizes.containsKey(base) && (first < 0 || behind > sizes.get(base))) {
      report(
          place,
          "this is outside of the %d bytes that 'alloc' gave '%s'"
              .formatted(sizes.get(base), name(base)));
    }
  }

  private void constant(int place, AssemblyStep step) {
    if (!(step
        instanceof Compute(Operation operation, boolean is64Bit, int _, Number(long value)))) {
      return;
    }
    switch (operation) {
      case DIVIDE, MODULO -> {
        if (value == 0) {
          report(place, "this divides by zero");
        }
      }
      case SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_UNSIGNED -> {
        int bits = is64Bit ? Long.SIZE : Integer.SIZE;
        if (value < 0 || value >= bits) {
          report(place, "a shift is by 0 to %d bits".formatted(bits - 1));
        }
      }
      default -> {}
    }
  }
}
