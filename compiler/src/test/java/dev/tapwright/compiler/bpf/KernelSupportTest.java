package dev.tapwright.compiler.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelSupportTest {
  @Test
  void thePageIsWhatTheTablesSay() throws Exception {
    assertThat(Files.readString(Path.of("../docs/kernel-support.md")))
        .as("docs/kernel-support.md says how to make it anew")
        .isEqualTo(KernelSupport.markdown());
  }

  @ParameterizedTest
  @EnumSource(Restriction.class)
  void everyRestrictionSaysWhatWhereSinceAndWhatElse(Restriction restriction) {
    KernelProfile old = KernelScripts.profile("4.14");
    Diagnostic diagnostic =
        restriction.at(new Span(new SourceText("a.stp", "x"), 0, 1, List.of()), old);
    assertThat(diagnostic.message()).startsWith(restriction.construct() + " in a kernel probe ");
    assertThat(diagnostic.message())
        .matches(".* cannot run on Linux 4\\.14: it needs .+, which Linux \\d+\\.\\d+ brought");
    assertThat(diagnostic.notes()).isNotEmpty().allMatch(note -> !note.message().isBlank());
  }
}
