package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A random handler is compiled for every version of the kernel, or refused for what the version
 * cannot carry: {@code -Dtapwright.random.compiled} handlers for each, every other of which has all
 * constructs.
 */
class RandomProfileTest {
  @ParameterizedTest
  @ValueSource(strings = {"4.14", "4.19", "5.4", "5.10", "5.15", "6.1", "6.6", "6.12", "6.18"})
  void compilesOrSaysWhyNot(String version) {
    KernelProfile profile = KernelProfile.ofVersion(KernelVersion.parse(version).orElseThrow());
    CompilerDriver driver =
        new CompilerDriver(CompilerSettings.defaults(), LiveTarget.open(profile));
    int count = Integer.getInteger("tapwright.random.compiled", 8);
    long seed = Long.getLong("tapwright.random.seed", 1);
    int compiled = 0;
    for (int i = 0; i < count; i++) {
      String carried = i % 2 == 0 ? version : "";
      String script = RandomHandler.inKernel(RandomHandler.script(seed, i, 1, carried));
      Compilation compilation = driver.compile(new SourceText("a.stp", script));
      compiled += compilation.object().isPresent() ? 1 : 0;
      assertThat(compilation.diagnostics())
          .as("handler %d", i)
          .filteredOn(Diagnostic::isError)
          .allMatch(error -> error.code().name().startsWith("bpf-"));
    }
    assertThat(compiled).isPositive();
  }
}
