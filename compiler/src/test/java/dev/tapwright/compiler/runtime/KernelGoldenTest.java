package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.goldens.Golden;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Handlers in the kernel print what SystemTap's module back end printed. */
class KernelGoldenTest {
  /**
   * Refused at compile time so far: who carries one takes it off. A regular expression is a table
   * here, which keeps no captures; and the session's name has the number of its process, which
   * programs are not told.
   */
  private static final Set<String> REFUSED = Set.of("regex capture", "module name");

  @TestFactory
  List<DynamicTest> goldens() throws IOException {
    Needs.privilege();
    return Golden.all().stream()
        .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> check(golden)))
        .toList();
  }

  private static void check(Golden golden) {
    golden.assumeItRepeats();
    if (REFUSED.contains(golden.name())) {
      assertThat(Placements.refusals(golden.declarations(), golden.handler()))
          .as("is refused, or is to be taken off the list")
          .isNotEmpty();
      return;
    }
    SessionRun run = Placements.inKernel(golden.declarations(), golden.handler());
    assertThat(run.messages()).isEmpty();
    assertThat(run.output()).isEqualTo(golden.output());
  }
}
