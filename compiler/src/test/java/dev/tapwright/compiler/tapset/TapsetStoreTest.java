package dev.tapwright.compiler.tapset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.analysis.AnalysisInput;
import dev.tapwright.compiler.analysis.AnalysisResult;
import dev.tapwright.compiler.analysis.Analyzer;
import dev.tapwright.compiler.analysis.SemanticSummaryPrinter;
import dev.tapwright.compiler.target.FixedTarget;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.syntax.ParseOptions;
import dev.tapwright.syntax.ParseOptions.Conditions;
import dev.tapwright.syntax.ScriptParser;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that use library files, and what becomes of the index when files change. */
final class TapsetStoreTest {
  private static final Conditions CONDITIONS =
      new Conditions("6.1.0", "6.1.0-9-amd64", "x86_64", "5.6", false, option -> "");

  @TempDir Path folder;
  private Path files;
  private Path cache;

  @BeforeEach
  void makeFolders() throws IOException {
    files = Files.createDirectories(folder.resolve("tapset"));
    cache = folder.resolve("cache");
  }

  @Test
  void aFunctionBringsItsFileInWhole() throws IOException {
    write(
        "a.stp",
        """
        global seen
        private global own
        function notice(x) { seen++ return x + helper() }
        function helper() { own = 3 return own }
        function unused() { return nothing_of_that_name() }
        probe timer.s(9) { println(seen) }
        """);
    write("b.stp", "probe begin { println(1) }");
    assertThat(summary("probe begin { println(notice(1)) }"))
        .isEqualTo(
            """
            # globals
            seen:long
            own:long
            # functions
            helper:long ()
            notice:long (x:long)
            # probes
            begin /* <- begin */
            timer.s(9) /* <- timer.s(9) */
            """);
  }

  @Test
  void anAliasBringsItsFileIn() throws IOException {
    write(
        "a.stp",
        """
        probe one.thing = begin { name = "x" }
        probe two = end, one.thing { twice = 2 }
        """);
    assertThat(summary("probe two { println(twice) }"))
        .isEqualTo(
            """
            # probes
            end /* <- two = end, one.thing <- two */
              # locals
              twice:long
            begin /* <- one.thing = begin <- two = end, one.thing <- two */
              # locals
              twice:long
            """);
    assertThat(summary("probe one.* { println(name) }"))
        .contains("begin /* <- one.thing = begin <- one.* */");
  }

  @Test
  void whatIsPrivateIsNotSeen() throws IOException {
    write("a.stp", "private function hidden() { return 1 } private global secret");
    assertThat(messages("probe begin { println(hidden()) }"))
        .first()
        .asString()
        .startsWith("unresolved function hidden");
    assertThat(messages("probe begin { secret[1] = 2 }"))
        .containsExactly("unresolved arity-1 global array secret, missing global declaration?");
  }

  @Test
  void theScriptsOwnNamesComeFirst() throws IOException {
    write("a.stp", "function f(x) { return x . \"\" } function pid(x) { return x }");
    assertThat(summary("function f(x) { return x + 1 } probe begin { println(f(1), pid(2)) }"))
        .contains("f:long (x:long)")
        .contains("pid:long (x:long)");
    assertThat(summary("probe begin { println(f(\"a\")) }")).contains("f:string (x:string)");
  }

  @Test
  void nextGoesOnFromTheScriptToTheLibrary() throws IOException {
    write("a.stp", "function f(x) { return 7 }");
    assertThat(summary("function f(x) { if (x) next; return 2 } probe begin { println(f(3)) }"))
        .containsOnlyOnce("# functions\nf:long (x:long)\nf:long (x:long)\n");
  }

  @Test
  void anErrorInTheLibraryNamesBothPlaces() throws IOException {
    write("a.stp", "function f(x) {\n  return x . 1\n}");
    List<Diagnostic> diagnostics = analyze("probe begin {\n  println(f(1)) }").diagnostics();
    assertThat(diagnostics.getFirst().span().line()).isEqualTo(2);
    assertThat(diagnostics.getFirst().notes())
        .anySatisfy(
            note -> {
              assertThat(note.message()).isEqualTo("used here");
              assertThat(note.span().orElseThrow().source().name()).isEqualTo("script.stp");
              assertThat(note.span().orElseThrow().line()).isEqualTo(2);
            });
  }

  @Test
  void aBrokenFileIsAWarning() throws IOException {
    write("a.stp", "function f(x) { return x + }");
    write("b.stp", "function g() { return 1 }");
    assertThat(summary("probe begin { println(g()) }")).contains("g:long ()");
    SourceText script = new SourceText("script.stp", "");
    assertThat(open().brokenFiles(new Span(script, 0, 0)))
        .singleElement()
        .satisfies(
            warning ->
                assertThat(warning.message())
                    .isEqualTo(
                        "tapset \"%s\" has errors, and will be skipped"
                            .formatted(files.resolve("a.stp"))));
  }

  @Test
  void macrosOfTheLibraryServeScriptsAndItsFiles() throws IOException {
    write("m.stpm", "@define twice(x) %( (@x * 2) %)");
    write("a.stp", "function four() { return @twice(2) }");
    assertThat(summary("probe begin { println(@twice(3) + four()) }")).contains("four:long ()");
  }

