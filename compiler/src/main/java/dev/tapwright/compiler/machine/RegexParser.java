package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.machine.Regex.Operation;
import dev.tapwright.compiler.machine.Regex.Step;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Reads a POSIX extended regular expression, without back references, into the steps of a {@link
 * Regex}.
 */
final class RegexParser {
  /** {@code RE_DUP_MAX}. */
  private static final int MOST_REPETITIONS = 16_383;

  private static final int MOST_STEPS = 2000;
  private static final int MOST_NESTING = 200;
  private static final int MOST_GROUPS = 100;

  private static final BitSet NO_BYTES = new BitSet();

  /**
   * Why an expression is none.
   *
   * @param position in the expression, bytes from 0
   */
  record Problem(int position, String message) {
    /** What is said of it. */
    String asMessage() {
      return "regex compilation error (at position %d): %s".formatted(position, message);
    }
  }

  private final String pattern;
  private final List<Step> steps = new ArrayList<>();
  private int position;
  private int groups = 1;
  private int nesting;

  RegexParser(String pattern) {
    this.pattern = pattern;
  }

  /** Reads all of it. */
  Optional<Problem> parse() {
    try {
      emit(Operation.SAVE, 0, 0);
      alternatives();
      emit(Operation.SAVE, 1, 0);
      emit(Operation.MATCH, 0, 0);
      return Optional.empty();
    } catch (Fault fault) {
      return Optional.of(new Problem(position, fault.message));
    }
  }

  List<Step> steps() {
    return steps;
  }

  /** How many groups there are, the whole expression among them. */
  int groups() {
    return groups;
  }

  private void alternatives() {
    if (++nesting > MOST_NESTING) {
      throw fault("expression nests too deeply");
    }
    int start = steps.size();
    sequence();
    while (is('|')) {
      position++;
      // SPLIT left, right; left …; JUMP end; right …
      insert(start, new Step(Operation.SPLIT, start + 1, steps.size() + 2, NO_BYTES));
      int jump = steps.size();
      emit(Operation.JUMP, 0, 0);
      int right = steps.size();
      sequence();
      while (is('|')) {
        // Further alternatives nest to the right.
        position++;
        insert(right, new Step(Operation.SPLIT, right + 1, steps.size() + 2, NO_BYTES));
        steps.set(jump, new Step(Operation.JUMP, steps.size(), 0, NO_BYTES));
        jump = steps.size();
        emit(Operation.JUMP, 0, 0);
        right = steps.size();
        sequence();
      }
      steps.set(jump, new Step(Operation.JUMP, steps.size(), 0, NO_BYTES));
    }
    nesting--;
  }

  private void sequence() {
    // A bracket that closes nothing is a character.
    while (position < pattern.length() && !is('|') && (nesting == 1 || !is(')'))) {
      int start = steps.size();
      atom();
      repetitions(start);
    }
  }

  private void atom() {
    char character = pattern.charAt(position++);
    switch (character) {
      case '(' -> {
        if (pattern.startsWith("?:", position)) {
          position += 2;
          closed();
        } else {
          if (groups >= MOST_GROUPS) {
            throw fault("too many groups");
          }
          int group = groups++;
          emit(Operation.SAVE, 2 * group, 0);
          closed();
          emit(Operation.SAVE, 2 * group + 1, 0);
        }
      }
      case '[' -> emit(set());
      case '.' -> {
        BitSet any = new BitSet(256);
        any.set(0, 256);
        emit(any);
      }
      case '^' -> emit(Operation.BEGINNING, 0, 0);
      case '$' -> emit(Operation.END, 0, 0);
      case '*', '+', '?', '{' -> {
        position--;
        throw fault("unexpected '" + character + "'");
      }
      case '\\' -> {
        if (position == pattern.length()) {
          throw fault("trailing backslash");
        }
        emit(only(pattern.charAt(position++)));
      }
      default -> emit(only(character));
    }
  }

  private void closed() {
    alternatives();
    if (!is(')')) {
      throw fault("unmatched (");
    }
    position++;
  }

  private void repetitions(int start) {
    while (position < pattern.length()) {
      switch (pattern.charAt(position)) {
        case '*' -> repeat(start, 0, -1);
        case '+' -> repeat(start, 1, -1);
        case '?' -> repeat(start, 0, 1);
        case '{' -> {
          position++;
          int least = count();
          int most = least;
          if (is(',')) {
            position++;
            most = is('}') ? -1 : count();
          }
          if (!is('}') || (most >= 0 && most < least)) {
            throw fault("bad repetition");
          }
          repeat(start, least, most);
        }
        default -> {
          return;
        }
      }
      position++;
    }
  }

