package dev.tapwright.compiler.analysis;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * C expressions of {@code int}s whose value is known: numbers and names, {@code + - * / % << >> & ^
 * | ~} and parentheses. Whatever C would compute in another type, or leave undefined, has no value.
 */
final class ConstantExpression {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

  private static final Pattern TOKEN =
      Pattern.compile("\\s*([A-Za-z_]\\w*|0[xX][0-9a-fA-F]+|\\d+|<<|>>|[-+*/%&^|~()])");

  /** Deeper parentheses and signs than anybody writes. */
  private static final int DEEPEST = 100;

  /** The operators of two sides, the loosest first. */
  private static final List<Map<String, Operation>> LEVELS =
      List.of(
          Map.of("|", (left, right) -> left | right),
          Map.of("^", (left, right) -> left ^ right),
          Map.of("&", (left, right) -> left & right),
          Map.of("<<", ConstantExpression::shiftedLeft, ">>", ConstantExpression::shiftedRight),
          Map.of("+", Math::addExact, "-", Math::subtractExact),
          Map.of(
              "*",
              Math::multiplyExact,
              "/",
              Math::divideExact,
              "%",
              (left, right) -> left % right));

  private interface Operation {
    int apply(int left, int right);
  }

  private final Matcher tokens;
  private final Function<String, OptionalLong> names;
  private String next = "";
  private int depth;

  private ConstantExpression(String text, Function<String, OptionalLong> names) {
    this.tokens = TOKEN.matcher(text.strip());
    this.names = names;
  }

  /**
   * The value of an expression; empty for what is none.
   *
   * @param names the values of names
   */
  static OptionalLong value(String text, Function<String, OptionalLong> names) {
    if (NAME.matcher(text.strip()).matches()) {
      // Alone it may be larger than an int.
      return names.apply(text.strip());
    }
    ConstantExpression reading = new ConstantExpression(text, names);
    try {
      reading.advance();
      int value = reading.binary(0);
      return reading.next.isEmpty() ? OptionalLong.of(value) : OptionalLong.empty();
    } catch (ArithmeticException noInt) {
      return OptionalLong.empty();
    }
  }

  /** Takes the next token; none at the end. */
  private void advance() {
    if (tokens.regionStart() == tokens.regionEnd()) {
      next = "";
    } else if (tokens.lookingAt()) {
      next = tokens.group(1);
      tokens.region(tokens.end(), tokens.regionEnd());
    } else {
      throw new ArithmeticException("no token");
    }
  }

  private int binary(int level) {
    if (level == LEVELS.size()) {
      return unary();
    }
    int value = binary(level + 1);
    Operation operation = LEVELS.get(level).get(next);
    while (operation != null) {
      advance();
      value = operation.apply(value, binary(level + 1));
      operation = LEVELS.get(level).get(next);
    }
    return value;
  }

  private int unary() {
    String token = next;
    if (++depth > DEEPEST) {
      throw new ArithmeticException("too deep");
    }
    advance();
    int value =
        switch (token) {
          case "+" -> unary();
          case "-" -> Math.negateExact(unary());
          case "~" -> ~unary();
          case "(" -> {
            int inner = binary(0);
            if (!next.equals(")")) {
              throw new ArithmeticException("no )");
            }
            advance();
            yield inner;
          }
          default -> operand(token);
        };
    depth--;
    return value;
  }

  private int operand(String token) {
    try {
      OptionalLong value =
          NAME.matcher(token).matches() ? names.apply(token) : OptionalLong.of(Long.decode(token));
      return Math.toIntExact(value.orElseThrow(() -> new ArithmeticException("no value")));
    } catch (NumberFormatException noNumber) {
      throw new ArithmeticException("no number");
    }
  }

  private static int shiftedLeft(int value, int count) {
    if (value < 0 || count < 0 || count >= Integer.SIZE) {
      throw new ArithmeticException("undefined in C");
    }
    return Math.toIntExact((long) value << count);
  }

  private static int shiftedRight(int value, int count) {
    if (count < 0 || count >= Integer.SIZE) {
      throw new ArithmeticException("undefined in C");
    }
    return value >> count;
  }
}
