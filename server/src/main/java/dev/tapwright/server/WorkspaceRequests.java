package dev.tapwright.server;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tapwright.server.protocol.CompileResult;
import dev.tapwright.server.protocol.RunResult;
import dev.tapwright.server.run.RunCommands;
import dev.tapwright.server.settings.SettingsReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.services.WorkspaceService;

/** Settings and commands. */
final class WorkspaceRequests implements WorkspaceService {
  private final Requests requests;
  private final Runnable askForSettings;

  WorkspaceRequests(Requests requests, Runnable askForSettings) {
    this.requests = requests;
    this.askForSettings = askForSettings;
  }

  @Override
  public void didChangeConfiguration(DidChangeConfigurationParams params) {
    if (params.getSettings() instanceof JsonObject settings
        && settings.get("tapwright") instanceof JsonObject section) {
      requests.notice(
          session ->
              session.configure(SettingsReader.read(section, session.workspace().settings())));
    } else {
      askForSettings.run();
    }
  }

  @Override
  public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
    // No files are watched.
  }

  @Override
  public void didChangeWorkspaceFolders(DidChangeWorkspaceFoldersParams params) {
    // Documents are looked at one by one.
  }

  @Override
  public CompletableFuture<Object> executeCommand(ExecuteCommandParams params) {
    List<Object> arguments = Optional.ofNullable(params.getArguments()).orElse(List.of());
    return switch (params.getCommand()) {
      case RunCommands.RUN -> run(arguments);
      case RunCommands.STOP -> stop(arguments);
      default ->
          CompletableFuture.failedFuture(
              Requests.error(
                  ResponseErrorCode.InvalidParams, "No such command: " + params.getCommand()));
    };
  }

  private CompletableFuture<Object> run(List<Object> arguments) {
    String uri = primitive(arguments).map(JsonElement::getAsString).orElse("");
    return requests.inSession(
        session ->
            requests
                .compile(uri)
                .thenApplyAsync(compiled -> start(session, uri, compiled), session.workers()));
  }

  private static RunResult start(ServerSession session, String uri, CompileResult compiled) {
    if (compiled.object() == null) {
      throw Requests.error(
          ResponseErrorCode.RequestFailed,
          compiled.errors() == 1
              ? "The script has an error."
              : "The script has " + compiled.errors() + " errors.");
    }
    try {
      return new RunResult(
          session.runs().start(uri, compiled, session.workspace().settings().elevation()));
    } catch (IOException e) {
      throw Requests.error(
          ResponseErrorCode.RequestFailed, "The script cannot be started: " + e.getMessage());
    }
  }

  private CompletableFuture<Object> stop(List<Object> arguments) {
    Optional<Integer> run =
        primitive(arguments)
            .filter(argument -> argument.getAsJsonPrimitive().isNumber())
            .map(JsonElement::getAsInt);
    return requests.inSession(
        session ->
            CompletableFuture.supplyAsync(
                () -> {
                  session.runs().stop(run);
                  return new JsonObject();
                },
                session.workers()));
  }

  private static Optional<JsonElement> primitive(List<Object> arguments) {
    return arguments.stream()
        .findFirst()
        .filter(JsonElement.class::isInstance)
        .map(JsonElement.class::cast)
        .filter(JsonElement::isJsonPrimitive);
  }
}
