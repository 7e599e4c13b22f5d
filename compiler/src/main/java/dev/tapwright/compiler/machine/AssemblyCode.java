package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.assembler.Assembly;
import dev.tapwright.compiler.assembler.AssemblyOperand;
import dev.tapwright.compiler.assembler.AssemblyStep;
import dev.tapwright.compiler.assembler.UserHelper;
import dev.tapwright.compiler.target.Helper;
import java.util.List;

/**
 * A block of embedded assembler, the body of a function.
 *
 * @param steps what it does, as {@link Assembly} has it
 * @param places of the steps, in {@link UserProgram#places()}
 * @param registers number of registers
 * @param parameters types of the function's
 * @param result type of what {@code $$} gives; {@link Type#UNKNOWN} when it gives nothing
 */
record AssemblyCode(
    List<AssemblyStep> steps,
    List<Integer> places,
    int registers,
    List<Type> parameters,
    Type result)
    implements StatementCode {
  private static final int MOST_REGISTERS = 1 << 16;

  /** Copies the lists. */
  AssemblyCode {
    steps = List.copyOf(steps);
    places = List.copyOf(places);
    parameters = List.copyOf(parameters);
  }

  @Override
  public Completion execute(Activation activation) {
    new AssemblyRun(this, activation).run();
    return Completion.RETURN;
  }

  @Override
  public void check(ProgramCheck check) {
    boolean isWhole =
        steps.size() == places.size()
            && registers >= Assembly.PARAMETERS + parameters.size()
            && registers <= MOST_REGISTERS;
    if (!isWhole) {
      throw check.refuse("a block of assembler with parts missing");
    }
    for (int i = 0; i < steps.size(); i++) {
      step(steps.get(i), i, check);
    }
  }

  private void step(AssemblyStep step, int place, ProgramCheck check) {
    boolean isKnown =
        step.read().stream().allMatch(this::isRegister)
            && step.assigned().stream().allMatch(this::isRegister)
            && step.successors(place).stream().allMatch(next -> next >= 0 && next <= steps.size());
    if (!isKnown) {
      throw check.refuse("assembler that names what is not there");
    }
    switch (step) {
      case AssemblyStep.Call(int helper, List<AssemblyOperand> arguments, var _) -> {
        if (!isOfUserSpace(helper) || arguments.size() != arguments(helper)) {
          throw check.refuse("a helper that is not of user space");
        }
      }
      case AssemblyStep.Allocate(int _, int bytes) -> {
        if (bytes < 0 || bytes > Short.MAX_VALUE) {
          throw check.refuse("more memory than a block can have");
        }
      }
      case AssemblyStep.Load(int bytes, int _, int _, int _) -> size(bytes, check);
      case AssemblyStep.Store(int bytes, int _, int _, var _) -> size(bytes, check);
      case AssemblyStep.Atomic atomic -> size(atomic.bytes(), check);
      case AssemblyStep.ByteOrder order -> {
        if (order.bits() != 16 && order.bits() != 32 && order.bits() != 64) {
          throw check.refuse("an order of bytes of other than 16, 32 or 64 bits");
        }
      }
      default -> {}
    }
  }

  private static void size(int bytes, ProgramCheck check) {
    if (bytes != 1 && bytes != 2 && bytes != 4 && bytes != 8) {
      throw check.refuse("an access of so many bytes");
    }
  }

  private boolean isRegister(int register) {
    return register >= 0 && register < registers;
  }

  /** Whether the machine has a helper. */
  static boolean isOfUserSpace(int helper) {
    return UserHelper.of(helper).isPresent()
        || Helper.of(helper)
            .filter(
                known ->
                    switch (known) {
                      case KTIME_GET_NS,
                          GET_PRANDOM_U32,
                          GET_SMP_PROCESSOR_ID,
                          GET_CURRENT_PID_TGID,
                          GET_CURRENT_UID_GID,
                          GET_CURRENT_COMM ->
                          true;
                      default -> false;
                    })
            .isPresent();
  }

  private static int arguments(int helper) {
    return UserHelper.of(helper)
        .map(UserHelper::arguments)
        .or(() -> Helper.of(helper).map(Helper::arguments))
        .orElse(0);
  }

  /** Whether a step asks for what only a kernel probe has. */
  static boolean mentionsContext(AssemblyStep step) {
    return step.read().contains(Assembly.CONTEXT);
  }
}
