package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.bpf.KernelDiagnostics;
import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.runtime.RandomHandler.Node;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Random handlers print the same in the kernel as in user space, and the verifier takes them all.
 * What fails is shown with all its statements left out that do not matter. {@code
 * -Dtapwright.random.count} and {@code -Dtapwright.random.seed} say which.
 */
class RandomPlacementTest {
  private static final int BATCH = 10;

  private static final String REFUSED = "?";

  private int refused;

  @Test
  void theKernelAgreesWithUserSpace() {
    Needs.privilege();
    int count = Integer.getInteger("tapwright.random.count", 300);
    long seed = Long.getLong("tapwright.random.seed", 1);
    List<String> disagreements = new ArrayList<>();
    for (int first = 0; first < count; first += BATCH) {
      List<Long> seeds = new ArrayList<>();
      List<List<Node>> bodies = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        seeds.add(RandomHandler.seed(seed, first + i));
        bodies.add(RandomHandler.body(seeds.get(i)));
      }
      if (Boolean.getBoolean("tapwright.random.progress")) {
        System.err.println(
            first
                + " of "
                + count
                + ", "
                + disagreements.size()
                + " disagree, "
                + refused
                + " refused");
      }
      if (disagrees(seeds, bodies)) {
        for (int i = 0; i < BATCH; i++) {
          List<Long> one = List.of(seeds.get(i));
          List<Node> body = RandomHandler.body(seeds.get(i));
          if (disagrees(one, List.of(body))) {
            disagreements.add(describe(seeds.get(i), shrunk(seeds.get(i), body)));
          }
        }
      }
    }
    assertThat(disagreements).isEmpty();
  }

  private static String describe(long seed, List<Node> body) {
    List<Long> seeds = List.of(seed);
    return "seed %d%n%s%n--- user%n%s%n--- kernel%n%s"
        .formatted(
            seed,
            RandomHandler.script(seeds, List.of(body), true),
            output(seeds, List.of(body), false),
            output(seeds, List.of(body), true));
  }

  /** Leaves out statements as long as the rest disagrees. */
  private List<Node> shrunk(long seed, List<Node> body) {
    List<Node> best = body;
    boolean isSmaller = true;
    while (isSmaller) {
      isSmaller = false;
      for (List<Node> candidate : smaller(best)) {
        if (disagrees(List.of(seed), List.of(candidate))) {
          best = candidate;
          isSmaller = true;
          break;
        }
      }
    }
    return best;
  }

  private static List<List<Node>> smaller(List<Node> body) {
    List<List<Node>> results = new ArrayList<>();
    for (int i = 0; i < body.size(); i++) {
      List<Node> without = new ArrayList<>(body);
      Node removed = without.remove(i);
      results.add(without);
      if (!removed.inside().isEmpty()) {
        for (List<Node> inside : smaller(removed.inside())) {
          List<Node> changed = new ArrayList<>(body);
          changed.set(i, new Node(removed.before(), inside, removed.after()));
          results.add(changed);
        }
      }
    }
    return results;
  }

  private boolean disagrees(List<Long> seeds, List<List<Node>> bodies) {
    String kernel = output(seeds, bodies, true);
    if (kernel.equals(REFUSED)) {
      refused++;
      return seeds.size() > 1;
    }
    return kernel.startsWith("!") || !kernel.equals(output(seeds, bodies, false));
  }

  /** The lines, by handler; with an exclamation mark before what went wrong. */
  private static String output(List<Long> seeds, List<List<Node>> bodies, boolean isKernel) {
    String version = System.getProperty("tapwright.random.kernel", "");
    LiveTarget target =
        version.isEmpty()
            ? LiveTarget.open()
            : LiveTarget.open(KernelProfile.ofVersion(KernelVersion.parse(version).orElseThrow()));
    Compilation compilation =
        CompilerDriver.compile(
            new SourceText("a.stp", RandomHandler.script(seeds, bodies, isKernel)),
            Placements.SETTINGS,
            target);
    if (compilation.object().isEmpty()) {
      List<Diagnostic> errors =
          compilation.diagnostics().stream().filter(Diagnostic::isError).toList();
      // That an old verifier cannot go through the loops has been said.
      boolean isHonest =
          errors.stream().allMatch(error -> error.code().equals(KernelDiagnostics.LOOP));
      return isHonest ? REFUSED : "!" + errors;
    }
    SessionRun run = SessionRun.of(compilation.object().orElseThrow());
    String lines =
        String.join("\n", run.output().lines().sorted(RandomPlacementTest::byHandler).toList());
    return run.status() == 0 ? lines : "!" + run.messages() + lines;
  }

  private static int byHandler(String left, String right) {
    return prefix(left).compareTo(prefix(right));
  }

  private static String prefix(String line) {
    return line.substring(0, Math.max(0, line.indexOf('|')));
  }
}
