package dev.tapwright.compiler.cli;

import dev.tapwright.compiler.cli.OptionScanner.Argument;
import dev.tapwright.compiler.cli.OptionScanner.Entry;
import dev.tapwright.compiler.cli.OptionScanner.Item;
import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.compiler.object.ElfObjectReader;
import dev.tapwright.compiler.object.ObjectReading;
import dev.tapwright.compiler.runtime.Session;
import dev.tapwright.compiler.runtime.SessionOptions;
import dev.tapwright.syntax.DeepStack;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The {@code stapbpf} command line: runs a compiled script. Options and messages are those of
 * SystemTap's.
 */
public final class StapbpfCommand {
  private enum Choice {
    HELP,
    VERSION,
    VERBOSE,
    NO_WARNINGS,
    COMMAND,
    PROCESS,
    OUTPUT
  }

  private static final String USAGE =
      """
      Usage: stapbpf [-v][-w][-V][-h] [-c cmd] [-x pid] [-o FILE] <bpf-file>
      -h, --help       Show this help text.
      -v, --verbose    Increase verbosity.
      -V, --version    Show version.
      -w               Suppress warnings.
      -c cmd           Command 'cmd' will be run and stapbpf will
                       exit when it does.  The '_stp_target' variable
                       will contain the pid for the command.
      -x pid           Sets the '_stp_target' variable to pid.
      -o FILE          Send output to FILE.
      """;

  private static final String VERSION = "Tapwright BPF loader/runner (version 0.1.0)";

  /** More than any compiled script has. */
  private static final int FILE_SIZE_MAXIMUM = 1 << 28;

  private final PrintStream output;
  private final PrintStream messages;

  private StapbpfCommand(PrintStream output, PrintStream messages) {
    this.output = output;
    this.messages = messages;
  }

  /** Runs the command line and ends the process with its status. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.out, System.err));
  }

  /**
   * Runs a command line; gives the exit status. The session itself writes to the process's own
   * streams.
   */
  public static int run(List<String> arguments, PrintStream output, PrintStream messages) {
    return DeepStack.call(() -> new StapbpfCommand(output, messages).run(arguments));
  }

  private static Map<String, Entry<Choice>> entries() {
    Map<String, Entry<Choice>> entries = new LinkedHashMap<>();
    entries.put("-h", new Entry<>(Choice.HELP, Argument.NONE));
    entries.put("--help", new Entry<>(Choice.HELP, Argument.NONE));
    entries.put("-v", new Entry<>(Choice.VERBOSE, Argument.NONE));
    entries.put("--verbose", new Entry<>(Choice.VERBOSE, Argument.NONE));
    entries.put("-V", new Entry<>(Choice.VERSION, Argument.NONE));
    entries.put("--version", new Entry<>(Choice.VERSION, Argument.NONE));
    entries.put("-w", new Entry<>(Choice.NO_WARNINGS, Argument.NONE));
    entries.put("-c", new Entry<>(Choice.COMMAND, Argument.REQUIRED));
    entries.put("-x", new Entry<>(Choice.PROCESS, Argument.REQUIRED));
    entries.put("-o", new Entry<>(Choice.OUTPUT, Argument.REQUIRED));
    return entries;
  }

  private int run(List<String> arguments) {
    OptionScanner<Choice> scanner = new OptionScanner<>("stapbpf", entries(), arguments);
    Map<Choice, String> values = new EnumMap<>(Choice.class);
    int verbosity = 0;
    while (true) {
      switch (scanner.next()) {
        case Item.Wrong<Choice>(String message) -> {
          return refuse(message);
        }
        case Item.Given<Choice>(Choice choice, String value) -> {
          switch (choice) {
            case HELP -> {
              output.print(USAGE);
              return 0;
            }
            case VERSION -> {
              output.println(VERSION);
              return 0;
            }
            case VERBOSE -> verbosity++;
            default -> values.put(choice, value);
          }
        }
        case Item.End<Choice>(List<String> files) -> {
          return run(files, values, verbosity);
        }
      }
    }
  }

  private int run(List<String> files, Map<Choice, String> values, int verbosity) {
    if (files.size() != 1) {
      return refuse(
          files.isEmpty() ? "stapbpf: no bpf-file given" : "stapbpf: more than one bpf-file given");
    }
    if (values.containsKey(Choice.COMMAND) && values.containsKey(Choice.PROCESS)) {
      return refuse("ERROR: You can't specify the '-c' and '-x' options together.");
    }
    Optional<String> given = Optional.ofNullable(values.get(Choice.PROCESS));
    OptionalLong process = given.map(StapbpfCommand::processNumber).orElseGet(OptionalLong::empty);
    if (given.isPresent() && process.isEmpty()) {
      messages.println("stapbpf: Invalid process ID '" + given.get() + "'");
      return 1;
    }
    String file = files.getFirst();
    try {
      SessionOptions options =
          new SessionOptions(
              file,
              verbosity,
              values.containsKey(Choice.NO_WARNINGS),
              process,
              Optional.ofNullable(values.get(Choice.COMMAND)),
              Optional.ofNullable(values.get(Choice.OUTPUT)).map(Path::of));
      return switch (ElfObjectReader.read(read(Path.of(file)))) {
        case ObjectReading.Read(BpfObject object) -> Session.run(object, options);
        case ObjectReading.Refused(String message) -> fail(file, message);
      };
    } catch (IOException unreadable) {
      return fail(file, reason(unreadable));
    } catch (InvalidPathException wrong) {
      return fail(file, "not a file name");
    }
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(FILE_SIZE_MAXIMUM + 1);
      if (bytes.length > FILE_SIZE_MAXIMUM) {
        throw new IOException("larger than any compiled script");
      }
      return bytes;
    }
  }

  private static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "No such file or directory";
      case AccessDeniedException _ -> "Permission denied";
      default -> String.valueOf(failure.getMessage());
    };
  }

  private static OptionalLong processNumber(String text) {
    try {
      int number = Integer.parseInt(text);
      return number > 0 ? OptionalLong.of(number) : OptionalLong.empty();
    } catch (NumberFormatException notNumber) {
      return OptionalLong.empty();
    }
  }

  private int fail(String file, String message) {
    messages.println("Error loading " + file + ": " + message);
    return 1;
  }

  private int refuse(String message) {
    messages.println(message);
    messages.print(USAGE);
    return 1;
  }
}
