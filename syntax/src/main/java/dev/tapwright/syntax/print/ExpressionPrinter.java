package dev.tapwright.syntax.print;

import dev.tapwright.syntax.parser.StringEscapes;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.IndexElement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Prints expressions, with parentheses only where the levels of operators need them. */
final class ExpressionPrinter {
  private static final int ASSIGNMENT = 1;
  private static final int CONDITIONAL = 2;
  private static final int LOGICAL_OR = 3;
  private static final int MEMBERSHIP = 8;
  private static final int COMPARISON = 9;
  private static final int SHIFT = 10;
  private static final int UNARY = 14;
  private static final int STEP = 15;
  private static final int VALUE = 16;
  private static final int PRIMARY = 17;

  private final StringBuilder text;

  ExpressionPrinter(StringBuilder text) {
    this.text = text;
  }

  void print(Expression expression) {
    print(expression, ASSIGNMENT);
  }

  /** Prints an expression, in parentheses if it binds more loosely than a level. */
  private void print(Expression expression, int level) {
    boolean needsParentheses = level(expression) < level;
    text.append(needsParentheses ? "(" : "");
    bare(expression);
    text.append(needsParentheses ? ")" : "");
  }

  private static int level(Expression expression) {
    return switch (expression) {
      case Expression.Assignment _ -> ASSIGNMENT;
      case Expression.Conditional _ -> CONDITIONAL;
      case Expression.Binary binary -> binary.operator().level();
      case Expression.Membership _ -> MEMBERSHIP;
      case Expression.RegexMatch _ -> COMPARISON;
      case Expression.Unary _ -> UNARY;
      case Expression.Step _ -> STEP;
      case Expression.AddressOf _,
          Expression.Member _,
          Expression.TargetElement _,
          Expression.PrettyPrint _ ->
          VALUE;
      case Expression.ArrayElement _ -> VALUE;
      default -> PRIMARY;
    };
  }

  private void bare(Expression expression) {
    switch (expression) {
      case Expression.Binary binary -> binary(binary);
      case Expression.NumberLiteral number -> text.append(Long.toUnsignedString(number.value()));
      case Expression.StringLiteral string -> text.append(StringEscapes.quote(string.value()));
      case Expression.Symbol symbol -> text.append(symbol.name());
      case Expression.Assignment assignment -> {
        print(assignment.target(), CONDITIONAL);
        text.append(' ').append(assignment.operator().symbol()).append(' ');
        print(assignment.value(), ASSIGNMENT);
      }
      case Expression.Conditional conditional -> conditional(conditional);
      case Expression.Unary unary -> {
        sign(unary.operator().symbol(), unary.operand(), UNARY);
      }
      case Expression.Step step -> {
        String sign = step.isDecrement() ? "--" : "++";
        text.append(step.isPrefix() ? sign : "");
        print(step.operand(), VALUE);
        text.append(step.isPrefix() ? "" : sign);
      }
      case Expression.Membership membership -> membership(membership);
      case Expression.RegexMatch match -> {
        print(match.subject(), SHIFT);
        text.append(match.isNegated() ? " !~ " : " =~ ");
        literal(match.pattern());
      }
      case Expression.ArrayElement element -> {
        print(element.array(), VALUE);
        text.append('[');
        elements(element.indexes());
        text.append(']');
      }
      case Expression.FunctionCall call -> call(call.function().name(), call.arguments());
      case Expression.TargetVariable variable -> text.append(variable.name());
      case Expression.Member member -> {
        base(member.base());
        text.append("->").append(member.member().name());
      }
      case Expression.TargetElement element -> {
        base(element.base());
        text.append('[');
        print(element.index());
        text.append(']');
      }
      case Expression.PrettyPrint pretty -> {
        base(pretty.base());
        boolean isVariable = pretty.base() instanceof Expression.TargetVariable;
        text.append(isVariable || pretty.base() instanceof Expression.Member ? "" : "->");
        text.append(pretty.isDeep() ? "$$" : "$");
      }
      case Expression.AddressOf address -> {
        sign("&", address.operand(), VALUE);
      }
      case Expression.Print print -> print(print);
      case Expression.Embedded embedded ->
          text.append("%{").append(embedded.code().code()).append("%}");
      // As no script writes it: its value is what it is meant to be.
      case Expression.Attempt attempt -> print(attempt.value());
      case Expression.Erroneous _ -> text.append("/* error */ 0");
      default -> atOperator(expression);
    }
  }

  /**
   * Prints a sign and its operand, apart where the two would read as another sign: {@code - -a},
   * {@code ! ~a}.
   */
  private void sign(String sign, Expression operand, int level) {
    text.append(sign);
    int start = text.length();
    print(operand, level);
    char first = text.charAt(start);
    if (first == sign.charAt(0) || (sign.equals("!") && first == '~')) {
      text.insert(start, ' ');
    }
  }

  /** What members are taken of; {@code &} would bind more loosely than they do. */
  private void base(Expression expression) {
    print(expression, expression instanceof Expression.AddressOf ? PRIMARY : VALUE);
  }

