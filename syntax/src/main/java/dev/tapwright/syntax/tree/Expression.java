package dev.tapwright.syntax.tree;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.format.PrintFormat;
import java.util.List;
import java.util.Optional;

/** An expression. */
public sealed interface Expression extends IndexElement {
  /** A number or string written in the script. */
  sealed interface Literal extends Expression {}

  /**
   * A number.
   *
   * @param value 64 bits; what was written as 2^63 or more has wrapped
   */
  record NumberLiteral(Span span, long value) implements Literal {}

  /**
   * A string; adjacent literals have become one.
   *
   * @param value its characters, escapes resolved
   */
  record StringLiteral(Span span, String value) implements Literal {}

  /** What could not be parsed: a place holder that later stages pass over in silence. */
  record Erroneous(Span span) implements Expression {}

  /** A variable: local, parameter or global. */
  record Symbol(Span span, String name) implements Expression {}

  /**
   * {@code a[i, j]}, or {@code @hist_log(s)[i]}.
   *
   * @param array a {@link Symbol} or a {@link Histogram}
   * @param indexes at least one
   */
  record ArrayElement(Span span, Expression array, List<IndexElement> indexes)
      implements Expression {
    /** Copies the list. */
    public ArrayElement {
      indexes = List.copyOf(indexes);
    }
  }

  /** {@code f(a, b)}. */
  record FunctionCall(Span span, Identifier function, List<Expression> arguments)
      implements Expression {
    /** Copies the list. */
    public FunctionCall {
      arguments = List.copyOf(arguments);
    }
  }

  /** {@code -a}. */
  record Unary(Span span, UnaryOperator operator, Expression operand) implements Expression {}

  /**
   * {@code a + b}.
   *
   * @param operatorSpan the operator alone: where messages point
   */
  record Binary(
      Span span, BinaryOperator operator, Span operatorSpan, Expression left, Expression right)
      implements Expression {}

  /**
   * {@code a = b}, {@code a += b}, {@code a <<< b}.
   *
   * @param operatorSpan the operator alone
   */
  record Assignment(
      Span span,
      AssignmentOperator operator,
      Span operatorSpan,
      Expression target,
      Expression value)
      implements Expression {}

  /**
   * {@code a++}, {@code --a} and the like.
   *
   * @param isPrefix whether the operator stands before the operand, so that the new value is the
   *     result
   * @param isDecrement {@code --}
   */
  record Step(Span span, boolean isPrefix, boolean isDecrement, Expression operand)
      implements Expression {}

  /** {@code a ? b : c}. */
  record Conditional(Span span, Expression condition, Expression then, Expression otherwise)
      implements Expression {}

  /**
   * {@code k in a}, {@code [k, *] in a}.
   *
   * @param array a {@link Symbol} or a {@link Histogram}
   */
  record Membership(Span span, List<IndexElement> indexes, Expression array) implements Expression {
    /** Copies the list. */
    public Membership {
      indexes = List.copyOf(indexes);
    }
  }

  /** {@code s =~ "regex"}, or {@code !~}. */
  record RegexMatch(Span span, boolean isNegated, Expression subject, StringLiteral pattern)
      implements Expression {}

  /**
   * {@code $name}, a context variable of the probe point.
   *
   * @param name with its {@code $}; {@code $$vars} and the like keep both
   */
  record TargetVariable(Span span, String name) implements Expression {}

  /** {@code @var("name@file", "module")}. */
  record AtVariable(Span span, StringLiteral name, Optional<StringLiteral> module)
      implements Expression {}

  /** {@code @cast(e, "type", "module")}. */
  record Cast(Span span, Expression operand, StringLiteral type, Optional<StringLiteral> module)
      implements Expression {}

  /** {@code e->member}. */
  record Member(Span span, Expression base, Identifier member) implements Expression {}

  /** {@code $x[i]}, or {@code e->m[i]}: an element of the traced program's own array. */
  record TargetElement(Span span, Expression base, Expression index) implements Expression {}

