package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.ContextVariable;
import dev.tapwright.compiler.probe.ProbeContext;
import dev.tapwright.compiler.target.TypeShape;
import dev.tapwright.syntax.tree.Expression;
import java.util.List;
import java.util.Optional;

/**
 * {@code $$vars}, {@code $$parms}, {@code $$locals}, {@code $$return} and {@code $$name}: the text
 * that stands for several context variables of a place.
 */
record ContextSummary(AccessResolver resolver, Unit unit) {
  /** Whether there is such a text at the place. */
  boolean isKnown(Expression.TargetVariable variable) {
    ProbeContext context = resolver.context();
    return switch (variable.name()) {
      case "$$name" -> context.hasName();
      case "$$vars", "$$parms", "$$locals" -> hasValues();
      case "$$return" -> hasValues() && context.hasEntry();
      default -> false;
    };
  }

  private boolean hasValues() {
    return switch (resolver.context().kind()) {
      case KERNEL_FUNCTION, TRACEPOINT, PROCESS, USER_MARK -> true;
      case NONE, USER_FUNCTION, FILE_READ, FILE_WRITE -> false;
    };
  }

  /** Whether it tells, at a return, what was at hand only at the entry. */
  boolean isOfEntry(Expression.TargetVariable variable) {
    ProbeContext context = resolver.context();
    return isKnown(variable)
        && context.isReturn()
        && !context.keepsArguments()
        && !List.of("$$return", "$$name").contains(variable.name());
  }

  /**
   * The text.
   *
   * @param whole the variable with what is behind it
   * @param print how its values are printed, where they are in full
   * @throws AccessFault where there is none at the place
   */
  Expression text(
      Expression whole, Expression.TargetVariable variable, Optional<Expression.PrettyPrint> print)
      throws AccessFault {
    if (!isKnown(variable)) {
      throw new AccessFault(resolver.unknownVariable(whole.span(), variable.name().substring(1)));
    }
    ProbeContext context = resolver.context();
    return switch (variable.name()) {
      case "$$name" -> new Expression.StringLiteral(variable.span(), context.subject());
      case "$$locals" -> values(whole, List.of(), "", print);
      case "$$return" -> values(whole, context.result().stream().toList(), "", print);
      // SystemTap writes those of system calls so.
      default ->
          values(
              whole,
              context.listedParameters(),
              context.kind() == ProbeContext.Kind.PROCESS ? "$" : "",
              print);
    };
  }

  private Expression values(
      Expression whole,
      List<ContextVariable> shown,
      String mark,
      Optional<Expression.PrettyPrint> print)
      throws AccessFault {
    FormattedText text = new FormattedText(whole.span());
    String separator = "";
    for (ContextVariable one : shown) {
      text.write(separator + mark + one.name() + "=");
      separator = " ";
      Expression variable = new Expression.TargetVariable(whole.span(), "$" + one.name());
      AccessPath path = resolver.path(AccessChain.of(variable).orElseThrow());
      if (print.isPresent()) {
        text.write("%s", PrettyPrinter.print(unit, whole, path, print.get().isDeep()));
      } else {
        plain(text, whole, path);
      }
    }
    return text.result();
  }

  /** A variable as {@code $$parms} has it, such as {@code 0x1f}. */
  private void plain(FormattedText text, Expression place, AccessPath path) throws AccessFault {
    switch (path.shape()) {
      case TypeShape.Composite _ -> text.write("{...}");
      case TypeShape.Floating _ -> text.write("?");
      default -> {
        Expression node = new Expression.PrettyPrint(place.span(), place, true);
        unit.accesses().put(node, path.number(place.span()));
        text.write("%#x", node);
      }
    }
  }
}