  /** Left operands nest deeply in long sums, so they are walked by a loop. */
  private void binary(Expression.Binary last) {
    Deque<Expression.Binary> chain = new ArrayDeque<>();
    Expression first = last;
    while (first instanceof Expression.Binary binary
        && (chain.isEmpty() || binary.operator().level() >= chain.element().operator().level())) {
      chain.push(binary);
      first = binary.left();
    }
    print(first, operandLevel(chain.element().operator()));
    for (Expression.Binary binary : chain) {
      text.append(' ').append(binary.operator().symbol()).append(' ');
      print(
          binary.right(), Math.max(operandLevel(binary.operator()), binary.operator().level() + 1));
    }
  }

  /**
   * The loosest level that an operand may have: what {@code in} and {@code =~} give cannot be
   * compared as it is.
   */
  private static int operandLevel(BinaryOperator operator) {
    return operator.level() == COMPARISON ? SHIFT : operator.level();
  }

  private void conditional(Expression.Conditional first) {
    Expression.Conditional conditional = first;
    while (true) {
      print(conditional.condition(), LOGICAL_OR);
      text.append(" ? ");
      print(conditional.then());
      text.append(" : ");
      if (conditional.otherwise() instanceof Expression.Conditional next) {
        conditional = next;
      } else {
        print(conditional.otherwise(), CONDITIONAL);
        return;
      }
    }
  }

  private void membership(Expression.Membership membership) {
    if (membership.indexes().size() == 1
        && membership.indexes().getFirst() instanceof Expression index) {
      print(index, COMPARISON);
    } else {
      text.append('[');
      elements(membership.indexes());
      text.append(']');
    }
    text.append(" in ");
    print(membership.array());
  }

  void elements(List<? extends IndexElement> elements) {
    for (int i = 0; i < elements.size(); i++) {
      text.append(i == 0 ? "" : ", ");
      switch (elements.get(i)) {
        case IndexElement.Wildcard _ -> text.append('*');
        case Expression expression -> print(expression);
      }
    }
  }

  void literal(Expression.Literal literal) {
    switch (literal) {
      case Expression.StringLiteral string -> text.append(StringEscapes.quote(string.value()));
      case Expression.NumberLiteral number -> text.append(number.value());
    }
  }

  private void call(String name, List<? extends Expression> arguments) {
    text.append(name).append('(');
    elements(arguments);
    text.append(')');
  }

  /** The word of the family, such as {@code sprintdln}. */
  static String name(Expression.Print print) {
    String form =
        switch (print.form()) {
          case PLAIN -> "print";
          case DELIMITED -> "printd";
          case FORMATTED -> "printf";
          case CHARACTER -> "print_char";
        };
    return (print.asString() ? "s" : "") + form + (print.newline() ? "ln" : "");
  }

  private void print(Expression.Print print) {
    text.append(name(print)).append('(');
    print
        .formatLiteral()
        .ifPresent(
            format -> {
              literal(format);
              text.append(print.arguments().isEmpty() ? "" : ", ");
            });
    elements(print.arguments());
    text.append(')');
  }

  private void atOperator(Expression expression) {
    switch (expression) {
      case Expression.AtVariable variable -> with("@var", variable.name(), variable.module());
      case Expression.Cast cast -> {
        text.append("@cast(");
        print(cast.operand());
        text.append(", ");
        literal(cast.type());
        optional(cast.module());
        text.append(')');
      }
      case Expression.Defined defined -> call("@defined", List.of(defined.operand()));
      case Expression.Entry entry -> call("@entry", List.of(entry.operand()));
      case Expression.Perf perf -> call("@perf", List.of(perf.counter()));
      case Expression.ProbeWrite write ->
          text.append("@probewrite(").append(write.variable().name()).append(')');
      case Expression.Constant constant -> call("@const", List.of(constant.expression()));
      case Expression.EnumValue value -> call("@enum", List.of(value.name()));
      case Expression.EnumName name -> {
        text.append("@enumname(");
        print(name.operand());
        optional(name.type());
        optional(name.module());
        text.append(')');
      }
      case Expression.Register register -> {
        text.append(register.isUser() ? "@uregister(" : "@kregister(");
        bare(register.number());
        text.append(')');
      }
      case Expression.Dereference dereference -> {
        text.append(dereference.isUser() ? "@uderef(" : "@kderef(");
        bare(dereference.size());
        text.append(", ");
        print(dereference.address());
        text.append(')');
      }
      case Expression.Statistic statistic -> {
        text.append(statistic.operator().symbol()).append('(');
        print(statistic.operand());
        optional(statistic.shift());
        text.append(')');
      }
      case Expression.Histogram histogram -> histogram(histogram);
      default -> throw new IllegalStateException("not printed: " + expression.getClass());
    }
  }

  private void with(
      String operator, Expression.Literal first, Optional<? extends Expression.Literal> second) {
    text.append(operator).append('(');
    literal(first);
    optional(second);
    text.append(')');
  }

  private void optional(Optional<? extends Expression.Literal> literal) {
    literal.ifPresent(
        value -> {
          text.append(", ");
          literal(value);
        });
  }

  private void histogram(Expression.Histogram histogram) {
    text.append(histogram.linear().isPresent() ? "@hist_linear(" : "@hist_log(");
    print(histogram.operand());
    histogram
        .linear()
        .ifPresent(
            linear -> {
              optional(Optional.of(linear.low()));
              optional(Optional.of(linear.high()));
              optional(Optional.of(linear.step()));
            });
    text.append(')');
  }
}
