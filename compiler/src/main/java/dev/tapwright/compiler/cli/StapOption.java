package dev.tapwright.compiler.cli;

import dev.tapwright.compiler.cli.OptionScanner.Argument;
import dev.tapwright.compiler.cli.OptionScanner.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every option of {@code stap}: SystemTap's ({@code man stap}) in its order, and a few of our own
 * behind them.
 */
enum StapOption {
  HELP("-h --help", "", "show help"),
  VERSION("-V --version", "", "show version"),
  LAST_PASS(
      "-p",
      "NUM",
      "stop after pass NUM 1-5, instead of 5\n(parse, elaborate, translate, compile, run)"),
  VERBOSE("-v", "", "add verbosity to all passes"),
  PASS_VERBOSITY("--vp", "{N}+", "add per-pass verbosity"),
  KEEP("-k", "", "keep temporary directory"),
  UNOPTIMIZED("-u", "", "unoptimized translation"),
  NO_WARNINGS("-w", "", "suppress warnings"),
  WARNINGS_ARE_ERRORS("-W", "", "turn warnings into errors"),
  GURU("-g", "", "guru mode"),
  TAPSETS("-I", "DIR", "look in DIR for additional .stp script files"),
  LIMIT("-D", "NM=VAL", "set a limit, such as MAXERRORS, MAXMAPENTRIES or MAXACTION"),
  MODULE("-m", "MODULE", "set name of the compiled script, instead of stap_PID"),
  GLOBAL("-G", "VAR=VALUE", "set global variable to value"),
  OUTPUT("-o", "FILE", "send script output to file, instead of stdout"),
  ADDITIONAL(
      "-E",
      "SCRIPT",
      "run the SCRIPT in addition to the main script specified\nthrough -e or a script file"),
  SCRIPT("-e", "SCRIPT", "run given script"),
  COMMAND("-c", "CMD", "start the probes, run CMD, and exit when it finishes"),
  TARGET_PROCESS("-x", "PID", "sets target() to PID"),
  TIME_LIMIT("-T", "TIME", "terminate the script after TIME seconds"),
  LIST("-l", "PROBE", "list matching probes"),
  LIST_VARIABLES("-L", "PROBE", "list matching probes and local variables"),
  DUMP_PROBE_TYPES("--dump-probe-types", "", "show a list of available probe types"),
  DUMP_PROBE_ALIASES("--dump-probe-aliases", "", "show a list of available probe aliases"),
  DUMP_FUNCTIONS("--dump-functions", "", "show a list of available functions"),
  SKIP_BAD_VARIABLES("--skip-badvars", "", "substitute zero for bad context $variables"),
  HANDLER_ERRORS(
      "--suppress-handler-errors", "", "catch all runtime errors, quietly skip probe handlers"),
  TIME_LIMITS(
      "--suppress-time-limits",
      "",
      "let begin, end and timer handlers run as long as they need (with -g)"),
  RUNTIME("--runtime", "MODE", "how -p2 prints, kernel or bpf; scripts always run as BPF"),
  COMPATIBLE(
      "--compatible", "VERSION", "suppress incompatible language/tapset changes beyond VERSION"),
  BPF("--bpf", "", "shorthand for --runtime=bpf"),
  TEMPORARY_DIRECTORY("--tmpdir", "NAME", "specify name of temporary directory to be used"),

  // What SystemTap has to do for its kernel modules, and BPF has no need of.
  PROLOGUE_SEARCHING("-P", "", ""),
  PROLOGUE_SEARCHING_WHEN("--prologue-searching", Argument.OPTIONAL, ""),
  // The buffer is as large as what the script prints needs it.
  BUFFER("-s", "NUM", ""),
  UNWIND_DATA("-d", "OBJECT", ""),
  UNWIND_LIBRARIES("--ldd", "", ""),
  UNWIND_MODULES("--all-modules", "", ""),
  SAVE_UPROBES("--save-uprobes", "", ""),
  SIGN_MODULE("--sign-module", Argument.OPTIONAL, ""),
  DOWNLOAD_DEBUGINFO("--download-debuginfo", Argument.OPTIONAL, ""),
  DISABLE_CACHE("--disable-cache", "", ""),
  POISON_CACHE("--poison-cache", "", ""),
  NO_GLOBAL_DISPLAY("--no-global-var-display", "", ""),
  CHECK_VERSION("--check-version", "", ""),
  COLOR("--colour --color", Argument.OPTIONAL, ""),
  PRIVILEGE("--privilege", "LEVEL", ""),
  UNPRIVILEGED("--unprivileged", "", ""),

