package dev.tapwright.compiler.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.goldens.Golden;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the scripts of {@code goldens.txt} and compares with what SystemTap printed, byte for byte.
 */
class GoldenTest {
  @TestFactory
  List<DynamicTest> goldens() throws IOException {
    return Golden.all().stream()
        .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> check(golden)))
        .toList();
  }

  private static void check(Golden golden) {
    golden.assumeItRepeats();

    ScriptRunner.Run run =
        ScriptRunner.run(golden.declarations() + "\nprobe begin { " + golden.handler() + " }\n");

    assertThat(run.errors()).isEmpty();
    assertThat(run.faults()).isEmpty();
    assertThat(run.output()).isEqualTo(golden.output());
  }
}
