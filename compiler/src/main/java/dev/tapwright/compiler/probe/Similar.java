package dev.tapwright.compiler.probe;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/** Names that a misspelt one may have meant. */
public final class Similar {
  private Similar() {}

  /**
   * The nearest of the candidates by edit distance, nearest first, and in the order of the alphabet
   * where equally near.
   *
   * @param limit at most so many
   */
  public static List<String> to(String name, Collection<String> candidates, int limit) {
    record Scored(String candidate, int distance) {}
    Comparator<Scored> order =
        Comparator.comparingInt(Scored::distance).thenComparing(Scored::candidate);
    // The worst of the best stands at the head. Tens of thousands of candidates are looked at, so
    // few are measured wholly.
    PriorityQueue<Scored> best = new PriorityQueue<>(order.reversed());
    Set<String> seen = new HashSet<>();
    for (String candidate : candidates) {
      Scored worst = best.size() < limit ? null : best.peek();
      int bound = worst == null ? Integer.MAX_VALUE : worst.distance();
      if (Math.abs(candidate.length() - name.length()) > bound || !seen.add(candidate)) {
        continue;
      }
      best.add(new Scored(candidate, distance(name, candidate, bound)));
      if (best.size() > limit) {
        best.remove();
      }
    }
    return best.stream().sorted(order).map(Scored::candidate).toList();
  }

  /**
   * Names to choose from instead of one that is not there: nearest first, then shorter ones, then
   * in the order of the alphabet.
   *
   * @param limit at most so many
   */
  public static List<String> alternatives(String name, Collection<String> candidates, int limit) {
    return candidates.stream()
        .distinct()
        .sorted(
            Comparator.comparingInt(
                    (String candidate) -> distance(name, candidate, Integer.MAX_VALUE))
                .thenComparingInt(String::length)
                .thenComparing(Comparator.naturalOrder()))
        .limit(limit)
        .toList();
  }

  /** A message with the similar names behind it in parentheses, if there are any. */
  public static String append(String message, String title, List<String> similar) {
    return similar.isEmpty()
        ? message
        : message + similar.stream().collect(Collectors.joining(", ", " (" + title + ": ", ")"));
  }

  /**
   * How many characters must be inserted, left out or replaced to make one text of the other.
   *
   * @param bound distances greater than this may be given as any greater number
   */
  static int distance(String from, String to, int bound) {
    int[] previous = new int[to.length() + 1];
    int[] current = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      current[0] = i;
      int least = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
        least = Math.min(least, current[j]);
      }
      if (least > bound) {
        return least;
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[to.length()];
  }
}
