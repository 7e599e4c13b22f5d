package dev.tapwright.compiler.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.goldens.Golden;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the scripts of {@code goldens.txt} and compares with what SystemTap printed, byte for byte.
 */
class GoldenTest {
  /** What is not carried yet, or cannot be the same, and why. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of("pp", "shows the number that the probe had among those of the run that was recorded");

  @TestFactory
  List<DynamicTest> goldens() throws IOException {
    return Golden.all().stream()
        .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> check(golden)))
        .toList();
  }

  private static void check(Golden golden) {
    String exception = EXCEPTIONS.getOrDefault(golden.name(), "");
    assumeTrue(exception.isEmpty(), golden.name() + " " + exception);

    ScriptRunner.Run run =
        ScriptRunner.run(golden.declarations() + "\nprobe begin { " + golden.handler() + " }\n");

    assertThat(run.errors()).isEmpty();
    assertThat(run.faults()).isEmpty();
    assertThat(run.output()).isEqualTo(golden.output());
  }
}
