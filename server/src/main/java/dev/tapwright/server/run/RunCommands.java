package dev.tapwright.server.run;

import java.util.List;

/** The names of the commands: see {@code docs/protocol.md}. */
public final class RunCommands {
  /** Compiles a document and runs it. */
  public static final String RUN = "tapwright.run";

  /** Stops a run, or all. */
  public static final String STOP = "tapwright.stop";

  /** Those that a server offers to a client without a command of its own. */
  public static final List<String> OFFERED = List.of(RUN, STOP);

  private RunCommands() {}
}
