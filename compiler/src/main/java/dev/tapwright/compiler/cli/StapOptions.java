package dev.tapwright.compiler.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The options of {@code stap}, named and shaped as SystemTap's ({@code man stap}), with {@code
 * --bpf-kernel} of our own.
 */
@CommandLine.Command(
    name = "stap",
    sortOptions = false,
    usageHelpWidth = 100,
    customSynopsis = {
      "stap [options] FILE [ARGUMENTS]       Run the script in FILE.",
      "   or: stap [options] -               Run the script on standard input.",
      "   or: stap [options] -e SCRIPT       Run the given script.",
      "   or: stap --language-server         Serve editors on standard input and output."
    })
final class StapOptions {
  @Option(
      names = {"-h", "--help"},
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      description = "Show the version.")
  boolean version;

  @Option(
      names = "-p",
      paramLabel = "NUM",
      description =
          "Stop after pass NUM: 1 parse, 2 elaborate, 3 translate, 4 compile, 5 run. Otherwise run.")
  int lastPass = 5;

  @Option(names = "-v", description = "Say more about every pass; repeat for still more.")
  boolean[] verbosity = {};

  @Option(
      names = "--vp",
      paramLabel = "{N}+",
      description = "Say more, pass by pass: a digit for each.")
  String passVerbosity = "";

  @Option(
      names = "-k",
      description = "Keep the temporary directory, with the compiled script in it.")
  boolean keepTemporaryDirectory;

  @Option(names = "-w", description = "Suppress warnings.")
  boolean suppressWarnings;

  @Option(names = "-W", description = "Turn warnings into errors.")
  boolean warningsAreErrors;

  @Option(
      names = "-g",
      description = "Guru mode: allow embedded code and other dangerous constructs.")
  boolean guru;

  @Option(names = "-u", description = "Unoptimized translation.")
  boolean unoptimized;

  @Option(
      names = "-I",
      paramLabel = "DIR",
      description = "Look in DIR for additional tapset scripts.")
  List<Path> tapsetDirectories = new ArrayList<>();

  @Option(
      names = "-D",
      paramLabel = "NM=VAL",
      mapFallbackValue = "1",
      description = "Set a limit, such as MAXERRORS, MAXMAPENTRIES or MAXACTION.")
  Map<String, Long> limits = new LinkedHashMap<>();

  @Option(
      names = "-m",
      paramLabel = "MODULE",
      description = "Name of the compiled script, instead of stap_PID.")
  Optional<String> moduleName = Optional.empty();

  @Option(names = "-o", paramLabel = "FILE", description = "Send the script's output to FILE.")
  Optional<Path> output = Optional.empty();

  @Option(names = "-e", paramLabel = "SCRIPT", description = "Run the given script.")
  Optional<String> script = Optional.empty();

  @Option(
      names = "-E",
      paramLabel = "SCRIPT",
      description = "Run SCRIPT in addition to the main one.")
  List<String> additionalScripts = new ArrayList<>();

  @Option(
      names = "-c",
      paramLabel = "CMD",
      description = "Start the probes, run CMD, and exit when it finishes.")
  Optional<String> command = Optional.empty();

  @Option(names = "-x", paramLabel = "PID", description = "Set target() to PID.")
  Optional<Long> targetProcess = Optional.empty();

  @Option(names = "-T", paramLabel = "TIME", description = "End the script after TIME seconds.")
  Optional<Long> timeLimit = Optional.empty();

  @Option(
      names = "--runtime",
      paramLabel = "MODE",
      description = "How -p2 prints: kernel or bpf. Scripts always run as BPF.")
  String runtime = "kernel";

  @Option(names = "--bpf", description = "The same as --runtime=bpf.")
  boolean bpf;

  @Option(
      names = "--bpf-kernel",
      paramLabel = "VERSION",
      description = "The kernel to compile for: host, or a version such as 4.14. Otherwise host.")
  String bpfKernel = "host";

  @Option(names = "--tmpdir", paramLabel = "NAME", description = "Use this temporary directory.")
  Optional<Path> temporaryDirectory = Optional.empty();

  @Option(names = "--language-server", description = "Serve editors on standard input and output.")
  boolean languageServer;

  @Parameters(paramLabel = "FILE", hidden = true)
  List<String> positional = new ArrayList<>();

  /**
   * Reads a command line; what is wrong with it is said, and the result is empty.
   *
   * @param err takes the message
   */
  static Optional<StapOptions> parse(List<String> arguments, PrintStream err) {
    StapOptions options = new StapOptions();
    CommandLine commandLine = new CommandLine(options).setOverwrittenOptionsAllowed(true);
    try {
      commandLine.parseArgs(arguments.toArray(String[]::new));
    } catch (CommandLine.UnmatchedArgumentException unmatched) {
      err.println("stap: unrecognized option '" + unmatched.getUnmatched().getFirst() + "'");
      return tryHelp(err);
    } catch (CommandLine.ParameterException wrong) {
      err.println("stap: " + wrong.getMessage());
      return tryHelp(err);
    }
    if (options.lastPass < 1 || options.lastPass > 5) {
      err.println("Invalid pass number (should be 1-5).");
      return Optional.empty();
    }
    if (!List.of("bpf", "kernel").contains(options.runtime)) {
      err.println("stap: --runtime takes 'bpf' or 'kernel', not '" + options.runtime + "'");
      return tryHelp(err);
    }
    return Optional.of(options);
  }

  private static Optional<StapOptions> tryHelp(PrintStream err) {
    err.println("Try '--help' for more information.");
    return Optional.empty();
  }

  static void printHelp(PrintStream out) {
    String usage = new CommandLine(new StapOptions()).getUsageMessage();
    // A short option and its value stand apart, as they are written.
    out.print(usage.replaceAll("(?m)^( +-\\w)=", "$1 "));
  }

  /** How much to say about a pass, 1 to 5: 0 for nothing. */
  int verbosity(int pass) {
    int extra =
        passVerbosity.length() >= pass ? Character.digit(passVerbosity.charAt(pass - 1), 10) : 0;
    return verbosity.length + Math.max(extra, 0);
  }

  /** Whether {@code -p2} prints as SystemTap does for its BPF run time. */
  boolean isBpfRuntime() {
    return bpf || runtime.equals("bpf");
  }
}