  /**
   * {@code $x$} or {@code $x$$}.
   *
   * @param isDeep two dollars: nested structures too
   */
  record PrettyPrint(Span span, Expression base, boolean isDeep) implements Expression {}

  /** {@code &e}. */
  record AddressOf(Span span, Expression operand) implements Expression {}

  /** {@code @defined(e)}. */
  record Defined(Span span, Expression operand) implements Expression {}

  /** {@code @entry(e)}. */
  record Entry(Span span, Expression operand) implements Expression {}

  /** {@code @perf("counter")}. */
  record Perf(Span span, StringLiteral counter) implements Expression {}

  /** {@code @probewrite(variable)}. */
  record ProbeWrite(Span span, Identifier variable) implements Expression {}

  /** {@code @const("C expression")}. */
  record Constant(Span span, StringLiteral expression) implements Expression {}

  /** {@code @enum("NAME")}. */
  record EnumValue(Span span, StringLiteral name) implements Expression {}

  /** {@code @enumname(e, "type", "module")}. */
  record EnumName(
      Span span, Expression operand, Optional<StringLiteral> type, Optional<StringLiteral> module)
      implements Expression {}

  /**
   * {@code @kregister(n)} or {@code @uregister(n)}.
   *
   * @param isUser the second form
   */
  record Register(Span span, boolean isUser, NumberLiteral number) implements Expression {}

  /**
   * {@code @kderef(size, address)} or {@code @uderef(size, address)}.
   *
   * @param isUser the second form
   */
  record Dereference(Span span, boolean isUser, NumberLiteral size, Expression address)
      implements Expression {}

  /**
   * {@code @count(s)} and its kin.
   *
   * @param shift the second argument of {@code @variance}
   */
  record Statistic(
      Span span, StatisticOperator operator, Expression operand, Optional<NumberLiteral> shift)
      implements Expression {}

  /**
   * {@code @hist_log(s)} or {@code @hist_linear(s, low, high, step)}.
   *
   * @param linear low, high and step; empty for {@code @hist_log}
   */
  record Histogram(Span span, Expression operand, Optional<LinearBuckets> linear)
      implements Expression {}

  /** The buckets of {@code @hist_linear}. */
  record LinearBuckets(NumberLiteral low, NumberLiteral high, NumberLiteral step) {}

  /**
   * {@code print} and its kin.
   *
   * @param asString the forms that begin with {@code s}: the text is the result and nothing is
   *     printed
   * @param form which of the family
   * @param format the parsed format of {@link PrintForm#FORMATTED}
   * @param formatLiteral the literal that {@code printf} formats with, or the delimiter of {@link
   *     PrintForm#DELIMITED}
   * @param newline the forms that end in {@code ln}
   * @param arguments the values
   */
  record Print(
      Span span,
      boolean asString,
      PrintForm form,
      Optional<PrintFormat> format,
      Optional<StringLiteral> formatLiteral,
      boolean newline,
      List<Expression> arguments)
      implements Expression {
    /** Copies the list. */
    public Print {
      arguments = List.copyOf(arguments);
    }
  }

  /** The families of {@code print}. */
  enum PrintForm {
    /** {@code print}, {@code println}: the values one after the other. */
    PLAIN,
    /** {@code printd}, {@code printdln}: with a delimiter between the values. */
    DELIMITED,
    /** {@code printf}. */
    FORMATTED,
    /** {@code print_char}. */
    CHARACTER
  }

  /**
   * A string that another stands in for when computing it fails: what {@code try { return value }
   * catch { return otherwise }} gives. No script can write it; analysis makes it out of {@code
   * $x$}.
   */
  record Attempt(Span span, Expression value, Expression otherwise) implements Expression {}

  /** {@code %{ … %}} as an expression. */
  record Embedded(Span span, EmbeddedCode code) implements Expression {}
}
