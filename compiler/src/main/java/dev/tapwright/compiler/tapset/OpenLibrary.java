package dev.tapwright.compiler.tapset;

import dev.tapwright.compiler.analysis.TapsetFile;
import dev.tapwright.compiler.analysis.TapsetLibrary;
import dev.tapwright.syntax.ParseOptions;
import dev.tapwright.syntax.ParseOptions.Conditions;
import dev.tapwright.syntax.ParseResult;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.Note;
import dev.tapwright.syntax.parser.MacroLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * The library for one kernel, as its files were when it was first asked something. Looks for the
 * files then; reads the index from the cache, or makes it.
 */
public final class OpenLibrary implements TapsetLibrary {
  private final LibraryFolders folders;
  private final Conditions conditions;
  private final Optional<CacheFolder> cache;
  private final long opened = System.nanoTime();
  private final Deferred<List<LibraryFile>> files;
  private final Deferred<Content> content;
  private final MacroLibrary macros;

  private record Content(Map<ParsedFile, DeclaredNames> files, IndexedLibrary library) {}

  OpenLibrary(
      LibraryFolders folders,
      Conditions conditions,
      Optional<CacheFolder> cache,
      Optional<OpenLibrary> before) {
    this.folders = folders;
    this.conditions = conditions;
    this.cache = cache;
    this.files = new Deferred<>(() -> FileSearch.find(folders, new OwnLibrary(cache), conditions));
    this.content = new Deferred<>(() -> read(before));
    this.macros = MacroLibrary.deferred(this::readMacros);
  }

  /** What the names in a file depend on, beside the file and the macros. */
  static String key(Conditions conditions) {
    return String.join(
        "\n",
        conditions.kernelRelease(),
        conditions.kernelVersion(),
        conditions.architecture(),
        conditions.languageVersion(),
        conditions.runtime(),
        conditions.privilege(),
        conditions.isGuru() ? "guru" : "");
  }

  boolean isFresh(long nanoseconds) {
    return System.nanoTime() - opened < nanoseconds;
  }

  /** Looks for its files and reads their index now, rather than when it is asked something. */
  void prepare() {
    content.get();
  }

  /** The macros of the library's {@code .stpm} files, which are read when a script uses one. */
  public MacroLibrary macros() {
    return macros;
  }

  /** How many of its files have been parsed because a script used their names. */
  public int parsedFiles() {
    return content
        .known()
        .map(known -> (int) known.files().keySet().stream().filter(ParsedFile::isParsed).count())
        .orElse(0);
  }

  /**
   * A warning for every file that has errors.
   *
   * @param place where an editor shows it
   */
  public List<Diagnostic> brokenFiles(Span place) {
    List<Diagnostic> warnings = new ArrayList<>();
    content
        .get()
        .files()
        .forEach(
            (file, names) -> {
              if (names.isBroken()) {
                warnings.add(warning(file, place));
              }
            });
    return warnings;
  }

  private Diagnostic warning(ParsedFile file, Span place) {
    ParseResult parsed = ParsedFile.parse(file.file(), options());
    Diagnostic warning =
        Diagnostic.warning(
            TapsetCodes.BROKEN_FILE,
            place,
            "tapset \"%s\" has errors, and will be skipped".formatted(file.name()));
    for (Diagnostic error : parsed.diagnostics()) {
      if (error.isError()) {
        warning = warning.withNote(new Note(Optional.of(error.span()), error.message(), true));
      }
    }
    return warning;
  }

  // ---- questions

  @Override
  public boolean overridesProvided() {
    return !folders.included().isEmpty();
  }

  @Override
  public Optional<TapsetFile> declaringFunction(String name, int arity) {
    return index().declaringFunction(name, arity);
  }

  @Override
  public Optional<TapsetFile> declaringFunction(String name) {
    return index().declaringFunction(name);
  }

  @Override
  public Optional<TapsetFile> declaringGlobal(String name) {
    return index().declaringGlobal(name);
  }

  @Override
  public List<LibraryAlias> aliasesBeginning(String component) {
    return index().aliasesBeginning(component);
  }

  @Override
  public List<LibraryAlias> aliases() {
    return index().aliases();
  }

  @Override
  public List<LibraryFunction> functions() {
    return index().functions();
  }

  @Override
  public Collection<String> globalNames() {
    return index().globalNames();
  }

  private IndexedLibrary index() {
    return content.get().library();
  }

  // ---- reading

