package dev.tapwright.compiler.machine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A regular expression as the table of a deterministic automaton, which says whether a string has a
 * match anywhere, a byte at a time.
 *
 * <p>Each byte of the string, and then the NUL behind it, leads from a row to the next: {@code
 * rows[row - FIRST + classes[byte]]}. A run ends at {@link #FAILED} or {@link #MATCHED}, at the NUL
 * at the latest.
 *
 * @param start the row that a run begins at: {@link #FIRST}, or already an end
 * @param classes for each of the 256 bytes the class that it is of; all bytes of a class lead to
 *     the same rows
 * @param rows the next row, for each row and class
 */
public record RegexTable(int start, List<Integer> classes, List<Integer> rows) {
  /** No match begins here or later. */
  public static final int FAILED = 0;

  /** There is a match. */
  public static final int MATCHED = 1;

  /** The first row that is no end. */
  public static final int FIRST = 2;

  /** The most that {@link #rows()} has. Rows are numbers of 16 bits. */
  public static final int MOST_ENTRIES = 1 << 15;

  /** Copies the lists. */
  public RegexTable {
    classes = List.copyOf(classes);
    rows = List.copyOf(rows);
  }

  /** What becomes of an expression. */
  public sealed interface Result {
    /** A table. */
    record Built(RegexTable table) implements Result {}

    /**
     * It is none.
     *
     * @param message as SystemTap words it, with the position
     */
    record Malformed(String message) implements Result {}

    /** Its table would be too large. */
    record TooLarge() implements Result {}
  }

  /**
   * Makes a table.
   *
   * @param pattern bytes, as {@link ByteStrings} has them
   */
  public static Result of(String pattern) {
    Regex regex = Regex.compile(pattern);
    return regex
        .problem()
        .<Result>map(problem -> new Result.Malformed(problem.asMessage()))
        .orElseGet(
            () ->
                new Construction(regex.steps())
                    .table()
                    .<Result>map(Result.Built::new)
                    .orElseGet(Result.TooLarge::new));
  }

  /** The construction from sets of the places that all ways through the expression are at. */
  private static final class Construction {
    private final List<Regex.Step> steps;
    private final RegexClasses classes;
    private final Map<State, Integer> numbers = new HashMap<>();
    private final Deque<State> pending = new ArrayDeque<>();
    private final List<Integer> rows = new ArrayList<>();

    /**
     * Where the ways are before the next byte: at steps that take one, or that wait for the end.
     *
     * @param isFirst whether no byte has been taken
     */
    private record State(BitSet places, boolean isFirst) {}

    Construction(List<Regex.Step> steps) {
      this.steps = steps;
      classes = RegexClasses.of(steps);
    }

    Optional<RegexTable> table() {
      int start = number(new State(closure(BitSet.valueOf(new long[] {1}), true, false), true));
      while (!pending.isEmpty()) {
        State state = pending.pop();
        for (int value : classes.examples()) {
          rows.add(value == 0 ? atEnd(state) : after(state, value));
        }
        if (numbers.size() * classes.examples().size() > MOST_ENTRIES) {
          return Optional.empty();
        }
      }
      return Optional.of(new RegexTable(start, classes.numbers(), rows));
    }

    private int number(State state) {
      if (matches(state.places())) {
        return MATCHED;
      }
      if (state.places().isEmpty()) {
        return FAILED;
      }
      Integer known = numbers.get(state);
      if (known == null) {
        known = FIRST + numbers.size() * classes.examples().size();
        numbers.put(state, known);
        pending.add(state);
      }
      return known;
    }

    private int after(State state, int value) {
      BitSet taken = new BitSet();
      // Another way may begin here.
      taken.set(0);
      state.places().stream()
          .filter(place -> steps.get(place).bytes().get(value))
          .forEach(place -> taken.set(place + 1));
      return number(new State(closure(taken, false, false), false));
    }

    private int atEnd(State state) {
      return matches(closure(state.places(), state.isFirst(), true)) ? MATCHED : FAILED;
    }

    private boolean matches(BitSet places) {
      return places.stream()
          .anyMatch(place -> steps.get(place).operation() == Regex.Operation.MATCH);
    }

    /** The places that are reached without taking a byte. */
    private BitSet closure(BitSet from, boolean isFirst, boolean isEnd) {
      BitSet seen = new BitSet();
      BitSet resting = new BitSet();
      Deque<Integer> open = new ArrayDeque<>();
      from.stream().forEach(open::add);
      while (!open.isEmpty()) {
        int place = open.pop();
        if (seen.get(place)) {
          continue;
        }
        seen.set(place);
        Regex.Step step = steps.get(place);
        switch (step.operation()) {
          case BYTE, MATCH -> resting.set(place);
          case SPLIT -> {
            open.push(step.first());
            open.push(step.second());
          }
          case JUMP -> open.push(step.first());
          case SAVE -> open.push(place + 1);
          case BEGINNING -> {
            if (isFirst) {
              open.push(place + 1);
            }
          }
          case END -> {
            if (isEnd) {
              open.push(place + 1);
            } else {
              resting.set(place);
            }
          }
        }
      }
      return resting;
    }
  }
}
