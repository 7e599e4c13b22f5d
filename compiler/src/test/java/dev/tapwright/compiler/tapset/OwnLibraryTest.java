package dev.tapwright.compiler.tapset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.syntax.ParseOptions;
import dev.tapwright.syntax.ScriptParser;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.parser.MacroLibrary;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file of our own library is in order, whatever the kernel. */
final class OwnLibraryTest {
  static Stream<String> files() {
    return OwnLibrary.files().stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileParsesWithoutComplaint(String file) {
    for (String release : List.of("4.14.0", "5.15.0", "6.18.0")) {
      ParseOptions options = options(release);
      List<SourceText> macroFiles =
          files().filter(name -> name.endsWith(".stpm")).map(name -> text(name)).toList();
      MacroLibrary macros = MacroLibrary.read(macroFiles, options);
      assertThat(macros.diagnostics()).isEmpty();
      if (file.endsWith(".stp")) {
        assertThat(ScriptParser.parse(text(file), options.withMacros(macros)).diagnostics())
            .isEmpty();
      }
    }
  }

  @Test
  void noFileIsListedTwice() {
    assertThat(OwnLibrary.files()).doesNotHaveDuplicates();
  }

  private static SourceText text(String file) {
    return SourceText.ofBytes(file, OwnLibrary.bytes(file));
  }

  private static ParseOptions options(String release) {
    return new ParseOptions(
        List.of(),
        true,
        new ParseOptions.Conditions(
            release, release + "-generic", "x86_64", "5.6", false, option -> ""));
  }
}
