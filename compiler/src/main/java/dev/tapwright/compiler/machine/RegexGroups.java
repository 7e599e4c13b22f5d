package dev.tapwright.compiler.machine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A regular expression as tables that tell where a match and its groups are, in two runs over the
 * string: the very match and groups of {@link Regex}.
 *
 * <p>The first run goes forward, as that of a {@link RegexTable}, and notes by which entry it came
 * to each position: a row and the class of the byte before, {@code row + classes[byte]}, and at the
 * beginning {@link #BEGINNING}. A row stands for the ways that are open at a position, in the order
 * of preference. One of them may be a match: {@code rows[row + width - 1] - 1}. The last position
 * that has one is where the match ends. The run is over at {@link #FAILED}, or at {@link #MATCHED},
 * behind the NUL, where way 0 is the match.
 *
 * <p>The second goes back from there: {@code ways[origins[entry] + way]} has bit n set for the
 * marks that this way has set at this position, the beginning of group n / 2 or its end, and at
 * {@link #SOURCE} the way that it was at the position before, or {@link #FRESH}. Of a mark that is
 * met more than once, the first that is met stands.
 *
 * @param groups how many there are, the whole match among them
 * @param width entries of a row: one for each class, and the match
 * @param start the row that the first run begins at
 * @param classes for each of the 256 bytes the class that it is of
 * @param rows by entry, the next row
 * @param origins by entry, where in {@code ways} those of the position that it leads to are
 */
public record RegexGroups(
    int groups,
    int width,
    int start,
    List<Integer> classes,
    List<Integer> rows,
    List<Integer> origins,
    List<Long> ways) {
  /** No way goes on, and a match there is only where one was met. */
  public static final int FAILED = 0;

  /** A match ends at the end of the string. */
  public static final int MATCHED = 1;

  /** The first row. */
  public static final int FIRST = 2;

  /** The entry that stands for the beginning of the string. */
  public static final int BEGINNING = 0;

  /** The bit of {@link #ways()} that begins the number of the way before. */
  public static final int SOURCE = 56;

  /** A way that begins here. */
  public static final int FRESH = 0xff;

  /** The most groups. */
  public static final int MOST_GROUPS = SOURCE / 2;

  /** The most entries, and the most ways. */
  public static final int MOST_ENTRIES = 1 << 14;

  /** Copies the lists. */
  public RegexGroups {
    classes = List.copyOf(classes);
    rows = List.copyOf(rows);
    origins = List.copyOf(origins);
    ways = List.copyOf(ways);
  }

  /**
   * Makes the tables.
   *
   * @param pattern bytes, as {@link ByteStrings} has them, of an expression that {@link
   *     RegexTable#of} has found well-formed
   * @return empty when they would be too large
   */
  public static Optional<RegexGroups> of(String pattern) {
    RegexParser parser = new RegexParser(pattern);
    parser.parse();
    return parser.groups() > MOST_GROUPS
        ? Optional.empty()
        : new Construction(parser.steps(), parser.groups()).tables();
  }

  private static final class Construction {
    private final List<Regex.Step> steps;
    private final int groups;
    private final RegexClasses classes;
    private final int width;
    private final Map<State, Integer> numbers = new LinkedHashMap<>();
    private final List<State> pending = new ArrayList<>();
    private final List<Integer> rows = new ArrayList<>();
    private final List<Integer> origins = new ArrayList<>();
    private final Map<List<Long>, Integer> known = new HashMap<>();
    private final List<Long> ways = new ArrayList<>();

    /**
     * A way at a position.
     *
     * @param place the step before which it waits
     * @param beginning ways with the same number have begun at the same position, with a higher one
     *     later
     */
    private record Way(int place, int beginning) {}

    /**
     * What is open at a position.
     *
     * @param isMatched whether a match was met, here or before: then no other way begins
     * @param isFirst whether no byte has been taken
     */
    private record State(List<Way> ways, boolean isMatched, boolean isFirst) {}

    /** Gathers the ways at a position. */
    private final class Gathering {
      final BitSet seen = new BitSet();
      final List<Way> found = new ArrayList<>();
      final List<Long> sources = new ArrayList<>();
      final boolean isFirst;
      final boolean isEnd;

      Gathering(boolean isFirst, boolean isEnd) {
        this.isFirst = isFirst;
        this.isEnd = isEnd;
      }

      /** Follows a way on from a place as far as it goes without taking a byte. */
      void follow(int place, int beginning, int source, long marks) {
        if (seen.get(place)) {
          return;
        }
        seen.set(place);
        Regex.Step step = steps.get(place);
        switch (step.operation()) {
          case JUMP -> follow(step.first(), beginning, source, marks);
          case SPLIT -> {
            follow(step.first(), beginning, source, marks);
            follow(step.second(), beginning, source, marks);
          }
          case SAVE -> follow(place + 1, beginning, source, marks | (1L << step.first()));
          case BEGINNING -> {
            if (isFirst) {
              follow(place + 1, beginning, source, marks);
            }
          }
          case END -> {
            if (isEnd) {
              follow(place + 1, beginning, source, marks);
            } else {
              rest(place, beginning, source, marks);
            }
          }
          case BYTE, MATCH -> rest(place, beginning, source, marks);
        }
      }

      private void rest(int place, int beginning, int source, long marks) {
        found.add(new Way(place, beginning));
        sources.add(marks | ((long) source << SOURCE));
      }

      /** The ways that a match among them leaves worth following. */
      State state(boolean wasMatched) {
        int match = indexOfMatch(found);
        int last = match < 0 ? Integer.MAX_VALUE : found.get(match).beginning();
        List<Way> kept = new ArrayList<>();
        int number = -1;
        int before = -1;
        for (Way way : found) {
          if (way.beginning() <= last) {
            number += way.beginning() == before ? 0 : 1;
            before = way.beginning();
            kept.add(new Way(way.place(), number));
          }
        }
        return new State(kept, wasMatched || match >= 0, isFirst);
      }
    }

    Construction(List<Regex.Step> steps, int groups) {
      this.steps = steps;
      this.groups = groups;
      classes = RegexClasses.of(steps);
      width = classes.examples().size() + 1;
    }

    Optional<RegexGroups> tables() {
      Gathering beginning = new Gathering(true, false);
      beginning.follow(0, 0, FRESH, 0);
      // Two entries that no row has: FAILED, which is that of the beginning as well, and MATCHED.
      rows.addAll(List.of(FAILED, FAILED));
      origins.addAll(List.of(origin(beginning.sources), 0));
      int start = number(beginning.state(false));
      for (int i = 0; i < pending.size(); i++) {
        row(pending.get(i));
        if (numbers.size() * width > MOST_ENTRIES - FIRST
            || ways.size() > MOST_ENTRIES
            || pending.getLast().ways().size() >= FRESH) {
          return Optional.empty();
        }
      }
      return Optional.of(
          new RegexGroups(groups, width, start, classes.numbers(), rows, origins, ways));
    }

    private void row(State state) {
      for (int value : classes.examples()) {
        if (value == 0) {
          atEnd(state);
        } else {
          after(state, value);
        }
      }
      rows.add(indexOfMatch(state.ways()) + 1);
      origins.add(0);
    }

    private void after(State state, int value) {
      Gathering next = new Gathering(false, false);
      for (int i = 0; i < state.ways().size(); i++) {
        Way way = state.ways().get(i);
        if (steps.get(way.place()).operation() == Regex.Operation.BYTE
            && steps.get(way.place()).bytes().get(value)) {
          next.follow(way.place() + 1, way.beginning(), i, 0);
        }
      }
      if (!state.isMatched()) {
        next.follow(0, Integer.MAX_VALUE, FRESH, 0);
      }
      rows.add(number(next.state(state.isMatched())));
      origins.add(origin(next.sources));
    }

    private void atEnd(State state) {
      for (int i = 0; i < state.ways().size(); i++) {
        Gathering end = new Gathering(state.isFirst(), true);
        end.follow(state.ways().get(i).place(), 0, i, 0);
        int match = indexOfMatch(end.found);
        if (match >= 0) {
          rows.add(MATCHED);
          origins.add(origin(List.of(end.sources.get(match))));
          return;
        }
      }
      rows.add(FAILED);
      origins.add(0);
    }

    private int indexOfMatch(List<Way> found) {
      for (int i = 0; i < found.size(); i++) {
        if (steps.get(found.get(i).place()).operation() == Regex.Operation.MATCH) {
          return i;
        }
      }
      return -1;
    }

    private int number(State state) {
      if (state.ways().isEmpty()) {
        return FAILED;
      }
      return numbers.computeIfAbsent(
          state,
          added -> {
            pending.add(added);
            return FIRST + (pending.size() - 1) * width;
          });
    }

    private int origin(List<Long> sources) {
      return known.computeIfAbsent(
          sources,
          added -> {
            ways.addAll(added);
            return ways.size() - added.size();
          });
    }
  }
}
