package dev.tapwright.compiler.machine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Classes of bytes that an expression does not tell apart. The NUL, which ends strings, is its own.
 *
 * @param numbers for each of the 256 bytes the number of its class
 * @param examples one byte of each class
 */
record RegexClasses(List<Integer> numbers, List<Integer> examples) {
  private static final int BYTES = 256;

  RegexClasses {
    numbers = List.copyOf(numbers);
    examples = List.copyOf(examples);
  }

  /** Those of an expression. */
  static RegexClasses of(List<Regex.Step> steps) {
    List<BitSet> sets =
        steps.stream()
            .filter(step -> step.operation() == Regex.Operation.BYTE)
            .map(Regex.Step::bytes)
            .distinct()
            .toList();
    List<Integer> numbers = new ArrayList<>(List.of(0));
    List<Integer> examples = new ArrayList<>(List.of(0));
    Map<BitSet, Integer> known = new HashMap<>();
    for (int value = 1; value < BYTES; value++) {
      BitSet members = new BitSet();
      for (int i = 0; i < sets.size(); i++) {
        members.set(i, sets.get(i).get(value));
      }
      Integer number = known.get(members);
      if (number == null) {
        number = examples.size();
        known.put(members, number);
        examples.add(value);
      }
      numbers.add(number);
    }
    return new RegexClasses(numbers, examples);
  }
}
