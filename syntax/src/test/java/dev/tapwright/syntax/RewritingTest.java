package dev.tapwright.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.syntax.print.ScriptPrinter;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code rewritings.txt}: what scripts come to, or the first thing wrong with them. */
class RewritingTest {
  @TestFactory
  Stream<DynamicTest> scriptsAreReadAsTheTableSays() throws IOException {
    return TableFile.read("rewritings.txt").stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getFirst(), () -> check(row.get(0).replace("\\n", "\n"), row.get(1))));
  }

  private static void check(String script, String expected) {
    ParseResult result = ScriptParser.parse(new SourceText("<input>", script), TestOptions.USER);
    if (!result.diagnostics().isEmpty()) {
      assertThat(result.diagnostics().getFirst().message()).isEqualTo(expected);
      return;
    }
    String printed = ScriptPrinter.print(result.script());
    assertThat(printed.replaceAll("\\s+", " ").strip()).isEqualTo(expected);
    ParseResult again = ScriptParser.parse(new SourceText("<printed>", printed), TestOptions.USER);
    assertThat(again.diagnostics()).isEmpty();
    assertThat(Trees.difference(result.script(), again.script())).isEmpty();
  }

  /** One mistake, one diagnostic: the table's mistakes are all single. */
  @TestFactory
  Stream<DynamicTest> firstMistakesAreThoseThatSystemTapFinds() throws IOException {
    return TableFile.read("first-mistakes.txt").stream()
        .map(row -> DynamicTest.dynamicTest(row.getFirst(), () -> checkMistake(row)));
  }

  @TestFactory
  Stream<DynamicTest> versionsAndArgumentsCountAsTheTableSays() throws IOException {
    return TableFile.read("choices.txt").stream()
        .map(row -> DynamicTest.dynamicTest(row.toString(), () -> checkChoice(row)));
  }

  private static void checkChoice(List<String> row) {
    String version = row.get(0).strip();
    ParseResult result =
        ScriptParser.parse(
            new SourceText("", row.get(2)),
            TestOptions.of(version.isEmpty() ? "5.6" : version, row.get(1)));
    if (row.size() > 4) {
      assertThat(firstMistake(result)).isEqualTo("parse error: " + row.get(3) + "\n" + row.get(4));
      return;
    }
    assertThat(result.diagnostics()).isEmpty();
    String printed = ScriptPrinter.print(result.script());
    assertThat(printed.replaceAll("\\s+", " ").strip()).isEqualTo(row.get(3));
  }

  private static void checkMistake(List<String> row) {
    ParseResult result = ScriptParser.parse(new SourceText("", row.getFirst()), TestOptions.USER);
    String expected = row.size() < 3 ? "" : "parse error: " + row.get(1) + "\n" + row.get(2);
    assertThat(firstMistake(result)).isEqualTo(expected);
  }

  private static String firstMistake(ParseResult result) {
    if (result.diagnostics().isEmpty()) {
      return "";
    }
    List<String> lines =
        new dev.tapwright.syntax.diagnostic.DiagnosticPrinter()
            .print(result.diagnostics().getFirst())
            .lines()
            .toList();
    return lines.get(0) + "\n" + lines.get(1).strip();
  }
}
