package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.ParseOptions;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The macros that a tapset's {@code .stpm} files define, for any number of scripts. */
public final class MacroLibrary {
  /** No macros. */
  public static final MacroLibrary EMPTY = new MacroLibrary(Map.of(), List.of());

  private record Content(Map<String, Macro> macros, List<Diagnostic> diagnostics) {}

  private final Supplier<Content> source;
  private @Nullable Content content;

  private MacroLibrary(Map<String, Macro> macros, List<Diagnostic> diagnostics) {
    this(() -> new Content(macros, diagnostics));
  }

  private MacroLibrary(Supplier<Content> source) {
    this.source = source;
  }

  /**
   * A library whose files are read when a script first uses a macro that it does not define.
   *
   * @param reader gives the library, and is asked once
   */
  public static MacroLibrary deferred(Supplier<MacroLibrary> reader) {
    return new MacroLibrary(() -> reader.get().content());
  }

  private synchronized Content content() {
    Content known = content;
    if (known == null) {
      known = source.get();
      content = known;
    }
    return known;
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
      Preprocessor preprocessor =
          new Preprocessor(
              options.withMacros(EMPTY),
              new LanguageGates(options.conditions().languageVersion()),
              collector);
      preprocessor.process(source);
      preprocessor.definitions().forEach(macros::putIfAbsent);
      diagnostics.addAll(collector.inOrder());
    }
    return new MacroLibrary(Map.copyOf(macros), List.copyOf(diagnostics));
  }

  /** The names, without {@code @}. */
  public java.util.Set<String> names() {
    return macros().keySet();
  }

  /** What was wrong with the files. */
  public List<Diagnostic> diagnostics() {
    return content().diagnostics();
  }

  Map<String, Macro> macros() {
    return content().macros();
  }
}
