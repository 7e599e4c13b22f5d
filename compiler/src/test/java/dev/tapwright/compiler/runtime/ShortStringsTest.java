package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.syntax.SourceText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where strings are short, what is longer than they are is cut alike in both placements. */
class ShortStringsTest {
  private static final CompilerSettings SETTINGS =
      new CompilerSettings(List.of(), false, List.of(), Map.of("MAXSTRINGLEN", 20L));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\": %0.*u%s: \", 63, 0, \"\"",
        "\": %.*u: \", 63, 0",
        "\": %.63u: \", 0",
        "\": %*d: \", 63, 7",
        "\": %-*d: \", 63, 7",
        "\": %0*d: \", 63, 7",
        "\"%*d%.*d: \", 40, 7, 40, 9",
        "\"%-20.*p\", tid() + 99, -7",
        "\"%s\", errno_str(-9223372036854775807)",
        "\"%s\", errno_str(1 << 61) . \".\"",
      })
  void areCutAlike(String arguments) {
    Needs.privilege();
    assertThat(run("kernel.trace(\"sched_switch\")", arguments)).isEqualTo(run("begin", arguments));
  }

  private static String run(String point, String arguments) {
    String script =
        "global n probe %s { if (n++) next println(sprintf(%s)) exit() }"
            .formatted(point, arguments);
    Compilation compilation =
        CompilerDriver.compile(new SourceText("test.stp", script), SETTINGS, LiveTarget.open());
    assertThat(compilation.diagnostics()).isEmpty();
    SessionRun run = SessionRun.of(compilation.object().orElseThrow());
    assertThat(run.messages()).isEmpty();
    return run.output();
  }
}
