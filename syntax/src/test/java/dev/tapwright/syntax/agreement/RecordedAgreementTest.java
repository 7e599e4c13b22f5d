package dev.tapwright.syntax.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.syntax.ParseOptions;
import dev.tapwright.syntax.ParseResult;
import dev.tapwright.syntax.ScriptParser;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Trees;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.print.ScriptPrinter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Damaged scripts of the packages systemtap-common and systemtap-doc 4.8, as {@code
 * tests/agreement/parsing} makes them: what SystemTap said of a few hundred, and printing.
 */
class RecordedAgreementTest {
  /**
   * How many are made. Recorded by {@code tests/agreement/parsing FOLDER 400 300
   * recorded-answers.tsv}.
   */
  static final int COUNT = 400;

  static final long SEED = 300;

  private ParseOptions options = new ParseOptions(List.of(), true, PackagedScripts.ANY_MACHINE);
  private List<Subject> mutants = List.of();

  @BeforeEach
  void damage() throws IOException {
    assumeTrue(Files.isDirectory(PackagedScripts.TAPSET), "needs systemtap-common");
    assumeTrue(Files.isDirectory(PackagedScripts.EXAMPLES), "needs systemtap-doc");
    options = PackagedScripts.options(PackagedScripts.ANY_MACHINE);
    mutants = ParsingAgreement.mutants(COUNT, SEED);
  }

  @Test
  void theFirstMessageIsSystemTaps() throws IOException {
    Map<String, Answer> recorded = recorded();
    List<Subject> known =
        mutants.stream().filter(mutant -> recorded.containsKey(PackagedStap.key(mutant))).toList();
    assumeTrue(known.size() >= 200, "needs the scripts of SystemTap 4.8");
    List<String> wrong = new ArrayList<>();
    for (Subject mutant : known) {
      String key = PackagedStap.key(mutant);
      Answer answer = PackagedScripts.answer(mutant, options);
      if (!answer.equals(recorded.get(key))) {
        wrong.add(key + ": " + recorded.get(key) + ", but " + answer + " of\n" + mutant.text());
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void whatIsAcceptedIsTheSameWhenPrintedAndReadAgain() {
    int accepted = 0;
    List<String> wrong = new ArrayList<>();
    for (Subject mutant : mutants) {
      ParseResult result = PackagedScripts.parse(mutant, options);
      if (result.diagnostics().stream().noneMatch(Diagnostic::isError)) {
        accepted++;
        difference(result, options)
            .ifPresent(difference -> wrong.add(difference + " of\n" + mutant.text()));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(accepted).isPositive();
  }

  /** How the tree of an accepted script changes when it is printed and read again. */
  static Optional<String> difference(ParseResult result, ParseOptions options) {
    String printed = ScriptPrinter.print(result.script());
    ParseResult again = ScriptParser.parse(new SourceText("printed", printed), options);
    Optional<Diagnostic> mistake =
        again.diagnostics().stream().filter(Diagnostic::isError).findFirst();
    return mistake
        .map(diagnostic -> diagnostic + " in\n" + printed)
        .or(() -> Trees.difference(result.script(), again.script()));
  }

  private static Map<String, Answer> recorded() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            RecordedAgreementTest.class.getResourceAsStream("recorded-answers.tsv"))) {
      return new String(file.readAllBytes(), StandardCharsets.ISO_8859_1)
          .lines()
          .map(line -> line.split("\t", 2))
          .collect(
              Collectors.toMap(
                  columns -> columns[0], columns -> Answer.ofLine(columns[1]).orElseThrow()));
    }
  }
}
