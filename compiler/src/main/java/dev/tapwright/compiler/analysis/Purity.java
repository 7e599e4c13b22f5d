package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.intrinsic.FileText;
import dev.tapwright.compiler.intrinsic.Signature;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.EmbeddedCode;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.Collection;
import java.util.Set;

/**
 * Which functions and expressions have no effect beside their value. Faults, such as a division by
 * zero, do not count.
 *
 * @param impure the functions that have one
 */
record Purity(Set<FunctionUnit> impure) {
  /** Provided functions that give a value and change what later calls give. */
  private static final Set<String> STATEFUL =
      Set.of("randint", "tokenize", FileText.SET, FileText.APPEND);

  /** Finds out which of some functions have an effect, themselves or by what they call. */
  static Purity of(Collection<FunctionUnit> functions) {
    Purity own = new Purity(Set.of());
    return new Purity(
        new Callers(functions).reaching(functions.stream().filter(own::hasEffect).toList()));
  }

  private boolean hasEffect(FunctionUnit function) {
    return (function.declaration().body() instanceof EmbeddedCode code
            && !EmbeddedMarks.isPure(code))
        || function.unit().bodies().stream()
            .anyMatch(body -> hasEffect(body, function.unit(), true));
  }

  /** Whether evaluating an expression changes nothing that anything else can see. */
  boolean isPure(Expression expression, Unit unit) {
    return !hasEffect(expression, unit, false);
  }

  private boolean hasEffect(Node node, Unit unit, boolean mayWriteLocals) {
    if (unit.erroneous().contains(node)) {
      return true;
    }
    boolean own =
        switch (node) {
          case Expression.Assignment assignment ->
              !(mayWriteLocals && isLocal(assignment.target(), unit));
          case Expression.Step step -> !(mayWriteLocals && isLocal(step.operand(), unit));
          case Expression.Print print -> !print.asString();
          case Expression.FunctionCall call ->
              switch (unit.calls().get(call)) {
                case CallTarget.Script(FunctionUnit function) -> impure.contains(function);
                case CallTarget.Provided provided ->
                    provided.intrinsic().signature().result() == Signature.Result.NONE
                        || STATEFUL.contains(provided.intrinsic().signature().name());
                case null -> true;
              };
          case Expression.Embedded embedded -> !EmbeddedMarks.isPure(embedded.code());
          case Expression.Erroneous erroneous -> true;
          case Statement.Delete delete -> true;
          case Statement.Next next -> true;
          default -> false;
        };
    return own || Children.any(node, child -> hasEffect(child, unit, mayWriteLocals));
  }

  private static boolean isLocal(Expression target, Unit unit) {
    VariableCell cell =
        target instanceof Expression.Symbol symbol ? unit.variables().get(symbol) : null;
    return cell != null && !cell.isGlobal();
  }
}
