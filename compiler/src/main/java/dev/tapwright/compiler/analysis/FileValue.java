package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.intrinsic.FileText;
import dev.tapwright.compiler.probe.ProbeContext;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Identifier;
import java.util.List;

/** {@code $value} in the handlers of {@code procfs} probes: calls of functions of the machine. */
final class FileValue {
  private static final String NAME = "$value";

  private FileValue() {}

  /** Whether a place is a file that a script serves. */
  static boolean isAt(ProbeContext place) {
    return place.kind() == ProbeContext.Kind.FILE_READ
        || place.kind() == ProbeContext.Kind.FILE_WRITE;
  }

  /** The call that a context variable stands for. */
  static Expression read(Expression.TargetVariable variable) throws AccessFault {
    check(variable);
    return call(variable.span(), variable.span(), FileText.GET, List.of());
  }

  /**
   * The call that an assignment stands for.
   *
   * @param value what is assigned, bound
   */
  static Expression write(
      Expression.Assignment assignment,
      Expression.TargetVariable target,
      Expression value,
      ProbeContext place)
      throws AccessFault {
    check(target);
    if (place.kind() == ProbeContext.Kind.FILE_WRITE) {
      throw new AccessFault(
          AnalysisCodes.CONTEXT_WRITE,
          target.span(),
          "procfs $value variable is read-only in a procfs write probe");
    }
    return switch (assignment.operator()) {
      case ASSIGN -> call(assignment.span(), target.span(), FileText.SET, List.of(value));
      case CONCATENATE -> call(assignment.span(), target.span(), FileText.APPEND, List.of(value));
      default ->
          throw new AccessFault(
              AnalysisCodes.CONTEXT_ACCESS, assignment.operatorSpan(), "invalid operator");
    };
  }

  private static Expression call(Span span, Span name, String function, List<Expression> values) {
    return new Expression.FunctionCall(span, new Identifier(name, function), values);
  }

  private static void check(Expression.TargetVariable variable) throws AccessFault {
    if (!variable.name().equals(NAME)) {
      throw new AccessFault(
          Diagnostic.error(
              AnalysisCodes.UNKNOWN_CONTEXT_VARIABLE,
              variable.span(),
              "invalid target symbol for procfs probe, $value expected"));
    }
  }
}
