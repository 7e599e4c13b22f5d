package dev.tapwright.server;

import com.google.gson.JsonElement;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.server.protocol.CodeResult;
import dev.tapwright.server.protocol.CompileParams;
import dev.tapwright.server.protocol.CompileResult;
import dev.tapwright.server.protocol.TapwrightClient;
import dev.tapwright.server.settings.ServerSettings;
import dev.tapwright.server.settings.SettingsReader;
import dev.tapwright.server.snapshot.SnapshotCompiler;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.lsp4j.ConfigurationItem;
import org.eclipse.lsp4j.ConfigurationParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.Registration;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.SetTraceParams;
import org.eclipse.lsp4j.WorkDoneProgressCancelParams;
import org.eclipse.lsp4j.jsonrpc.services.JsonRequest;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;

/** The server's life: from {@code initialize} to {@code exit}. */
public final class TapwrightLanguageServer implements LanguageServer {
  private final SnapshotCompiler compiler;
  private final Supplier<Target> machineOpener;
  private final CompletableFuture<TapwrightClient> client = new CompletableFuture<>();
  private final CompletableFuture<Integer> exitStatus = new CompletableFuture<>();
  private final Requests requests = new Requests();
  private final TextDocuments textDocuments = new TextDocuments(requests);
  private final WorkspaceRequests workspaceRequests =
      new WorkspaceRequests(requests, this::askForSettings);
  private volatile boolean isShutDown;

  /**
   * @param machineOpener opens the machine that the server runs on; must be quick
   */
  public TapwrightLanguageServer(SnapshotCompiler compiler, Supplier<Target> machineOpener) {
    this.compiler = compiler;
    this.machineOpener = machineOpener;
  }

  /** The client to talk to: before the first message is read. */
  public void connect(TapwrightClient connected) {
    client.complete(connected);
  }

  /**
   * Completes with the process' exit status when the client says {@code exit} or its process is
   * gone.
   */
  public CompletableFuture<Integer> exitStatus() {
    return exitStatus;
  }

  /** The exit status that the protocol wants at this moment: 0 after {@code shutdown}. */
  public int exitStatusNow() {
    return isShutDown ? 0 : 1;
  }

  /** Stops all work and removes what is temporary. */
  public void close() {
    requests.session().ifPresent(ServerSession::close);
  }

  @Override
  public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
    ClientFeatures features = ClientFeatures.of(params);
    SettingsReader.Reading reading =
        SettingsReader.read(ClientFeatures.options(params), ServerSettings.DEFAULTS);
    if (requests.session().isEmpty()) {
      requests.begin(
          new ServerSession(client.join(), features, reading.settings(), compiler, machineOpener));
      Optional.ofNullable(params.getProcessId()).ifPresent(this::watch);
    }
    reading.complaints().forEach(this::warn);
    InitializeResult result = new InitializeResult(Capabilities.of(features));
    result.setServerInfo(new ServerInfo("tapwright"));
    return CompletableFuture.completedFuture(result);
  }

  /**
   * Ends with the client's process. A process that cannot be seen, such as one outside this
   * container, is not watched.
   */
  private void watch(int processId) {
    ProcessHandle.of(processId)
        .ifPresent(
            process -> {
              var _ = process.onExit().thenRun(() -> exitStatus.complete(exitStatusNow()));
            });
  }

  @Override
  public void initialized(InitializedParams params) {
    requests
        .session()
        .ifPresent(
            session -> {
              session.reportStatus();
              if (session.features().watchesConfiguration()) {
                var _ =
                    session
                        .client()
                        .registerCapability(
                            new RegistrationParams(
                                List.of(
                                    new Registration(
                                        "settings", "workspace/didChangeConfiguration"))));
              }
              if (session.features().configuration()) {
                askForSettings();
              }
            });
  }

  private void askForSettings() {
    requests
        .session()
        .filter(session -> session.features().configuration())
        .ifPresent(
            session -> {
              ConfigurationItem section = new ConfigurationItem();
              section.setSection("tapwright");
              var _ =
                  session
                      .client()
                      .configuration(new ConfigurationParams(List.of(section)))
                      .thenAcceptAsync(answers -> take(session, answers), session.workers());
            });
  }

  private static void take(ServerSession session, List<Object> answers) {
    if (answers != null
        && !answers.isEmpty()
        && answers.getFirst() instanceof JsonElement section
        && section.isJsonObject()) {
      session.configure(SettingsReader.read(section, session.workspace().settings()));
    }
  }

  /** {@code tapwright/compile}. */
  @JsonRequest("tapwright/compile")
  public CompletableFuture<CompileResult> compile(CompileParams params) {
    return requests.compile(uri(params));
  }

  /** {@code tapwright/code}. */
  @JsonRequest("tapwright/code")
  public CompletableFuture<CodeResult> code(CompileParams params) {
    return requests.whenComplete(
        uri(params),
        new CodeResult(null, null),
        (session, snapshot, analysis) ->
            new CodeResult(
                snapshot.document().version(), analysis.compilation().listing().orElse(null)));
  }

  private static String uri(CompileParams params) {
    return Optional.ofNullable(params)
        .map(CompileParams::textDocument)
        .map(document -> document.getUri())
        .orElse("");
  }

  @Override
  public CompletableFuture<Object> shutdown() {
    isShutDown = true;
    return CompletableFuture.completedFuture(new Object());
  }

  @Override
  public void exit() {
    exitStatus.complete(exitStatusNow());
  }

  @Override
  public TextDocumentService getTextDocumentService() {
    return textDocuments;
  }

  @Override
  public WorkspaceService getWorkspaceService() {
    return workspaceRequests;
  }

  @Override
  public void setTrace(SetTraceParams params) {
    // There is no trace.
  }

  @Override
  public void cancelProgress(WorkDoneProgressCancelParams params) {
    // There is no progress.
  }

  private void warn(String text) {
    var _ =
        client.thenAccept(known -> known.showMessage(new MessageParams(MessageType.Warning, text)));
  }
}
