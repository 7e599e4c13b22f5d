package dev.tapwright.syntax;

import static dev.tapwright.syntax.agreement.PackagedScripts.ARGUMENTS;
import static dev.tapwright.syntax.agreement.PackagedScripts.EXAMPLES;
import static dev.tapwright.syntax.agreement.PackagedScripts.TAPSET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.parser.MacroLibrary;
import dev.tapwright.syntax.print.ScriptPrinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The scripts that the packages systemtap-common and systemtap-doc bring: parsed without a wrong
 * error, and printed.
 */
class PackagedScriptsTest {
  /** Not a script before somebody has filled it in; SystemTap refuses it too. */
  private static final Set<String> TEMPLATES = Set.of("security-bandaid-template.stp");

  @Test
  void everyFileOfTheTapsetIsParsedAndPrinted() {
    assumeTrue(Files.isDirectory(TAPSET), "needs systemtap-common");
    ParseOptions options = TestOptions.TAPSET.withMacros(macros());
    List<String> wrong = new ArrayList<>();
    for (Path file : files(TAPSET, ".stp")) {
      check(file, ScriptParser.parse(text(file), options), wrong);
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void theMacrosOfTheTapsetAreRead() {
    assumeTrue(Files.isDirectory(TAPSET), "needs systemtap-common");
    MacroLibrary library = macros();
    assertThat(library.diagnostics()).isEmpty();
    assertThat(library.names()).contains("choose_defined", "cast_module_sizeof");
  }

  @Test
  void everyExampleIsParsedAndPrinted() {
    assumeTrue(Files.isDirectory(EXAMPLES), "needs systemtap-doc");
    MacroLibrary library = Files.isDirectory(TAPSET) ? macros() : MacroLibrary.EMPTY;
    List<String> wrong = new ArrayList<>();
    for (Path file : files(EXAMPLES, ".stp")) {
      if (!TEMPLATES.contains(file.getFileName().toString())) {
        check(file, best(file, library), wrong);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** What parsing gives with the first list of arguments that the script accepts. */
  private static ParseResult best(Path file, MacroLibrary library) {
    ParseResult result = ScriptParser.parse(text(file), options(ARGUMENTS.getFirst(), library));
    for (int i = 1; i < ARGUMENTS.size() && !result.diagnostics().isEmpty(); i++) {
      result = ScriptParser.parse(text(file), options(ARGUMENTS.get(i), library));
    }
    return result;
  }

  private static ParseOptions options(List<String> arguments, MacroLibrary library) {
    return new ParseOptions(arguments, true, TestOptions.TAPSET.conditions(), library);
  }

  private static void check(Path file, ParseResult result, List<String> wrong) {
    if (!result.diagnostics().isEmpty()) {
      Diagnostic first = result.diagnostics().getFirst();
      wrong.add(first.span() + ": " + first.message());
      return;
    }
    String printed = ScriptPrinter.print(result.script());
    ParseResult again =
        ScriptParser.parse(new SourceText(file + " printed", printed), TestOptions.TAPSET);
    if (again.diagnostics().isEmpty()) {
      Trees.difference(result.script(), again.script())
          .ifPresent(difference -> wrong.add(file + difference));
    } else {
      wrong.add(file + " printed: " + again.diagnostics().getFirst());
    }
  }

  private static MacroLibrary macros() {
    return MacroLibrary.read(
        files(TAPSET, ".stpm").stream().map(PackagedScriptsTest::text).toList(),
        TestOptions.TAPSET);
  }

  private static List<Path> files(Path directory, String suffix) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SourceText text(Path file) {
    try {
      return SourceText.ofBytes(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
