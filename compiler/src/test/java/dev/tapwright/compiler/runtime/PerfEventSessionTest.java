package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.syntax.SourceText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples of performance events that the kernel itself counts, so that every machine has them. */
@Timeout(60)
class PerfEventSessionTest {
  private static SessionRun run(String script) {
    Needs.privilege();
    Compilation compilation =
        CompilerDriver.compile(
            new SourceText("a.stp", script), CompilerSettings.defaults(), LiveTarget.open());
    assertThat(compilation.diagnostics()).isEmpty();
    return SessionRun.of(compilation.object().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timer.profile",
        "timer.profile.tick",
        "timer.profile.freq.hz(100)",
        "perf.type(1).config(0).sample(1000000)",
        "perf.type(1).config(0).hz(100)"
      })
  void comeAgainAndAgain(String point) {
    SessionRun run =
        run("global n probe " + point + " { if (n++ == 3) { println(\"enough\") exit() } }");
    assertThat(run.messages()).isEmpty();
    assertThat(run.output()).startsWith("enough\n");
  }

  @Test
  void thatTheMachineDoesNotCountAreNamed() {
    SessionRun run = run("probe perf.type(1).config(9999) { exit() }");
    assertThat(run.messages()).contains("this machine does not count event 9999 of type 1");
  }
}