  private int count() {
    int start = position;
    while (position < pattern.length()
        && Character.isDigit(pattern.charAt(position))
        && position - start < 5) {
      position++;
    }
    int count = position == start ? -1 : Integer.parseInt(pattern.substring(start, position));
    if (count < 0 || count > MOST_REPETITIONS) {
      throw fault("bad repetition");
    }
    return count;
  }

  /** Repeats the steps from a place on. */
  private void repeat(int start, int least, int most) {
    List<Step> once = new ArrayList<>(steps.subList(start, steps.size()));
    steps.subList(start, steps.size()).clear();
    for (int i = 0; i < least; i++) {
      copy(once, start);
    }
    if (most < 0) {
      int split = steps.size();
      emit(Operation.SPLIT, split + 1, split + once.size() + 2);
      copy(once, start);
      emit(Operation.JUMP, split, 0);
    }
    int end = steps.size() + (most - least) * (once.size() + 1);
    for (int i = least; i < most; i++) {
      emit(Operation.SPLIT, steps.size() + 1, end);
      copy(once, start);
    }
  }

  /** Writes steps that stood at another place. */
  private void copy(List<Step> once, int from) {
    int distance = steps.size() - from;
    for (Step step : once) {
      emit(moved(step, from, distance));
    }
  }

  private void insert(int place, Step inserted) {
    for (int i = place; i < steps.size(); i++) {
      steps.set(i, moved(steps.get(i), place, 1));
    }
    steps.add(place, inserted);
    bound();
  }

  private static Step moved(Step step, int from, int distance) {
    boolean isJump = step.operation() == Operation.JUMP || step.operation() == Operation.SPLIT;
    return isJump
        ? new Step(
            step.operation(),
            step.first() >= from ? step.first() + distance : step.first(),
            step.second() >= from ? step.second() + distance : step.second(),
            NO_BYTES)
        : step;
  }

  private BitSet set() {
    BitSet set = new BitSet(256);
    boolean isNegated = is('^');
    position += isNegated ? 1 : 0;
    for (boolean isFirst = true; isFirst || !is(']'); isFirst = false) {
      if (position >= pattern.length()) {
        throw fault("unmatched [");
      }
      if (pattern.startsWith("[:", position)) {
        namedClass(set);
        continue;
      }
      char low = pattern.charAt(position++);
      if (low == '\\' && position < pattern.length()) {
        low = pattern.charAt(position++);
      }
      char high = low;
      if (is('-') && position + 1 < pattern.length() && pattern.charAt(position + 1) != ']') {
        high = pattern.charAt(position + 1);
        position += 2;
      }
      if (high < low) {
        throw fault("bad range");
      }
      set.set(low, high + 1);
    }
    position++;
    if (isNegated) {
      set.flip(0, 256);
    }
    return set;
  }

  private void namedClass(BitSet set) {
    int end = pattern.indexOf(":]", position + 2);
    String name = end < 0 ? "" : pattern.substring(position + 2, end);
    for (char c = 0; c < 128; c++) {
      boolean isLower = c >= 'a' && c <= 'z';
      boolean isUpper = c >= 'A' && c <= 'Z';
      boolean isDigit = c >= '0' && c <= '9';
      boolean isGraphic = c > ' ' && c < 127;
      boolean isMember =
          switch (name) {
            case "alpha" -> isLower || isUpper;
            case "lower" -> isLower;
            case "upper" -> isUpper;
            case "digit" -> isDigit;
            case "alnum" -> isLower || isUpper || isDigit;
            case "xdigit" -> isDigit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            case "space" -> c == ' ' || (c >= '\t' && c <= '\r');
            case "blank" -> c == ' ' || c == '\t';
            case "graph" -> isGraphic;
            case "print" -> isGraphic || c == ' ';
            case "punct" -> isGraphic && !isLower && !isUpper && !isDigit;
            case "cntrl" -> c < ' ' || c == 127;
            default -> throw fault("unknown character class");
          };
      if (isMember) {
        set.set(c);
      }
    }
    position = end + 2;
  }

  private static BitSet only(char character) {
    BitSet set = new BitSet(256);
    set.set(character);
    return set;
  }

  private boolean is(char character) {
    return position < pattern.length() && pattern.charAt(position) == character;
  }

  private void emit(BitSet set) {
    emit(new Step(Operation.BYTE, 0, 0, set));
  }

  private void emit(Operation operation, int first, int second) {
    emit(new Step(operation, first, second, NO_BYTES));
  }

  private void emit(Step step) {
    steps.add(step);
    bound();
  }

  private void bound() {
    if (steps.size() > MOST_STEPS) {
      throw fault("expression is too big");
    }
  }

  private static Fault fault(String message) {
    return new Fault(message);
  }

  private static final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String message;

    Fault(String message) {
      super(message, null, false, false);
      this.message = message;
    }
  }
}
