package dev.tapwright.compiler.cli;

/**
 * Serves editors: what {@code stap --language-server} starts. The server is built on the compiler,
 * so the command line finds it by {@link java.util.ServiceLoader}; without one on the class path
 * there is no language server.
 */
public interface LanguageServerLauncher {
  /**
   * Serves standard input and output until the client has gone.
   *
   * @return the process' exit status
   */
  int serve();
}
