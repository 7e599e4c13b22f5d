package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Bindings;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import java.util.List;
import java.util.Optional;

/**
 * A handler's body, or a function's body written into it: its names and where its variables live.
 *
 * @param function place of the function in the program; -1 for the handler itself
 * @param locals by {@link Variable.Local#index()}
 * @param result where {@code return} leaves its value, if there is one
 * @param end the block behind the body
 * @param next the block that {@code next} goes to
 * @param caller the scope that the function was called from
 */
record Scope(
    int function,
    Bindings bindings,
    List<Place> locals,
    Optional<Place> result,
    int end,
    int next,
    Optional<Scope> caller) {
  /** Copies the list. */
  Scope {
    locals = List.copyOf(locals);
  }

  /** Where a variable lives. */
  sealed interface Place {
    /** A number in a register. */
    record InRegister(Virtual register) implements Place {}

    /** A string on the stack. */
    record OnStack(MemoryText text) implements Place {}
  }

  /** Where a local lives. */
  Place place(Variable.Local local) {
    return locals.get(local.index());
  }

  /** Whether this is the body of a function, or was called from it. */
  boolean isWithin(int other) {
    return function == other || caller.map(scope -> scope.isWithin(other)).orElse(false);
  }

  /** Calls within calls. */
  int depth() {
    return 1 + caller.map(Scope::depth).orElse(0);
  }
}
