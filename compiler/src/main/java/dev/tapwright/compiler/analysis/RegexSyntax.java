package dev.tapwright.compiler.analysis;

import java.util.Optional;
import java.util.Set;

/**
 * Checks that a regular expression is one as SystemTap reads it, and says in its words why not.
 * Positions in messages count characters of the literal as written, from 0, where a backslash takes
 * two.
 */
final class RegexSyntax {
  private static final int MOST_REPETITIONS = 16_383;
  private static final int MOST_NESTING = 200;

  private static final Set<String> CLASSES =
      Set.of(
          "alpha", "lower", "upper", "digit", "alnum", "xdigit", "space", "blank", "graph", "print",
          "punct", "cntrl");

  private final String pattern;
  private int position;
  private int nesting;

  private RegexSyntax(String pattern) {
    this.pattern = pattern;
  }

  /** What is wrong with an expression; empty when nothing is. */
  static Optional<String> fault(String pattern) {
    try {
      RegexSyntax syntax = new RegexSyntax(pattern);
      syntax.alternatives();
      return Optional.empty();
    } catch (Fault fault) {
      return Optional.of("regex compilation error" + fault.getMessage());
    }
  }

  private void alternatives() throws Fault {
    if (++nesting > MOST_NESTING) {
      throw at(position, "expression nests too deeply");
    }
    while (position < pattern.length() && (nesting == 1 || peek() != ')')) {
      char character = pattern.charAt(position);
      if (character == '|') {
        position++;
      } else if (character == ')') {
        // SystemTap minds it only where something follows.
        position++;
        if (position < pattern.length()) {
          throw at(position, "unbalanced ')'");
        }
      } else {
        boolean isAnchor = character == '^' || character == '$';
        atom();
        repetitions(isAnchor);
      }
    }
    nesting--;
  }

  private void atom() throws Fault {
    char character = pattern.charAt(position++);
    switch (character) {
      case '(' -> {
        if (pattern.startsWith("?:", position)) {
          position += 2;
        } else if (pattern.startsWith("?", position)) {
          int end = Math.min(position + 2, pattern.length());
          throw at(end - 1, "unexpected '" + pattern.substring(position - 1, end) + "'");
        }
        alternatives();
        if (position >= pattern.length()) {
          throw at(position - 1, "expected ), found end of regex");
        }
        position++;
      }
      case '[' -> set();
      case '*', '+', '?', '{' -> throw at(position - 1, "unexpected '" + character + "'");
      case '\\' -> {
        if (position == pattern.length()) {
          throw at(position, "unexpected end of regex");
        }
        position++;
      }
      default -> {}
    }
  }

  private void repetitions(boolean ofAnchor) throws Fault {
    while (position < pattern.length() && "*+?{".indexOf(peek()) >= 0) {
      if (ofAnchor) {
        throw at(position, "postfix closure '" + peek() + "' applied to anchoring operator");
      }
      if (pattern.charAt(position++) == '{') {
        count();
        if (position >= pattern.length()) {
          throw at(position, "unexpected end of regex");
        }
        if (peek() == ',') {
          position++;
          secondCount();
        } else if (peek() != '}') {
          throw at(position, "expected ',' or '}'");
        }
        position++;
      }
    }
  }

  private void secondCount() throws Fault {
    if (position >= pattern.length()) {
      throw at(position, "expected '}' or number");
    }
    if (peek() != '}') {
      if (!Character.isDigit(peek())) {
        throw at(position + 1, "expected '}' or number");
      }
      count();
      if (position >= pattern.length()) {
        throw at(position - 1, "expected }, found end of regex");
      }
      if (peek() != '}') {
        throw at(position, "expected }, found " + peek());
      }
    }
  }

  private void count() throws Fault {
    int start = position;
    while (position < pattern.length() && Character.isDigit(peek())) {
      position++;
    }
    if (position == start) {
      throw at(Math.min(position + 1, pattern.length()), "expected number");
    }
    String digits = pattern.substring(start, position);
    if (digits.length() > 5 || Integer.parseInt(digits) > MOST_REPETITIONS) {
      throw at(position + 1, digits + " is too large");
    }
  }

  private void set() throws Fault {
    if (position < pattern.length() && peek() == '^') {
      position++;
    }
    boolean isFirst = true;
    while (position < pattern.length() && (isFirst || peek() != ']')) {
      isFirst = false;
      if (pattern.startsWith("[:", position)) {
        int end = pattern.indexOf(":]", position + 2);
        if (end < 0) {
          throw at(
              pattern.length(),
              "unclosed character class '"
                  + pattern.substring(position, Math.max(position + 2, pattern.length() - 1))
                  + "'");
        }
        String name = pattern.substring(position + 2, end);
        if (!CLASSES.contains(name)) {
          throw new Fault(": unknown character class '" + name + "'");
        }
        position = end + 2;
      } else {
        char low = pattern.charAt(position++);
        if (low == '\\' && position < pattern.length()) {
          low = pattern.charAt(position++);
        }
        if (position + 1 < pattern.length()
            && peek() == '-'
            && pattern.charAt(position + 1) != ']') {
          char high = pattern.charAt(position + 1);
          position += 2;
          if (high < low) {
            throw at(position, "Inverted character range " + low + "-" + high);
          }
        }
      }
    }
    if (position >= pattern.length()) {
      throw at(pattern.length() - 1, "unclosed character class");
    }
    position++;
  }

  private char peek() {
    return pattern.charAt(position);
  }

  private Fault at(int place, String message) {
    long backslashes = pattern.substring(0, place).chars().filter(it -> it == '\\').count();
    return new Fault(" (at position %d): %s".formatted(place + backslashes, message));
  }

  private static final class Fault extends Exception {
    private static final long serialVersionUID = 1;

    Fault(String message) {
      super(message, null, false, false);
    }
  }
}
