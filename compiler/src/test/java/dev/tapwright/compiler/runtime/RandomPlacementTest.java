package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.runtime.RandomComparison.Outcome;
import dev.tapwright.compiler.runtime.RandomComparison.Result;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Random handlers print the same in the kernel as in user space, and the verifier takes them all.
 * What fails is shown with all that does not matter left out. {@code -Dtapwright.random.count},
 * {@code .seed} and {@code .kernel} say which, and for which version of the kernel.
 */
class RandomPlacementTest {
  /** Handlers of a session. */
  private static final int BATCH = 10;

  /** Values of MAXSTRINGLEN: one and a number make a key that Linux 5.10 has room for. */
  private static final long[] STRING_LENGTHS = {504, 72, 24, 11};

  private final String version = System.getProperty("tapwright.random.kernel", "");
  private final long seed = Long.getLong("tapwright.random.seed", 1);
  private final boolean tellsProgress = Boolean.getBoolean("tapwright.random.progress");
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
  private final List<String> failures = new ArrayList<>();

  @Test
  void theKernelAgreesWithUserSpace() {
    Needs.privilege();
    int count = Integer.getInteger("tapwright.random.count", 300);
    List<RandomComparison> comparisons = new ArrayList<>();
    for (long length : STRING_LENGTHS) {
      comparisons.add(new RandomComparison(version, length));
    }
    for (int first = 0; first < count; first += BATCH) {
      RandomComparison comparison = comparisons.get(first / BATCH % comparisons.size());
      compare(comparison, first, Math.min(BATCH, count - first));
      if (tellsProgress) {
        System.err.println(first + BATCH + " of " + count + ": " + outcomes);
      }
    }
    assertThat(failures).isEmpty();
    if (version.isEmpty()) {
      assertThat(outcomes).containsOnlyKeys(Outcome.AGREES);
    }
  }

  /** All at once; if that fails, one by one. */
  private void compare(RandomComparison comparison, int first, int count) {
    String script = RandomHandler.script(seed, first, count, version);
    Result result = comparison.compare(script);
    if (result.outcome() == Outcome.AGREES) {
      outcomes.merge(Outcome.AGREES, count, Integer::sum);
    } else if (count == 1) {
      outcomes.merge(result.outcome(), 1, Integer::sum);
      if (result.outcome() != Outcome.IS_NOT_CARRIED) {
        fail(comparison, script, result, first);
      } else if (version.isEmpty()) {
        failures.add("handler %d:%n%s%n%s".formatted(first, script, result.kernel()));
      }
    } else {
      int half = count / 2;
      compare(comparison, first, half);
      compare(comparison, first + half, count - half);
    }
  }

  private void fail(RandomComparison comparison, String script, Result result, int number) {
    String smaller =
        ScriptReduction.reduce(
            script,
            text -> RandomHandler.isGuarded(text) && comparison.compare(text).isLike(result));
    Result again = comparison.compare(smaller);
    // What does not fail each time is told as it was at first.
    Result small = again.isLike(result) ? again : result;
    String failure =
        "handler %d, %s:%n%s%n--- user%n%s%n--- kernel%n%s"
            .formatted(number, small.outcome(), smaller, small.user(), small.kernel());
    if (tellsProgress) {
      System.err.println(failure);
    }
    failures.add(failure);
  }
}