  // Refused, each with its reason.
  INTERACTIVE("-i --interactive", "", "", "write the script in an editor: stap --language-server"),
  BULK(
      "-b",
      "",
      "",
      "there is one buffer for all processors, and its output is in order; leave it out"),
  TIMING("-t", "", "", "bpftool prog show gives run time and count of every program"),
  COVERAGE("-q", "", "", "there is no database of tapset coverage"),
  FLIGHT_RECORDER("-F", "", "", "start it with nohup or as a service"),
  FILE_SIZES("-S", "size[,n]", "", "pipe the output into a program that turns files over"),
  RELEASE(
      "-r",
      "RELEASE",
      "",
      "BPF needs no kernel build tree; --bpf-kernel=VERSION compiles for another kernel"),
  ARCHITECTURE("-a", "ARCH", "", "BPF is compiled for the machine that it runs on"),
  KBUILD("-B", "NM=VAL", "", "no kernel module is built"),
  MODULE_INFO("--modinfo", "NM=VAL", "", "no kernel module is built"),
  RUNTIME_DIRECTORY("-R", "DIR", "", "the run time is part of this program"),
  DYNINST("--dyninst", "", "", "scripts run as BPF"),
  REMOTE("--remote", "URL", "", "compile with -p4, copy the file, and run it there with stapbpf"),
  REMOTE_PREFIX("--remote-prefix", "", "", "there is no --remote"),
  USE_SERVER("--use-server", Argument.OPTIONAL, "there are no compile-servers"),
  USE_SERVER_ON_ERROR("--use-server-on-error", Argument.OPTIONAL, "there are no compile-servers"),
  LIST_SERVERS("--list-servers", Argument.OPTIONAL, "there are no compile-servers"),
  TRUST_SERVERS("--trust-servers", Argument.OPTIONAL, "there are no compile-servers"),
  CLEAN_CACHE("--clean-cache", "", "", "compiled scripts are not cached"),
  SYSTEM_ROOT("--sysroot", "DIR", "", "probe points name programs of this machine"),
  SYSTEM_ENVIRONMENT("--sysenv", "VAR=VALUE", "", "probe points name programs of this machine"),
  NAMESPACE("--target-namespaces", "PID", "", "process numbers are those of this machine"),
  MONITOR("--monitor", Argument.OPTIONAL, "print from a timer probe what is to be watched"),
  EXAMPLE("--example", "", "", "name the script's file"),
  RLIMIT_AS("--rlimit-as", "NUM", "", "use ulimit -v"),
  RLIMIT_CPU("--rlimit-cpu", "NUM", "", "use ulimit -t"),
  RLIMIT_NPROC("--rlimit-nproc", "NUM", "", "use ulimit -u"),
  RLIMIT_STACK("--rlimit-stack", "NUM", "", "use ulimit -s"),
  RLIMIT_FSIZE("--rlimit-fsize", "NUM", "", "use ulimit -f"),

  // Ours.
  BPF_KERNEL(
      "--bpf-kernel", "VERSION", "the kernel to compile for: host, or a version such as 4.14"),
  BPF_DUMP("--bpf-dump", "", "show the code of kernel probes beside the script's lines"),
  CHECK(
      "--check",
      "",
      "print what is wrong with scripts, one a FILE, and nothing else;\nexit status 1 when there is an error"),
  JSON("--json", "", "with --check: as JSON (docs/check.md)"),
  EXPLAIN("--explain", "", "say what a diagnostic means, why, and how to mend it"),
  LANGUAGE_SERVER("--language-server", "", "serve editors on standard input and output");

  private static final int HELP_COLUMN = 14;

  private final List<String> names;
  private final Argument argument;
  private final String label;
  private final String help;
  private final String refusal;

  StapOption(String names, String label, String help) {
    this(names, label, help, "");
  }

  StapOption(String names, String label, String help, String refusal) {
    this.names = List.of(names.split(" "));
    this.argument = label.isEmpty() ? Argument.NONE : Argument.REQUIRED;
    this.label = label;
    this.help = help;
    this.refusal = refusal;
  }

  StapOption(String names, Argument argument, String refusal) {
    this.names = List.of(names.split(" "));
    this.argument = argument;
    this.label = "";
    this.help = "";
    this.refusal = refusal;
  }

  /** All names with what they mean. */
  static Map<String, Entry<StapOption>> entries() {
    Map<String, Entry<StapOption>> entries = new LinkedHashMap<>();
    for (StapOption option : values()) {
      for (String name : option.names) {
        entries.put(name, new Entry<>(option, option.argument));
      }
    }
    return entries;
  }

  /** Why it is refused; empty when it is not. */
  String refusal() {
    return refusal;
  }

  /** Its name as messages have it. */
  String spelling() {
    return names.getLast();
  }

  /** Its lines in the help; empty when it does nothing here. */
  String helpLines() {
    if (help.isEmpty()) {
      return "";
    }
    String head = "   " + String.join(" ", names);
    if (!label.isEmpty()) {
      head += (names.getLast().startsWith("--") ? "=" : " ") + label;
    }
    String indent = " ".repeat(HELP_COLUMN);
    String first =
        head.length() < HELP_COLUMN
            ? head + " ".repeat(HELP_COLUMN - head.length())
            : head + "\n" + indent;
    return first + help.replace("\n", "\n" + indent) + "\n";
  }
}
