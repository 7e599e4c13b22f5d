package dev.tapwright.compiler.probe;

import dev.tapwright.syntax.tree.Expression;
import java.util.Optional;

/** What a component of a probe point has between parentheses. */
public enum ArgumentKind {
  /** No parentheses. */
  NONE(""),
  /** A number. */
  NUMBER("(number)"),
  /** A string. */
  STRING("(string)");

  private final String spelling;

  ArgumentKind(String spelling) {
    this.spelling = spelling;
  }

  /** As messages write it, such as {@code (number)}. */
  public String spelling() {
    return spelling;
  }

  /** The kind of an argument as written. */
  public static ArgumentKind of(Optional<Expression.Literal> argument) {
    if (argument.isEmpty()) {
      return NONE;
    }
    return switch (argument.get()) {
      case Expression.NumberLiteral number -> NUMBER;
      case Expression.StringLiteral string -> STRING;
    };
  }
}
