package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.goldens.Golden;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Handlers in the kernel print what SystemTap's module back end printed. */
class KernelGoldenTest {
  @TestFactory
  List<DynamicTest> goldens() throws IOException {
    Needs.privilege();
    return Golden.all().stream()
        .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> check(golden)))
        .toList();
  }

  private static void check(Golden golden) {
    golden.assumeItRepeats();
    SessionRun run = Placements.inKernel(golden.declarations(), golden.handler());
    assertThat(run.messages()).isEmpty();
    assertThat(run.output()).isEqualTo(golden.output());
  }
}
