package dev.tapwright.server.run;

import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.compiler.object.ElfObjectWriter;
import dev.tapwright.server.feature.DiagnosticTranslator;
import dev.tapwright.server.protocol.CompileResult;
import dev.tapwright.server.snapshot.Snapshot;
import dev.tapwright.server.snapshot.Workspace;
import dev.tapwright.server.text.Document;
import dev.tapwright.server.text.Uris;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Compiles documents to files, for {@code tapwright/compile} and {@code tapwright.run}. */
public final class CompileService {
  private static final long LARGEST_FILE = 16L << 20;

  private final Workspace workspace;
  private final DiagnosticTranslator translator;
  private final ObjectFiles files;
  private final Executor executor;

  /** Compiles on an executor, into a folder. */
  public CompileService(
      Workspace workspace, DiagnosticTranslator translator, ObjectFiles files, Executor executor) {
    this.workspace = workspace;
    this.translator = translator;
    this.files = files;
    this.executor = executor;
  }

  /** Compiles a document: as it is open, else its file. Empty when there is neither. */
  public CompletableFuture<Optional<CompileResult>> compile(String uri) {
    Optional<Snapshot> open = workspace.snapshot(uri);
    if (open.isPresent()) {
      Document document = open.get().document();
      return open.get()
          .complete()
          .thenApplyAsync(
              analysis ->
                  Optional.of(
                      result(document, Optional.of(document.version()), analysis.compilation())),
              executor);
    }
    return CompletableFuture.supplyAsync(
        () ->
            Uris.path(uri)
                .flatMap(path -> read(uri, path))
                .map(
                    document -> result(document, Optional.empty(), workspace.compileNow(document))),
        executor);
  }

  private Optional<Document> read(String uri, Path path) {
    try {
      if (!Files.isRegularFile(path) || Files.size(path) > LARGEST_FILE) {
        return Optional.empty();
      }
      SourceText source =
          new SourceText(
              path.toString(),
              new String(Files.readAllBytes(path), java.nio.charset.StandardCharsets.UTF_8));
      return Optional.of(Document.of(uri, 0, source, workspace.encoding()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private CompileResult result(
      Document document, Optional<Integer> version, Compilation compilation) {
    Optional<BpfObject> object = compilation.object();
    Optional<Path> file = object.map(compiled -> write(document, compiled));
    return new CompileResult(
        version.orElse(null),
        file.map(Path::toString).orElse(null),
        (int) compilation.diagnostics().stream().filter(Diagnostic::isError).count(),
        translator.translate(document, compilation.diagnostics()),
        file.map(CompileService::command).orElse(List.of()),
        object.map(compiled -> !compiled.programs().isEmpty()).orElse(false));
  }

  private Path write(Document document, BpfObject object) {
    try {
      return files.write(document.source().name(), ElfObjectWriter.write(object));
    } catch (IOException e) {
      throw new UncheckedIOException("The compiled script cannot be written: " + e.getMessage(), e);
    }
  }

  private static List<String> command(Path file) {
    return java.util.stream.Stream.concat(
            Installation.stapbpf().stream(), java.util.stream.Stream.of(file.toString()))
        .toList();
  }
}
