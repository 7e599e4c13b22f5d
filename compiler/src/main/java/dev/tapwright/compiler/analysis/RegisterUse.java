package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.probe.ContextVariable.Location;
import dev.tapwright.compiler.probe.ProbeMatch;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import java.util.Collection;
import java.util.Set;

/**
 * Which handlers ask for the registers where their probe was hit. Fentry and fexit do not have
 * them: those are attached by kprobes.
 *
 * @param functions that ask for them, themselves or by what they call
 */
record RegisterUse(Target target, Set<FunctionUnit> functions) {
  static RegisterUse of(Target target, Collection<FunctionUnit> functions) {
    RegisterUse own = new RegisterUse(target, Set.of());
    return new RegisterUse(
        target,
        new Callers(functions)
            .reaching(functions.stream().filter(function -> own.isIn(function.unit())).toList()));
  }

  /** Where a handler is attached, which may be another way than the first that comes to mind. */
  ProbeMatch place(ProbeMatch match, Unit handler) {
    boolean isKept =
        match.attachPoint() instanceof AttachPoint.KernelFunction function
            && function.isReturn()
            && handler.accesses().values().stream().anyMatch(RegisterUse::isArgument);
    return isKept || !isIn(handler) ? match : match.byBreakpoint(target);
  }

  /** Arguments are not there any more where a function returns, but by fexit. */
  private static boolean isArgument(ContextAccess access) {
    return access.base() instanceof ContextAccess.Base.Variable variable
        && (variable.location() instanceof Location.Argument
            || variable.location() instanceof Location.CopiedArgument);
  }

  private boolean isIn(Unit unit) {
    return unit.bodies().stream().anyMatch(body -> isIn(body, unit));
  }

  private boolean isIn(Node node, Unit unit) {
    boolean own =
        switch (node) {
          case Expression.Register register -> !register.isUser();
          case Expression.FunctionCall call ->
              switch (unit.calls().get(call)) {
                case CallTarget.Script(FunctionUnit function) -> functions.contains(function);
                case CallTarget.Provided(var intrinsic) -> intrinsic.readsRegisters();
                case null -> false;
              };
          default -> false;
        };
    return own || Children.any(node, child -> isIn(child, unit));
  }
}