  @Test
  void aFolderOfThisKernelComesBeforeWhatIsForAll() throws IOException {
    write("a.stp", "function f() { return 1 }");
    write("linux/6.1/a.stp", "function f() { return \"x\" }");
    assertThat(summary("probe begin { println(f()) }")).contains("f:string ()");
  }

  @Test
  void aChangedFileIsSeen() throws IOException {
    write("a.stp", "function f() { return 1 }");
    assertThat(summary("probe begin { println(f()) }")).contains("f:long ()");
    write("a.stp", "function f() { return \"\" }");
    assertThat(summary("probe begin { println(f()) }")).contains("f:string ()");
    Files.delete(files.resolve("a.stp"));
    assertThat(messages("probe begin { println(f()) }"))
        .first()
        .asString()
        .startsWith("unresolved function f");
  }

  @Test
  void aKeptStoreSeesChangesAndKeepsTheRest() throws Exception {
    write("a.stp", "function f() { return 1 }");
    write("b.stp", "function g() { return 1 }");
    TapsetStore store = new TapsetStore(Optional.of(new CacheFolder(cache)));
    OpenLibrary before = store.open(folders(), CONDITIONS);
    var unchanged = before.declaringFunction("g").orElseThrow();
    write("a.stp", "function h() { return 1 }");
    Thread.sleep(2100);
    OpenLibrary after = store.open(folders(), CONDITIONS);
    assertThat(after.declaringFunction("f")).isEmpty();
    assertThat(after.declaringFunction("h")).isPresent();
    assertThat(after.declaringFunction("g").orElseThrow()).isSameAs(unchanged);
  }

  @Test
  @Timeout(60)
  void whoeverAsksAgainAndAgainSeesChangesWithoutWaiting() throws Exception {
    write("a.stp", "function f() { return 1 }");
    TapsetStore store = new TapsetStore(Optional.of(new CacheFolder(cache)));
    assertThat(store.open(folders(), CONDITIONS).declaringFunction("f")).isPresent();
    write("a.stp", "function h() { return 1 }");
    while (store.open(folders(), CONDITIONS).declaringFunction("h").isEmpty()) {
      Thread.sleep(20);
    }
    assertThat(store.open(folders(), CONDITIONS).declaringFunction("f")).isEmpty();
  }

  @Test
  void aDamagedIndexIsMadeAgain() throws IOException {
    write("a.stp", "function f() { return 1 }");
    assertThat(open().declaringFunction("f", 0)).isPresent();
    Path index = index();
    byte[] bytes = Files.readAllBytes(index);
    for (int length : List.of(0, 3, 16, bytes.length / 2, bytes.length - 1)) {
      Files.write(index, java.util.Arrays.copyOf(bytes, length));
      assertThat(open().declaringFunction("f", 0)).isPresent();
      assertThat(Files.readAllBytes(index)).isEqualTo(bytes);
    }
    for (int at = 0; at < bytes.length; at += bytes.length / 40) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 0x55;
      Files.write(index, damaged);
      assertThat(open().declaringFunction("f", 0)).isPresent();
      assertThat(Files.readAllBytes(index)).isEqualTo(bytes);
    }
  }

  @Test
  void withoutACacheEverythingStillWorks() throws IOException {
    write("a.stp", "function f() { return 1 }");
    Files.writeString(folder.resolve("occupied"), "");
    for (Optional<CacheFolder> none :
        List.of(
            Optional.<CacheFolder>empty(),
            Optional.of(new CacheFolder(folder.resolve("occupied/inside"))))) {
      assertThat(new TapsetStore(none).open(folders(), CONDITIONS).declaringFunction("f", 0))
          .isPresent();
    }
  }

  // ---- helpers

  /** Writes a file with a time of its own, however coarse the file system's clock is. */
  private void write(String name, String text) throws IOException {
    Path file = files.resolve(name);
    Files.createDirectories(file.getParent());
    FileTime before =
        Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(1_000_000);
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(before.toMillis() + 1));
  }

  private Path index() throws IOException {
    try (Stream<Path> found = Files.list(cache)) {
      return found.filter(file -> file.toString().endsWith(".index")).findFirst().orElseThrow();
    }
  }

  private LibraryFolders folders() {
    return new LibraryFolders(List.of(files), Optional.empty());
  }

  private OpenLibrary open() {
    return new TapsetStore(Optional.of(new CacheFolder(cache))).open(folders(), CONDITIONS);
  }

  private AnalysisResult analyze(String text) {
    OpenLibrary library = open();
    var parsed =
        ScriptParser.parse(
            new SourceText("script.stp", text),
            new ParseOptions(List.of(), false, CONDITIONS, library.macros()));
    assertThat(parsed.diagnostics()).isEmpty();
    return Analyzer.analyze(
        parsed.script(),
        new AnalysisInput(
            FixedTarget.of(KernelProfile.ofVersion(KernelVersion.of(6, 1))),
            folder,
            library,
            true,
            false,
            false));
  }

  private String summary(String text) {
    AnalysisResult result = analyze(text);
    assertThat(result.diagnostics()).noneMatch(Diagnostic::isError);
    return SemanticSummaryPrinter.print(
        result.program().orElseThrow(), SemanticSummaryPrinter.Runtime.BPF);
  }

  private List<String> messages(String text) {
    return analyze(text).diagnostics().stream().map(Diagnostic::message).toList();
  }
}
