package dev.tapwright.syntax.fuzz;

import dev.tapwright.syntax.ParseOptions;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.parser.MacroLibrary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A macro file, a script that uses it, and the script's arguments, with NUL between them. */
public final class PreprocessorTarget {
  private PreprocessorTarget() {}

  /** All of them are read. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    List<String> parts =
        new ArrayList<>(List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\0", -1)));
    String macros = parts.removeFirst();
    String script = parts.isEmpty() ? macros : parts.removeFirst();
    ParseOptions base = ParserTarget.options(true);
    ParseOptions options = new ParseOptions(parts, true, base.conditions());
    MacroLibrary library = MacroLibrary.read(List.of(new SourceText("macros", macros)), options);
    ParserTarget.check(new SourceText("input", script), options.withMacros(library));
  }
}
