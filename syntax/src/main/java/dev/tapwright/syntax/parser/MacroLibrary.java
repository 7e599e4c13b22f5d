package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.ParseOptions;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The macros that a tapset's {@code .stpm} files define, for any number of scripts. */
public final class MacroLibrary {
  /** No macros. */
  public static final MacroLibrary EMPTY = new MacroLibrary(Map.of(), List.of());

  private final Map<String, Macro> macros;
  private final List<Diagnostic> diagnostics;

  private MacroLibrary(Map<String, Macro> macros, List<Diagnostic> diagnostics) {
    this.macros = macros;
    this.diagnostics = diagnostics;
  }

  /**
   * Reads macro files. Of two macros of a name the first stays.
   *
   * @param sources the files; what is not a definition in them is passed over
   */
  public static MacroLibrary read(List<SourceText> sources, ParseOptions options) {
    Map<String, Macro> macros = new LinkedHashMap<>();
    List<Diagnostic> diagnostics = new ArrayList<>();
    for (SourceText source : sources) {
      DiagnosticCollector collector = new DiagnosticCollector();
      Preprocessor preprocessor = new Preprocessor(options.withMacros(EMPTY), collector);
      preprocessor.process(source);
      preprocessor.definitions().forEach(macros::putIfAbsent);
      diagnostics.addAll(collector.inOrder());
    }
    return new MacroLibrary(Map.copyOf(macros), List.copyOf(diagnostics));
  }

  /** The names, without {@code @}. */
  public java.util.Set<String> names() {
    return macros.keySet();
  }

  /** What was wrong with the files. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  Map<String, Macro> macros() {
    return macros;
  }
}