  private ParseOptions options() {
    return new ParseOptions(List.of(), true, conditions, macros);
  }

  private MacroLibrary readMacros() {
    List<SourceText> texts =
        files.get().stream().filter(LibraryFile::isMacroFile).map(ParsedFile::text).toList();
    return MacroLibrary.read(texts, options());
  }

  private Content read(Optional<OpenLibrary> before) {
    List<LibraryFile> all = files.get();
    Map<String, IndexCodec.Entry> cached = before.map(OpenLibrary::entries).orElseGet(this::load);
    // Macros may stand anywhere in the files.
    boolean areMacrosSame =
        all.stream().filter(LibraryFile::isMacroFile).allMatch(file -> isSame(file, cached));
    Map<String, ParsedFile> parsed =
        areMacrosSame ? before.map(OpenLibrary::byName).orElse(Map.of()) : Map.of();
    Map<ParsedFile, DeclaredNames> names = new LinkedHashMap<>();
    int changes = 0;
    for (LibraryFile file : all) {
      boolean isKnown = areMacrosSame && isSame(file, cached);
      changes += isKnown ? 0 : 1;
      ParsedFile known = parsed.get(file.name());
      ParsedFile used =
          known != null && known.file().isSame(file) ? known : new ParsedFile(file, options());
      names.put(
          used, isKnown ? Objects.requireNonNull(cached.get(file.name())).names() : names(file));
    }
    Content result = new Content(names, new IndexedLibrary(names));
    if (changes > 0 || names.size() != cached.size()) {
      save(names);
    }
    return result;
  }

  private static boolean isSame(LibraryFile file, Map<String, IndexCodec.Entry> entries) {
    IndexCodec.Entry entry = entries.get(file.name());
    return entry != null && entry.size() == file.size() && entry.modified() == file.modified();
  }

  private DeclaredNames names(LibraryFile file) {
    if (file.isMacroFile()) {
      return DeclaredNames.NONE;
    }
    ParseResult parsed = ParsedFile.parse(file, options());
    return ParsedFile.hasErrors(parsed) ? DeclaredNames.BROKEN : DeclaredNames.of(parsed.script());
  }

  private Map<String, ParsedFile> byName() {
    Map<String, ParsedFile> byName = new HashMap<>();
    content
        .known()
        .ifPresent(known -> known.files().keySet().forEach(file -> byName.put(file.name(), file)));
    return byName;
  }

  private Map<String, IndexCodec.Entry> entries() {
    if (content.known().isEmpty()) {
      return load();
    }
    Map<String, IndexCodec.Entry> entries = new LinkedHashMap<>();
    entries(content.get().files()).forEach(entry -> entries.put(entry.name(), entry));
    return entries;
  }

  private static List<IndexCodec.Entry> entries(Map<ParsedFile, DeclaredNames> files) {
    List<IndexCodec.Entry> entries = new ArrayList<>();
    files.forEach(
        (file, names) ->
            entries.add(
                new IndexCodec.Entry(
                    file.name(), file.file().size(), file.file().modified(), names)));
    return entries;
  }

  // ---- the cache

  private Map<String, IndexCodec.Entry> load() {
    if (cache.isEmpty()) {
      return Map.of();
    }
    try {
      return IndexCodec.decode(Files.readAllBytes(indexFile(cache.get())), key()).orElse(Map.of());
    } catch (IOException | RuntimeException _) {
      // Not there, or not ours: it is made again.
      return Map.of();
    }
  }

  private void save(Map<ParsedFile, DeclaredNames> names) {
    if (cache.isEmpty()) {
      return;
    }
    try {
      OwnLibrary own = new OwnLibrary(cache);
      for (ParsedFile file : names.keySet()) {
        own.copy(file.file());
      }
      cache
          .get()
          .write(
              cache.get().path().relativize(indexFile(cache.get())).toString(),
              IndexCodec.encode(key(), entries(names)));
    } catch (IOException _) {
      // A cache that cannot be written costs time, nothing else.
      return;
    }
  }

  private Path indexFile(CacheFolder folder) {
    CRC32 sum = new CRC32();
    sum.update(key().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return folder.path().resolve("tapset-" + Long.toHexString(sum.getValue()) + ".index");
  }

  private String key() {
    return String.join(
        "\n",
        key(conditions),
        folders.installed().map(Path::toString).orElse(""),
        folders.included().stream()
            .map(folder -> folder.toAbsolutePath().toString())
            .collect(Collectors.joining("\n")));
  }
}
