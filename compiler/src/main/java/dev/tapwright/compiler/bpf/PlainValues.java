package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Bindings;
import dev.tapwright.compiler.analysis.Callee;
import dev.tapwright.compiler.analysis.ContextAccess;
import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.bpf.code.Step;
import dev.tapwright.compiler.intrinsic.Intrinsic;
import dev.tapwright.compiler.probe.ContextVariable.Location;
import dev.tapwright.compiler.probe.ContextVariable.Operand;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.UnaryOperator;
import java.util.Set;

/**
 * Plain expressions: they take a few steps and have no way out, for they cannot fault, end the
 * handler, send or change anything.
 */
record PlainValues(Bindings bindings) {
  /** Whether an expression is plain. */
  boolean isPlain(Expression expression) {
    return isPlain(expression, true);
  }

  /** Whether it is plain, and the same whenever in a run of the handler it is evaluated. */
  boolean isSteady(Expression expression) {
    return isPlain(expression, false);
  }

  private boolean isPlain(Expression expression, boolean mayVary) {
    if (bindings.accessOf(expression).isPresent()) {
      return isPlain(bindings.accessOf(expression).get());
    }
    return switch (expression) {
      case Expression.NumberLiteral _, Expression.StringLiteral _ -> true;
      case Expression.Symbol symbol ->
          mayVary && bindings.variableOf(symbol).filter(PlainValues::isScalar).isPresent();
      case Expression.Unary(var _, var operator, var operand) ->
          operator != UnaryOperator.NOT && isPlain(operand, mayVary);
      case Expression.Binary binary ->
          isPlain(binary.operator())
              && isPlain(binary.left(), mayVary)
              && isPlain(binary.right(), mayVary);
      case Expression.FunctionCall call ->
          bindings.calleeOf(call).orElse(null) instanceof Callee.Provided(Intrinsic intrinsic)
              && isPlain(intrinsic)
              && (mayVary || intrinsic.helpers().stream().allMatch(PlainValues::isSteady));
      default -> false;
    };
  }

  private static boolean isScalar(Variable variable) {
    return switch (variable) {
      case Variable.Local _ -> true;
      case Variable.Global global -> !global.isArray() && global.type() != Type.STATISTICS;
    };
  }

  private static boolean isPlain(BinaryOperator operator) {
    return switch (operator) {
      case ADD, SUBTRACT, MULTIPLY, AND, OR, EXCLUSIVE_OR -> true;
      case SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_UNSIGNED -> true;
      default -> false;
    };
  }

  /** Of what makes a string, one is known to take a few steps. */
  private static boolean isPlain(Intrinsic intrinsic) {
    return intrinsic.isPlain()
        && switch (intrinsic.signature().result()) {
          case LONG -> true;
          case STRING -> intrinsic.helpers().equals(Set.of(Helper.GET_CURRENT_COMM));
          case NONE -> false;
        };
  }

  private static boolean isSteady(Helper helper) {
    return helper == Helper.GET_CURRENT_COMM || Step.isSameInHandler(helper);
  }

  /** Whether the value is in the context, and need not be read elsewhere. */
  private static boolean isPlain(ContextAccess access) {
    return access.base() instanceof ContextAccess.Base.Variable(Location location, int _, boolean _)
        && isPlain(location)
        && access.steps().stream()
            .allMatch(
                step ->
                    switch (step) {
                      case ContextAccess.Step.Offset _, ContextAccess.Step.BitField _ -> true;
                      case ContextAccess.Step.Index _,
                          ContextAccess.Step.Load _,
                          ContextAccess.Step.Text _,
                          ContextAccess.Step.EnumeratorName _ ->
                          false;
                    });
  }

  private static boolean isPlain(Location location) {
    return switch (location) {
      case Location.Argument(int index) -> RegisterFrame.ofArgument(index).isPresent();
      case Location.MarkArgument(Operand operand, int _, boolean _) ->
          !(operand instanceof Operand.Memory);
      case Location.SystemCallNumber _,
          Location.SystemCallArgument _,
          Location.Pointed _,
          Location.CopiedArgument _,
          Location.Answer _ ->
          false;
      case Location.Result _,
          Location.Register _,
          Location.Context _,
          Location.RecordField _,
          Location.RecordArray _,
          Location.RecordData _ ->
          true;
    };
  }
}
