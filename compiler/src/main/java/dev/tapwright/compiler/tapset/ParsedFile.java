package dev.tapwright.compiler.tapset;

import dev.tapwright.compiler.analysis.TapsetFile;
import dev.tapwright.syntax.ParseOptions;
import dev.tapwright.syntax.ParseResult;
import dev.tapwright.syntax.ScriptParser;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Script;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.List;

/** A library file with its tree, which is kept as long as there is room for it. */
final class ParsedFile implements TapsetFile {
  private final LibraryFile file;
  private final ParseOptions options;
  private SoftReference<Script> tree = new SoftReference<>(null);

  ParsedFile(LibraryFile file, ParseOptions options) {
    this.file = file;
    this.options = options;
  }

  LibraryFile file() {
    return file;
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public boolean overridesProvided() {
    return file.overridesProvided();
  }

  @Override
  public boolean isOwn() {
    return file.origin() == LibraryFile.Origin.OWN;
  }

  @Override
  public boolean isInstalled() {
    return file.origin() == LibraryFile.Origin.INSTALLED;
  }

  /** {@inheritDoc} Others that hold on to it see the same. */
  @Override
  public synchronized Script script() {
    Script known = tree.get();
    if (known == null) {
      ParseResult parsed = parse(file, options);
      known = hasErrors(parsed) ? new Script(parsed.script().span(), List.of()) : parsed.script();
      tree = new SoftReference<>(known);
    }
    return known;
  }

  synchronized boolean isParsed() {
    return tree.get() != null;
  }

  static boolean hasErrors(ParseResult result) {
    return result.diagnostics().stream().anyMatch(Diagnostic::isError);
  }

  /** Parses a file; one that cannot be read is empty. */
  static ParseResult parse(LibraryFile file, ParseOptions options) {
    return ScriptParser.parse(text(file), options);
  }

  static SourceText text(LibraryFile file) {
    try {
      return SourceText.ofBytes(file.name(), file.content().read());
    } catch (IOException _) {
      return new SourceText(file.name(), "");
    }
  }
}
