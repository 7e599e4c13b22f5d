package dev.tapwright.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {
  private static final String REFUSAL =
      """
      Error loading v.bo: bpf program load failed: Permission denied
      probe kernel.trace("sched:sched_switch") at /tmp/v.stp:7:3
        source: ldxb $$, [$t]
        reason: a number is used as an address
        verifier: 7: (71) r0 = *(u8 *)(r1 +0)
        verifier: R1 invalid mem access 'scalar'
        (17 lines: use -v to see all)
      """;

  @Test
  void standsOnTheLineThatTheVerifierRefused() {
    Diagnostic diagnostic = Refusals.of(REFUSAL, "/tmp/v.stp").orElseThrow();
    assertThat(diagnostic.getRange()).isEqualTo(new Range(new Position(6, 2), new Position(7, 0)));
    assertThat(diagnostic.getMessage().getLeft())
        .isEqualTo(
            "the kernel's verifier refuses this: a number is used as an address (R1 invalid mem access 'scalar')");
  }

  @Test
  void saysWhichOtherFileItIsOf() {
    Diagnostic diagnostic = Refusals.of(REFUSAL, "/tmp/other.stp").orElseThrow();
    assertThat(diagnostic.getRange().getStart()).isEqualTo(new Position(0, 0));
    assertThat(diagnostic.getMessage().getLeft())
        .startsWith("the kernel's verifier refuses this in /tmp/v.stp:7: a number");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ERROR: bad near operator '/' at /tmp/v.stp:7:3\n",
        "probe kernel.trace(\"x\") at /tmp/v.stp:7:3\n",
        "  reason: none\n  verifier: none\n",
      })
  void otherErrorsAreNoRefusals(String errors) {
    assertThat(Refusals.of(errors, "/tmp/v.stp")).isEmpty();
  }
}
