package dev.tapwright.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.syntax.ParseOptions;
import dev.tapwright.syntax.ParseResult;
import dev.tapwright.syntax.ScriptParser;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.tree.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Scripts of the tests: resources beside the test classes, or literals. */
final class Scripts {
  private static final ParseOptions OPTIONS =
      new ParseOptions(
          List.of(),
          false,
          new ParseOptions.Conditions("6.1", "6.1.0", "x86_64", "5.6", false, name -> ""));

  private Scripts() {}

  /** Parses without looking at mistakes. */
  static ParseResult parse(String text) {
    return ScriptParser.parse(new SourceText("<input>", text), OPTIONS);
  }

  /** Parses what must be without mistakes. */
  static Script parseValid(String text) {
    ParseResult result = parse(text);
    assertThat(result.diagnostics()).isEmpty();
    return result.script();
  }

  /** Analyses for a recent kernel. */
  static AnalysisResult analyze(String text) {
    return Analyzer.analyze(parse(text).script(), input(RecordedTarget.of(6, 1)));
  }

  static AnalysisInput input(RecordedTarget target) {
    return new AnalysisInput(target, Path.of("/usr/bin"));
  }

  /** The files of a resource directory beside these classes, with a suffix. */
  static List<Path> resources(String directory, String suffix) {
    URL url = Objects.requireNonNull(Scripts.class.getResource(directory), directory);
    try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
