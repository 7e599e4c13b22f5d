package dev.tapwright.compiler.machine;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A POSIX extended regular expression. Matches in a time that the product of the lengths bounds,
 * whatever the expression: all ways to match are followed at once (Thompson's construction, with
 * the groups of each way as Pike has them).
 *
 * <p>The match is the leftmost, and of those the longest; of the ways to make it, groups are those
 * of the first by the order of alternatives, with repetitions as long as they can be.
 */
final class Regex {
  /** An instruction of a compiled expression. */
  enum Operation {
    /** Takes a byte of a set. */
    BYTE,
    /** Goes on at two places, the first preferred. */
    SPLIT,
    /** Goes on elsewhere. */
    JUMP,
    /** Notes where a group begins or ends. */
    SAVE,
    /** Goes on at the beginning of the string only. */
    BEGINNING,
    /** Goes on at the end of the string only. */
    END,
    /** The end of the expression. */
    MATCH
  }

  /**
   * An instruction: what it does, its one or two targets or its group mark, and its set of bytes.
   */
  record Step(Operation operation, int first, int second, BitSet bytes) {}

  /** What matched. */
  static final class Match {
    private final String subject;

    /** Beginning and end of each group, from 0; -1 for a group that took no part. */
    private final int[] marks;

    private Match(String subject, int[] marks) {
      this.subject = subject;
      this.marks = marks;
    }

    /** A group's bytes; empty when there is no such group. */
    Optional<String> group(long group) {
      if (group < 0 || group >= marks.length / 2) {
        return Optional.empty();
      }
      int start = marks[(int) group * 2];
      int end = marks[(int) group * 2 + 1];
      return Optional.of(start < 0 || end < 0 ? "" : subject.substring(start, end));
    }

    /** Beginning and end of each group, from 0; -1 for a group that took no part. */
    List<Integer> marks() {
      return Arrays.stream(marks).boxed().toList();
    }

    /** How many groups there are, the whole match among them. */
    int groups() {
      return marks.length / 2;
    }
  }

  private final Step[] steps;
  private final int marks;
  private final Optional<RegexParser.Problem> problem;

  private Regex(Step[] steps, int marks, Optional<RegexParser.Problem> problem) {
    this.steps = steps;
    this.marks = marks;
    this.problem = problem;
  }

  /** Compiles an expression; see {@link #problem()}. */
  static Regex compile(String pattern) {
    RegexParser parser = new RegexParser(pattern);
    Optional<RegexParser.Problem> problem = parser.parse();
    return new Regex(parser.steps().toArray(new Step[0]), 2 * parser.groups(), problem);
  }

  /** What is wrong with the expression; then it must not be matched. */
  Optional<RegexParser.Problem> problem() {
    return problem;
  }

  /** What it is compiled into. */
  List<Step> steps() {
    return List.of(steps);
  }

  /** Looks for a match anywhere in a string. */
  Optional<Match> match(String subject) {
    Ways current = new Ways(steps.length);
    Ways next = new Ways(steps.length);
    int[] best = null;
    for (int position = 0; position <= subject.length(); position++) {
      if (best == null) {
        int[] fresh = new int[marks];
        Arrays.fill(fresh, -1);
        follow(current, 0, position, subject.length(), fresh);
      }
      if (current.count == 0 && best != null) {
        break;
      }
      for (int i = 0; i < current.count; i++) {
        int[] way = current.marks[i];
        // A way that began behind the best match cannot be better.
        if (best != null && way[0] > best[0]) {
          continue;
        }
        Step step = steps[current.places[i]];
        if (step.operation == Operation.MATCH) {
          best = best == null || way[0] < best[0] || way[1] > best[1] ? way : best;
        } else if (position < subject.length() && step.bytes.get(subject.charAt(position))) {
          follow(next, current.places[i] + 1, position + 1, subject.length(), way);
        }
      }
      Ways swap = current;
      current = next;
      next = swap;
      next.clear();
    }
    return best == null ? Optional.empty() : Optional.of(new Match(subject, best));
  }

  /** Adds the places that a way reaches from one without taking a byte. */
  private void follow(Ways ways, int place, int position, int length, int[] way) {
    if (ways.seen[place]) {
      return;
    }
    ways.seen[place] = true;
    Step step = steps[place];
    switch (step.operation) {
      case JUMP -> follow(ways, step.first, position, length, way);
      case SPLIT -> {
        follow(ways, step.first, position, length, way);
        follow(ways, step.second, position, length, way);
      }
      case SAVE -> {
        int[] marked = way.clone();
        marked[step.first] = position;
        follow(ways, place + 1, position, length, marked);
      }
      case BEGINNING -> {
        if (position == 0) {
          follow(ways, place + 1, position, length, way);
        }
      }
      case END -> {
        if (position == length) {
          follow(ways, place + 1, position, length, way);
        }
      }
      case BYTE, MATCH -> ways.add(place, way);
    }
  }

  /**
   * The places that are reached at a position of the subject, preferred first, and the marks of
   * how.
   */
  private static final class Ways {
    private final int[] places;
    private final int[][] marks;
    private final boolean[] seen;
    private int count;

    Ways(int steps) {
      places = new int[steps];
      marks = new int[steps][];
      seen = new boolean[steps];
    }

    void add(int place, int[] way) {
      places[count] = place;
      marks[count++] = way;
    }

    void clear() {
      Arrays.fill(seen, false);
      count = 0;
    }
  }
}
