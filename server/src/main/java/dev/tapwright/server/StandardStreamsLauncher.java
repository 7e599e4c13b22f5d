package dev.tapwright.server;

import dev.tapwright.compiler.cli.LanguageServerLauncher;

/** How {@code stap --language-server} finds the server. */
public final class StandardStreamsLauncher implements LanguageServerLauncher {
  @Override
  public int serve() {
    return LanguageServerMain.serveStandardStreams();
  }
}
