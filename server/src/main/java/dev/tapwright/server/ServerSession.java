package dev.tapwright.server;

import dev.tapwright.compiler.driver.DiagnosticPages;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.server.feature.DiagnosticTranslator;
import dev.tapwright.server.protocol.StatusParams;
import dev.tapwright.server.protocol.TapwrightClient;
import dev.tapwright.server.run.CompileService;
import dev.tapwright.server.run.ObjectFiles;
import dev.tapwright.server.run.Runs;
import dev.tapwright.server.settings.ClientOptions;
import dev.tapwright.server.settings.ServerSettings;
import dev.tapwright.server.settings.SettingsReader;
import dev.tapwright.server.snapshot.Machine;
import dev.tapwright.server.snapshot.Snapshot;
import dev.tapwright.server.snapshot.SnapshotCompiler;
import dev.tapwright.server.snapshot.Workspace;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;

/** All that lives between {@code initialize} and {@code exit}. */
final class ServerSession implements AutoCloseable {
  private final TapwrightClient client;
  private final ClientFeatures features;
  private final Workspace workspace;
  private final DiagnosticsPublisher publisher;
  private final DiagnosticTranslator translator;
  private final CompileService compiling;
  private final ObjectFiles files = new ObjectFiles();
  private final Runs runs;
  private final ExecutorService compilers = WorkerThreads.pool("compile", 2);
  private final ExecutorService workers = WorkerThreads.pool("feature", 2);
  private final ExecutorService readers = WorkerThreads.pool("machine", 1);
  private Optional<StatusParams> lastStatus = Optional.empty();

  ServerSession(
      TapwrightClient client,
      ClientFeatures features,
      ServerSettings settings,
      SnapshotCompiler compiler,
      Supplier<Target> machineOpener) {
    this.client = client;
    this.features = features;
    this.translator =
        new DiagnosticTranslator(
            features.encoding(),
            features.relatedInformation(),
            features.codeDescriptions() ? DiagnosticPages.installed() : DiagnosticPages.none());
    this.publisher = new DiagnosticsPublisher(client, translator);
    Machine machine = new Machine(machineOpener, readers, this::reportStatus);
    this.workspace =
        new Workspace(
            compiler,
            machine,
            ServerSession::profile,
            features.encoding(),
            settings,
            compilers,
            publisher::publish,
            this::reportFault);
    this.compiling = new CompileService(workspace, translator, files, workers);
    this.runs =
        new Runs(
            client,
            features.options().output(),
            (uri, version) ->
                workspace
                    .snapshot(uri)
                    .filter(snapshot -> snapshot.document().version() == version)
                    .isPresent());
  }

  private static KernelProfile profile(String targetKernel, Target machine) {
    return KernelVersion.parse(targetKernel)
        .map(KernelProfile::ofVersion)
        .orElseGet(machine::profile);
  }

  TapwrightClient client() {
    return client;
  }

  ClientFeatures features() {
    return features;
  }

  Workspace workspace() {
    return workspace;
  }

  DiagnosticsPublisher publisher() {
    return publisher;
  }

  DiagnosticTranslator translator() {
    return translator;
  }

  CompileService compiling() {
    return compiling;
  }

  Runs runs() {
    return runs;
  }

  /** Runs features. */
  ExecutorService workers() {
    return workers;
  }

  /** Takes settings on, and says what is wrong with them. */
  void configure(SettingsReader.Reading reading) {
    reading
        .complaints()
        .forEach(text -> client.showMessage(new MessageParams(MessageType.Warning, text)));
    workspace.configure(reading.settings());
    reportStatus();
  }

  /** Tells the client what the server is doing, when that has changed. */
  void reportStatus() {
    ClientOptions options = features.options();
    if (!options.status()) {
      return;
    }
    workers.execute(
        () -> {
          boolean isLoading = workspace.machine().isLoading();
          String kernel =
              profile(workspace.settings().targetKernel(), workspace.machine().target()).name();
          send(
              new StatusParams(
                  isLoading ? "loading" : "ready",
                  kernel,
                  isLoading
                      ? "Reading what this kernel offers"
                      : "Scripts are checked for kernel " + kernel));
        });
  }

  private synchronized void send(StatusParams status) {
    if (!lastStatus.equals(Optional.of(status))) {
      lastStatus = Optional.of(status);
      client.status(status);
    }
  }

  private void reportFault(Snapshot snapshot, Throwable fault) {
    publisher.publishFault(snapshot, fault);
    reportFault(fault);
  }

  /** A fault of ours: nothing that the user did. */
  void reportFault(Throwable fault) {
    client.logMessage(new MessageParams(MessageType.Error, Faults.describe(fault)));
  }

  @Override
  public void close() {
    runs.close();
    compilers.shutdownNow();
    workers.shutdownNow();
    readers.shutdownNow();
    files.close();
  }
}
