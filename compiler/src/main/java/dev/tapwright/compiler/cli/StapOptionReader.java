package dev.tapwright.compiler.cli;

import dev.tapwright.compiler.cli.OptionScanner.Item;
import dev.tapwright.compiler.cli.StapOptions.Information;
import dev.tapwright.compiler.cli.StapOptions.Listing;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.syntax.parser.VersionOrder;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a command line of {@code stap}. Options are looked at in their order, and the first one
 * that is wrong ends it, with SystemTap's message.
 */
final class StapOptionReader {
  private static final Pattern LIMIT =
      Pattern.compile("[a-z_][a-z_0-9]*(=-?[a-z_0-9]+)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern MODULE = Pattern.compile("[a-z0-9_]+", Pattern.CASE_INSENSITIVE);
  private static final Pattern GLOBAL_VALUE =
      Pattern.compile("^[a-z_][a-z0-9_]*=[a-z0-9_.-]+$", Pattern.CASE_INSENSITIVE);

  /** What begins the names of SystemTap's limits. */
  private static final Pattern LIMIT_NAMES =
      Pattern.compile("(MAX|MIN|STP_|INTERRUPTIBLE|TRYLOCK).*");

  private static final Pattern DOWNLOADS = Pattern.compile("|yes|no|ask|[1-9][0-9]*");

  /** Characters of a kernel module's name. */
  private static final int LONGEST_MODULE_NAME = 55;

  /** Megabytes. */
  private static final int LARGEST_BUFFER = 4095;

  private static final Pattern PASS_VERBOSITY = Pattern.compile("[0-9]{1,5}");

  private final StapOptions options = new StapOptions();
  private final PrintStream err;

  private StapOptionReader(PrintStream err) {
    this.err = err;
  }

  /**
   * Reads a command line; what is wrong with it is said, and the result is empty.
   *
   * @param err takes the message
   */
  static Optional<StapOptions> read(List<String> arguments, PrintStream err) {
    StapOptionReader reader = new StapOptionReader(err);
    return reader.read(new OptionScanner<>("stap", StapOption.entries(), arguments))
        ? Optional.of(reader.options)
        : Optional.empty();
  }

  private boolean read(OptionScanner<StapOption> scanner) {
    while (options.information.isEmpty()) {
      switch (scanner.next()) {
        case Item.Wrong<StapOption>(String message) -> {
          return tryHelp(message);
        }
        case Item.Given<StapOption>(StapOption option, String value) -> {
          if (!(option.refusal().isEmpty() ? take(option, value) : refuse(option))) {
            return false;
          }
        }
        case Item.End<StapOption>(List<String> operands) -> {
          options.positional = operands;
          if (options.isExplanation) {
            options.information = Optional.of(Information.EXPLANATION);
            return true;
          }
          return isConsistent();
        }
      }
    }
    return true;
  }

  private boolean take(StapOption option, String value) {
    switch (option) {
      case HELP -> options.information = Optional.of(Information.HELP);
      case VERSION -> options.information = Optional.of(Information.VERSION);
      case LANGUAGE_SERVER -> options.information = Optional.of(Information.LANGUAGE_SERVER);
      case EXPLAIN -> options.isExplanation = true;
      case VERBOSE -> options.verbosity++;
      case KEEP -> options.keepTemporaryDirectory = true;
      case UNOPTIMIZED -> options.unoptimized = true;
      case NO_WARNINGS -> options.suppressWarnings = true;
      case WARNINGS_ARE_ERRORS -> options.warningsAreErrors = true;
      case GURU -> options.guru = true;
      case TIME_LIMITS -> options.suppressTimeLimits = true;
      case SKIP_BAD_VARIABLES -> options.skipsBadVariables = true;
      case HANDLER_ERRORS -> options.suppressErrors = true;
      case ADDITIONAL -> options.additionalScripts.add(value);
      case BPF -> options.isBpfRuntime = true;
      case BPF_KERNEL -> options.bpfKernel = value;
      case CHECK -> options.isCheck = true;
      case BPF_DUMP -> options.isDump = true;
      case JSON -> options.isJson = true;
      default -> {
        return takeChecked(option, value);
      }
    }
    return true;
  }

  /** Options whose value can be wrong. */
  private boolean takeChecked(StapOption option, String value) {
    return switch (option) {
      case COMPATIBLE -> compatible(value);
      case LAST_PASS -> lastPass(value);
      case PASS_VERBOSITY -> passVerbosity(value);
      // An empty name is no folder, and by no means this one.
      case TAPSETS ->
          value.isEmpty() || path(value).map(options.tapsetDirectories::add).orElse(false);
      case LIMIT -> limit(value);
      case MODULE -> module(value);
      case GLOBAL -> global(value);
      case OUTPUT -> {
        options.output = path(value);
        yield options.output.isPresent();
      }
      case TEMPORARY_DIRECTORY -> {
        options.temporaryDirectory = path(value);
        yield options.temporaryDirectory.isPresent();
      }
      case SCRIPT -> script(value);
      case COMMAND -> command(value);
      case BUFFER -> bufferSize(value);
      case DOWNLOAD_DEBUGINFO -> downloads(value);
      case TARGET_PROCESS -> {
        options.targetProcess = number(value, "Invalid target process ID number.");
        yield options.targetProcess.isPresent();
      }
      case TIME_LIMIT -> {
        options.timeLimit = positive(value, "Invalid timeout interval.");
        yield options.timeLimit.isPresent();
      }
      case LIST -> listing(Listing.PROBES, value);
      case LIST_VARIABLES -> listing(Listing.PROBES_WITH_VARIABLES, value);
      case DUMP_PROBE_TYPES -> listing(Listing.PROBE_TYPES, "");
      case DUMP_PROBE_ALIASES -> listing(Listing.PROBE_ALIASES, "");
      case DUMP_FUNCTIONS -> listing(Listing.FUNCTIONS, "");
      case RUNTIME -> runtime(value);
      case COLOR -> oneOf(option, value, List.of("", "never", "always", "auto"));
      case PROLOGUE_SEARCHING_WHEN -> oneOf(option, value, List.of("", "never", "always", "auto"));
      case PRIVILEGE -> privilege(value);
      case UNPRIVILEGED -> privilege("stapusr");
      // The others have no effect on BPF.
      default -> true;
    };
  }

  private boolean compatible(String value) {
    if (VersionOrder.compare(CompilerSettings.LANGUAGE_VERSION, value) < 0) {
      return fail(
          "ERROR: systemtap version %s cannot be compatible with future version %s"
              .formatted(CompilerSettings.LANGUAGE_VERSION, value));
    }
    options.languageVersion = value;
    return true;
  }

  private boolean lastPass(String value) {
    if (value.length() != 1 || value.charAt(0) < '1' || value.charAt(0) > '5') {
      return fail("Invalid pass number (should be 1-5).");
    }
    options.chosenPass = Optional.of(value.charAt(0) - '0');
    return true;
  }

  private boolean passVerbosity(String value) {
    if (!PASS_VERBOSITY.matcher(value).matches()) {
      return fail("Invalid --vp argument: it takes 1 to 5 digits.");
    }
    options.passVerbosity = value;
    return true;
  }

  private boolean limit(String value) {
    if (!LIMIT.matcher(value).matches()) {
      return fail(mismatch("-D", value, "^[a-z_][a-z_0-9]*(=-?[a-z_0-9]+)?$"));
    }
    int equals = value.indexOf('=');
    String name = equals < 0 ? value : value.substring(0, equals);
    String number = equals < 0 ? "1" : value.substring(equals + 1);
    try {
      options.limits.put(name, Long.decode(number));
      return true;
    } catch (NumberFormatException notNumber) {
      // Other names are macros of C code, which there is none of.
      return !LIMIT_NAMES.matcher(name).matches()
          || fail("stap: -D " + name + " takes a number, not '" + number + "'");
    }
  }

  private boolean global(String value) {
    if (!GLOBAL_VALUE.matcher(value).matches()) {
      return fail(mismatch("-G", value, GLOBAL_VALUE.pattern()));
    }
    int equals = value.indexOf('=');
    options.globals.put(value.substring(0, equals), value.substring(equals + 1));
    return true;
  }

  private boolean module(String value) {
    if (value.isEmpty()) {
      return fail("Module name cannot be empty.");
    }
    String name = value.endsWith(".ko") ? value.substring(0, value.length() - 3) : value;
    name = name.substring(0, Math.min(name.length(), LONGEST_MODULE_NAME));
    if (!name.equals(value)) {
      err.println("Truncating module name to '" + name + "'");
    }
    options.moduleName = Optional.of(name);
    return MODULE.matcher(name).matches() || fail(mismatch("-m", value, "^[a-z0-9_]+$"));
  }

  private static String mismatch(String option, String value, String pattern) {
    return "ERROR: Safety pattern mismatch for %s parameter ('%s' vs. '%s') rc=1"
        .formatted(option, value, pattern);
  }

  private boolean script(String value) {
    if (options.script.isPresent()) {
      return fail("Only one script can be given on the command line.");
    }
    options.script = Optional.of(value);
    return true;
  }

  private boolean command(String value) {
    options.command = Optional.of(value);
    return !value.isEmpty() || fail("Empty CMD string invalid.");
  }

  private boolean bufferSize(String value) {
    try {
      int megabytes = Integer.parseInt(value);
      if (megabytes >= 1 && megabytes <= LARGEST_BUFFER) {
        return true;
      }
    } catch (NumberFormatException notNumber) {
      // Said below.
    }
    return fail("Invalid buffer size (should be 1-4095).");
  }

  private boolean downloads(String value) {
    return DOWNLOADS.matcher(value).matches()
        || fail(
            "ERROR: "
                + value
                + " is not a valid value. Use 'yes', 'no', 'ask' or a timeout value.");
  }

  private boolean listing(Listing listing, String pattern) {
    if (options.listing.isPresent()) {
      return fail("ERROR: only one of the -l/-L/--dump-* switches may be specified");
    }
    options.listing = Optional.of(listing);
    options.pattern = pattern;
    return true;
  }

  private boolean runtime(String value) {
    options.isBpfRuntime = value.equals("bpf");
    return switch (value) {
      case "bpf", "kernel" -> true;
      case "dyninst" ->
          fail("ERROR: --runtime=dyninst unavailable; this build lacks DYNINST feature");
      default -> fail("ERROR: " + value + " is an invalid argument for --runtime");
    };
  }

  /** Scripts are not checked for what a privilege allows: only the highest can be promised. */
  private boolean privilege(String value) {
    return switch (value) {
      case "stapdev" -> true;
      case "stapsys", "stapusr" ->
          fail(
              "stap: --privilege="
                  + value
                  + " is not supported: the kernel checks who may load BPF");
      default -> fail("Invalid argument '" + value + "' for --privilege.");
    };
  }

  private boolean oneOf(StapOption option, String value, List<String> values) {
    return values.contains(value)
        || fail("Invalid argument '" + value + "' for " + option.spelling() + ".");
  }

  private Optional<Long> positive(String value, String message) {
    Optional<Long> number = number(value, message);
    if (number.isPresent() && number.get() <= 0) {
      err.println(message);
      return Optional.empty();
    }
    return number;
  }

  private Optional<Long> number(String value, String message) {
    try {
      return Optional.of(Long.parseLong(value));
    } catch (NumberFormatException notNumber) {
      err.println(message);
      return Optional.empty();
    }
  }

  private Optional<Path> path(String value) {
    try {
      return Optional.of(Path.of(value));
    } catch (InvalidPathException wrong) {
      err.println("stap: '" + value + "' is no file name");
      return Optional.empty();
    }
  }

  /** What SystemTap looks at when all options have been read. */
  private boolean isConsistent() {
    if (options.suppressTimeLimits) {
      if (!options.guru) {
        return fail("ERROR --suppress-time-limits requires guru mode (-g)");
      }
      // Of handlers in the kernel the verifier alone says how long they may run.
      options.limits.put("MAXACTION_INTERRUPTIBLE", Long.MAX_VALUE);
    }
    if (options.command.isPresent() && options.targetProcess.isPresent()) {
      return tryHelp("You can't specify -c and -x together.");
    }
    if (options.listing.isPresent()) {
      if (options.chosenPass.isPresent()) {
        return tryHelp("Cannot specify -p with -l/-L/--dump-* switches.");
      }
      if (options.script.isPresent()) {
        return tryHelp("Cannot specify a script with -l/-L/--dump-* switches.");
      }
    } else if (options.script.isEmpty() && options.positional.isEmpty()) {
      return tryHelp("A script must be specified.");
    }
    return !options.isJson || options.isCheck || tryHelp("stap: --json is for --check");
  }

  private boolean refuse(StapOption option) {
    return fail("stap: option '" + option.spelling() + "' is not supported: " + option.refusal());
  }

  private boolean tryHelp(String message) {
    err.println(message);
    err.println("Try '--help' for more information.");
    return false;
  }

  private boolean fail(String message) {
    err.println(message);
    return false;
  }
}
