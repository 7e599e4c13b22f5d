package dev.tapwright.compiler.cli;

import dev.tapwright.compiler.driver.CompilerSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a command line of {@code stap} asks for. Filled by {@link StapOptionReader}. */
final class StapOptions {
  /** What is listed instead of compiling a script. */
  enum Listing {
    PROBES,
    PROBES_WITH_VARIABLES,
    PROBE_TYPES,
    PROBE_ALIASES,
    FUNCTIONS
  }

  /** What ends the program before any script is read. */
  enum Information {
    HELP,
    VERSION,
    EXPLANATION,
    LANGUAGE_SERVER
  }

  private static final String HELP_HEAD =
      """
      Usage: stap [options] FILE                    Run script in file.
         or: stap [options] -                       Run script on stdin.
         or: stap [options] -e SCRIPT               Run given script.
         or: stap [options] -l PROBE                List matching probes.
         or: stap [options] -L PROBE                List matching probes and local variables.
         or: stap [options] --dump-probe-types      List available probe types.
         or: stap [options] --dump-probe-aliases    List available probe aliases.
         or: stap [options] --dump-functions        List available functions.
         or: stap [options] --check FILE...         Say what is wrong with scripts.
         or: stap --explain CODE                    Explain a diagnostic.
         or: stap --language-server                 Serve editors.

      Options:
         --         end of translator options, script options follow
      """;

  Optional<Information> information = Optional.empty();
  Optional<Listing> listing = Optional.empty();

  /** The pattern to list. */
  String pattern = "";

  boolean isExplanation;
  boolean isCheck;
  boolean isDump;
  boolean isJson;
  Optional<Integer> chosenPass = Optional.empty();
  int verbosity;
  String passVerbosity = "";
  boolean keepTemporaryDirectory;
  boolean suppressWarnings;
  boolean warningsAreErrors;
  boolean guru;
  String languageVersion = CompilerSettings.LANGUAGE_VERSION;
  boolean unoptimized;
  boolean skipsBadVariables;
  boolean suppressErrors;
  boolean suppressTimeLimits;
  final Map<String, String> globals = new LinkedHashMap<>();
  final List<Path> tapsetDirectories = new ArrayList<>();
  final Map<String, Long> limits = new LinkedHashMap<>();
  Optional<String> moduleName = Optional.empty();
  Optional<Path> output = Optional.empty();
  Optional<String> script = Optional.empty();
  final List<String> additionalScripts = new ArrayList<>();
  Optional<String> command = Optional.empty();
  Optional<Long> targetProcess = Optional.empty();
  Optional<Long> timeLimit = Optional.empty();
  boolean isBpfRuntime;
  String bpfKernel = "host";
  Optional<Path> temporaryDirectory = Optional.empty();
  List<String> positional = List.of();

  static void printHelp(PrintStream out) {
    out.println(Version.text("stap"));
    out.println();
    out.print(HELP_HEAD);
    for (StapOption option : StapOption.values()) {
      out.print(option.helpLines());
    }
  }

  /** What is shown of diagnostics. */
  DiagnosticChoice choice() {
    return new DiagnosticChoice(suppressWarnings, warningsAreErrors);
  }

  /** The pass to stop after, 1 to 5. */
  int lastPass() {
    return chosenPass.orElse(5);
  }

  /** How much to say about a pass, 1 to 5: 0 for nothing. */
  int verbosity(int pass) {
    int extra =
        passVerbosity.length() >= pass ? Character.digit(passVerbosity.charAt(pass - 1), 10) : 0;
    return verbosity + Math.max(extra, 0);
  }
}
