package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.Expression;
import java.util.Optional;

/** The expressions that Tapwright reads and does not carry yet. */
final class UnsupportedExpressions {
  private UnsupportedExpressions() {}

  /** What a message calls such an expression, with its verb; empty for what is carried. */
  static Optional<String> describe(Expression expression) {
    return Optional.ofNullable(
        switch (expression) {
          case Expression.TargetVariable variable ->
              "context variable '%s' is".formatted(variable.name());
          case Expression.AtVariable variable -> "@var is";
          case Expression.Cast cast -> "@cast is";
          case Expression.Member member -> "access to members by '->' is";
          case Expression.TargetElement element ->
              "access to elements of the traced program's arrays is";
          case Expression.PrettyPrint print -> "pretty-printing by '$' is";
          case Expression.AddressOf address -> "'&' is";
          case Expression.Entry entry -> "@entry is";
          case Expression.Perf perf -> null;
          case Expression.ProbeWrite write -> "@probewrite is";
          // Code generation refuses these two: they have a type.
          case Expression.Constant constant -> null;
          case Expression.EnumValue value -> "@enum is";
          case Expression.EnumName name -> "@enumname is";
          case Expression.Register register ->
              register.isUser() ? "@uregister is" : "@kregister is";
          case Expression.Dereference dereference ->
              dereference.isUser() ? "@uderef is" : "@kderef is";
          case Expression.Embedded embedded -> null;
          case Expression.NumberLiteral e -> null;
          case Expression.StringLiteral e -> null;
          case Expression.Erroneous e -> null;
          case Expression.Symbol e -> null;
          case Expression.ArrayElement e -> null;
          case Expression.FunctionCall e -> null;
          case Expression.Unary e -> null;
          case Expression.Binary e -> null;
          case Expression.Assignment e -> null;
          case Expression.Step e -> null;
          case Expression.Conditional e -> null;
          case Expression.Membership e -> null;
          case Expression.RegexMatch e -> null;
          case Expression.Defined e -> null;
          case Expression.Statistic e -> null;
          case Expression.Histogram e -> null;
          case Expression.Print e -> null;
          case Expression.Attempt e -> null;
        });
  }
}
