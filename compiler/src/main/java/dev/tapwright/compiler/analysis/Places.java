package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Expression;

/** Where messages point. */
final class Places {
  private Places() {}

  /** Where SystemTap points: at an operator rather than at the whole of what it joins. */
  static Span of(Expression expression) {
    return switch (expression) {
      case Expression.Binary binary -> binary.operatorSpan();
      case Expression.Assignment assignment -> assignment.operatorSpan();
      case Expression.FunctionCall call -> call.function().span();
      case Expression.Conditional choice ->
          between(choice, choice.condition().span(), choice.then().span(), "?");
      case Expression.RegexMatch match ->
          between(
              match,
              match.subject().span(),
              match.pattern().span(),
              match.isNegated() ? "!~" : "=~");
      case Expression.Membership membership ->
          between(
              membership, membership.indexes().getLast().span(), membership.array().span(), "in");
      case Expression.Step step when !step.isPrefix() -> {
        Span span = step.span();
        yield new Span(
            span.source(), Math.max(span.start(), span.end() - 2), span.end(), span.expansions());
      }
      case Expression.Member _, Expression.TargetElement _ -> {
        AccessChain chain = AccessChain.of(expression).orElseThrow();
        yield chain.isAutocast() ? AccessLinks.operatorOf(chain) : expression.span();
      }
      default -> expression.span();
    };
  }

  /** The operator between two operands; the whole where a macro has brought one of them. */
  @SuppressWarnings("ReferenceEquality") // a source is one text, not equal texts
  private static Span between(Expression whole, Span left, Span right, String operator) {
    if (left.source() != right.source() || left.end() > right.start()) {
      return whole.span();
    }
    int start = left.source().text().indexOf(operator, left.end());
    return start < 0 || start + operator.length() > right.start()
        ? whole.span()
        : new Span(left.source(), start, start + operator.length(), whole.span().expansions());
  }
}
