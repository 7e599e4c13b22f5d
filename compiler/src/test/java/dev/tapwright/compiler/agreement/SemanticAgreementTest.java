package dev.tapwright.compiler.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.agreement.SemanticAgreement.Comparison;
import dev.tapwright.compiler.agreement.SemanticAgreement.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred and fifty scripts made at random, half of them with mistakes, through both. What is
 * left of disagreement is told in docs/agreement.md; here it must not grow.
 */
final class SemanticAgreementTest {
  private static final int SCRIPTS = 150;

  @TempDir Path folder;

  @Test
  void agreesWithThePackagedStap() throws IOException, InterruptedException {
    Path kernelBuild = Files.createDirectories(folder.resolve("kernel"));
    PackagedStap.prepare(kernelBuild);
    SemanticAgreement agreement =
        new SemanticAgreement(
            folder,
            Optional.empty(),
            List.of(PackagedStap.COMMAND.toString(), "-r", kernelBuild.toString()));
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      verdicts.put(verdict, 0);
    }
    for (int seed = 1000; seed < 1000 + SCRIPTS; seed++) {
      Comparison comparison = agreement.compare(ScriptGenerator.script(seed));
      verdicts.merge(comparison.verdict(), 1, Integer::sum);
    }
    assertThat(verdicts.get(Verdict.OURS_REFUSES)).as("%s", verdicts).isLessThanOrEqualTo(3);
    assertThat(verdicts.get(Verdict.OURS_ACCEPTS)).as("%s", verdicts).isLessThanOrEqualTo(3);
    assertThat(verdicts.get(Verdict.SAME)).as("%s", verdicts).isGreaterThanOrEqualTo(143);
  }
}
