package dev.tapwright.server.protocol;

import org.eclipse.lsp4j.jsonrpc.services.JsonNotification;
import org.eclipse.lsp4j.services.LanguageClient;

/** A client, with the notifications of ours that some clients understand. */
public interface TapwrightClient extends LanguageClient {
  /** Some output of a run. */
  @JsonNotification("tapwright/output")
  void output(OutputParams params);

  /** A run has ended. */
  @JsonNotification("tapwright/ended")
  void ended(EndedParams params);

  /** What the server is doing. */
  @JsonNotification("tapwright/status")
  void status(StatusParams params);
}
