package dev.tapwright.compiler.cli;

import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.compiler.object.ElfObjectReader;
import dev.tapwright.compiler.object.ObjectReading;
import dev.tapwright.compiler.runtime.Session;
import dev.tapwright.compiler.runtime.SessionOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The {@code stapbpf} command line: runs a compiled script. Options and messages are those of
 * SystemTap's.
 */
public final class StapbpfCommand {
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
    return new StapbpfCommand(output, messages).run(arguments);
  }

  private static CommandLine commandLine() {
    CommandSpec spec = CommandSpec.create().name("stapbpf");
    spec.addOption(OptionSpec.builder("-h", "--help").build());
    spec.addOption(OptionSpec.builder("-v", "--verbose").type(boolean[].class).arity("0").build());
    spec.addOption(OptionSpec.builder("-V", "--version").build());
    spec.addOption(OptionSpec.builder("-w").build());
    spec.addOption(OptionSpec.builder("-c").type(String.class).build());
    spec.addOption(OptionSpec.builder("-x").type(String.class).build());
    spec.addOption(OptionSpec.builder("-o").type(String.class).build());
    spec.addPositional(
        PositionalParamSpec.builder()
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("0..*")
            .build());
    return new CommandLine(spec).setOverwrittenOptionsAllowed(true).setToggleBooleanFlags(false);
  }

  private int run(List<String> arguments) {
    ParseResult parsed;
    try {
      parsed = commandLine().parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException wrong) {
      return refuse(describe(wrong));
    }
    if (parsed.hasMatchedOption("-h")) {
      output.print(USAGE);
      return 0;
    }
    if (parsed.hasMatchedOption("-V")) {
      output.println(VERSION);
      return 0;
    }
    List<String> files = parsed.matchedPositionalValue(0, List.of());
    if (files.size() != 1) {
      return refuse(
          files.isEmpty() ? "stapbpf: no bpf-file given" : "stapbpf: more than one bpf-file given");
    }
    OptionalLong process = OptionalLong.empty();
    if (parsed.hasMatchedOption("-x")) {
      String given = parsed.matchedOptionValue("-x", "");
      process = processNumber(given);
      if (process.isEmpty()) {
        messages.println("stapbpf: Invalid process ID '" + given + "'");
        return 1;
      }
    }
    return run(files.getFirst(), parsed, process);
  }

  private int run(String file, ParseResult parsed, OptionalLong process) {
    Optional<String> outputFile =
        Optional.ofNullable(parsed.matchedOptionValue("-o", (String) null));
    try {
      SessionOptions options =
          new SessionOptions(
              file,
              parsed.matchedOptionValue("-v", new boolean[0]).length,
              parsed.hasMatchedOption("-w"),
              process,
              Optional.ofNullable(parsed.matchedOptionValue("-c", (String) null)),
              outputFile.map(Path::of));
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

  /** In the words of {@code getopt}. */
  private static String describe(ParameterException wrong) {
    return switch (wrong) {
      case UnmatchedArgumentException unmatched when !unmatched.getUnmatched().isEmpty() ->
          describeUnknown(unmatched.getUnmatched().getFirst());
      case MissingParameterException missing
          when missing.getMissing().getFirst() instanceof OptionSpec option ->
          "stapbpf: option requires an argument -- '" + option.shortestName().substring(1) + "'";
      default -> "stapbpf: " + wrong.getMessage();
    };
  }

  private static String describeUnknown(String argument) {
    return argument.startsWith("--") || argument.length() < 2
        ? "stapbpf: unrecognized option '" + argument + "'"
        : "stapbpf: invalid option -- '" + argument.charAt(1) + "'";
  }
}
