package dev.tapwright.server.snapshot;

import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.server.settings.ServerSettings;
import dev.tapwright.server.text.Document;
import dev.tapwright.server.text.PositionEncoding;
import dev.tapwright.syntax.SourceText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;

/**
 * The open documents. Edits replace a document's snapshot at once and cancel the work on the one
 * before; compiling happens on an executor; a result is handed on only while its snapshot is the
 * current one.
 */
public final class Workspace {
  private final SnapshotCompiler compiler;
  private final Machine machine;
  private final Profiles profiles;
  private final PositionEncoding encoding;
  private final Executor executor;
  private final BiConsumer<Snapshot, Analysis> onAnalysis;
  private final BiConsumer<Snapshot, Throwable> onFault;
  private final Map<String, Snapshot> current = new ConcurrentHashMap<>();
  private final Object handingOn = new Object();
  private volatile ServerSettings settings;

  /**
   * @param onAnalysis takes results, one at a time, the newest last
   * @param onFault takes what the compiler has thrown, in place of a result
   */
  public Workspace(
      SnapshotCompiler compiler,
      Machine machine,
      Profiles profiles,
      PositionEncoding encoding,
      ServerSettings settings,
      Executor executor,
      BiConsumer<Snapshot, Analysis> onAnalysis,
      BiConsumer<Snapshot, Throwable> onFault) {
    this.compiler = compiler;
    this.machine = machine;
    this.profiles = profiles;
    this.encoding = encoding;
    this.settings = settings;
    this.executor = executor;
    this.onAnalysis = onAnalysis;
    this.onFault = onFault;
  }

  /** What positions count. */
  public PositionEncoding encoding() {
    return encoding;
  }

  /** The settings in force. */
  public ServerSettings settings() {
    return settings;
  }

  /** The machine. */
  public Machine machine() {
    return machine;
  }

  /** The current snapshot of an open document. */
  public Optional<Snapshot> snapshot(String uri) {
    return Optional.ofNullable(current.get(uri));
  }

  /** A document has been opened. */
  public void open(String uri, int version, String text) {
    replace(Document.of(uri, version, text, encoding));
  }

  /** A document has been edited; edits of a document that is not open are passed over. */
  public void edit(String uri, int version, List<TextDocumentContentChangeEvent> changes) {
    snapshot(uri).ifPresent(old -> replace(old.document().edited(version, changes, encoding)));
  }

  /** A document has been closed. */
  public void close(String uri) {
    Optional.ofNullable(current.remove(uri)).ifPresent(Snapshot::cancel);
  }

  /** Other settings hold from now on: everything is compiled again. */
  public void configure(ServerSettings changed) {
    if (!changed.equals(settings)) {
      settings = changed;
      current.values().forEach(snapshot -> replace(snapshot.document()));
    }
  }

  /** Compiles a text on this thread, with every fact that it asks for. */
  public Compilation compileNow(Document document) {
    return compiler.compile(
        document.source(), settings.forCompiler(document.folder()), target(), () -> false);
  }

  /**
   * The machine with the chosen kernel's limits, with every fact that it is asked for, however long
   * that takes.
   */
  public Target target() {
    return new TargetWithProfile(machine.target(), profile());
  }

  /** The machine with the chosen kernel's limits, as far as it is known at the moment. */
  public Machine.View view() {
    return machine.view(profile());
  }

  private KernelProfile profile() {
    return profiles.of(settings.targetKernel(), machine.target());
  }

  private void replace(Document document) {
    Snapshot snapshot = new Snapshot(document, settings);
    Optional.ofNullable(current.put(document.uri(), snapshot)).ifPresent(Snapshot::cancel);
    executor.execute(() -> compile(snapshot));
  }

  private boolean isCurrent(Snapshot snapshot) {
    return current.get(snapshot.document().uri()) == snapshot;
  }

  private void compile(Snapshot snapshot) {
    if (!isCurrent(snapshot)) {
      return;
    }
    try {
      Machine.View view =
          machine.view(profiles.of(snapshot.settings().targetKernel(), machine.target()));
      SourceText source = snapshot.document().source();
      CompilerSettings chosen = snapshot.settings().forCompiler(snapshot.document().folder());
      Compilation compilation = compiler.compile(source, chosen, view, () -> !isCurrent(snapshot));
      var missing = view.missing();
      handOn(
          snapshot,
          missing.isEmpty()
              ? new Analysis(compilation, compilation.diagnostics(), true)
              : new Analysis(
                  compilation, compiler.parse(source, chosen, view).diagnostics(), false));
      missing.ifPresent(
          facts -> {
            var _ = facts.whenCompleteAsync((_, _) -> compile(snapshot), executor);
          });
    } catch (CancellationException superseded) {
      snapshot.cancel();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError fault) {
      synchronized (handingOn) {
        if (isCurrent(snapshot)) {
          onFault.accept(snapshot, fault);
        }
      }
      snapshot.fail(fault);
    }
  }

  private void handOn(Snapshot snapshot, Analysis analysis) {
    synchronized (handingOn) {
      if (isCurrent(snapshot)) {
        onAnalysis.accept(snapshot, analysis);
      }
    }
    snapshot.deliver(analysis);
  }
}
