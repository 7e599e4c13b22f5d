import dev.tapwright.compiler.cli.StapCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Counts the packaged examples that pass, and lists the first error of each that does not. */
final class Examples {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|`[^`]*`|[^\\s]+");
  private static final List<String> WITH_VALUE = List.of("-x", "-d", "-T", "-o");

  /** Arguments of our own for those whose descriptions give none. */
  private static final Map<String, List<String>> ARGUMENTS =
      Map.of("graphcall.stp", List.of("/usr/bin/bash", "xmalloc"));

  private final Map<String, Integer> reasons = new TreeMap<>();
  private int pass = 2;
  private Path directory = Path.of("/usr/share/systemtap/examples");
  private Optional<Path> document = Optional.empty();
  private Optional<Path> objects = Optional.empty();
  private final List<String> rows = new ArrayList<>();
  private final List<String> refusedRows = new ArrayList<>();
  private int passed;
  private int analysed;
  private int tried;

  public static void main(String[] arguments) throws IOException {
    Examples examples = new Examples();
    List<String> parts = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.startsWith("--pass=")) {
        examples.pass = Integer.parseInt(argument.substring("--pass=".length()));
      } else if (argument.startsWith("--directory=")) {
        examples.directory = Path.of(argument.substring("--directory=".length()));
      } else if (argument.startsWith("--document=")) {
        examples.document = Optional.of(Path.of(argument.substring("--document=".length())));
        examples.pass = 4;
      } else if (argument.startsWith("--objects=")) {
        examples.objects = Optional.of(Path.of(argument.substring("--objects=".length())));
        examples.pass = 4;
      } else {
        parts.add(argument);
      }
    }
    examples.run(parts);
  }

  private void run(List<String> parts) throws IOException {
    List<Path> scripts;
    try (Stream<Path> files = Files.walk(directory)) {
      scripts = files.filter(file -> file.toString().endsWith(".stp")).sorted().toList();
    }
    for (Path script : scripts) {
      if (parts.isEmpty() || parts.stream().anyMatch(script.toString()::contains)) {
        check(script);
      }
    }
    System.out.println();
    reasons.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .forEach(reason -> System.out.printf("%5d  %s%n", reason.getValue(), reason.getKey()));
    System.out.printf("%n%d of %d examples pass -p%d%n", passed, tried, pass);
    if (document.isPresent()) {
      Files.writeString(document.get(), page());
    }
  }

  /** The lists of those that do not pass, for people. */
  private String page() {
    return """
        # The packaged examples

        Of the %d examples that SystemTap %s packages, %d pass `stap -p2 --runtime=bpf` on Linux %s, without debuginfo, and with the options
        and arguments that their descriptions give them, and %d are compiled to an object, by `-p4`, which
        the verifier takes in each case (`tests/corpus/examples --load`). What only SystemTap's kernel module could run is analysed, and refused on
        its line then. Made by `tests/corpus/examples --document=docs/examples.md`.

        ## Not analysed

        With the first error of each.

        | example | why | first error |
        |---|---|---|
        %s
        ## Analysed, and not compiled

        | example | first error |
        |---|---|
        %s"""
        .formatted(
            tried,
            "4.8",
            analysed,
            System.getProperty("os.version").replaceFirst("^(\\d+\\.\\d+).*", "$1"),
            passed,
            String.join("", rows),
            String.join("", refusedRows));
  }

  private static String why(String reason) {
    if (reason.startsWith("parse error")) {
      return "not to be run alone: it lacks arguments, or is a part of others";
    }
    if (reason.contains("no probes found")) {
      return "has functions only, for others to use";
    }
    if (reason.matches(
        ".*(no match|cannot find executable|probe point mismatch|alias expansion).*")) {
      return "this machine does not have what it probes";
    }
    if (reason.contains("tracepoint variable")) {
      return "reads the arguments of the function behind a system call, which its tracepoint does not name";
    }
    if (reason.matches(".*(find member|invalid access|unable to find local '(new_dentry)').*")) {
      return "this kernel's structures or arguments are others";
    }
    if (reason.matches(".*(unable to find local|type definition).*")) {
      return "needs a program's debuginfo, which is not read yet";
    }
    return "not carried yet";
  }

  private void check(Path script) throws IOException {
    tried++;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> command = new ArrayList<>(List.of("-p" + pass, "--runtime=bpf"));
    command.addAll(words(script));
    String fault = "";
    int status = 1;
    long start = System.nanoTime();
    try {
      status =
          StapCommand.run(
              command, InputStream.nullInputStream(), new PrintStream(out), new PrintStream(err));
    } catch (RuntimeException | StackOverflowError thrown) {
      fault = "crash: " + thrown;
    }
    long milliseconds = (System.nanoTime() - start) / 1_000_000;
    String name = directory.relativize(script).toString();
    String complaints = err.toString(StandardCharsets.UTF_8);
    boolean isAnalysed = status == 0 || complaints.contains("Pass 4: ");
    if (isAnalysed) {
      analysed++;
    }
    if (status == 0) {
      passed++;
      if (pass == 4) {
        Path object = Path.of(out.toString(StandardCharsets.UTF_8).strip());
        if (objects.isPresent()) {
          Files.createDirectories(objects.get());
          Files.move(object, objects.get().resolve(name.replace('/', '_') + ".bo"));
        } else {
          Files.deleteIfExists(object);
        }
      }
      System.out.printf("ok    %-45s %5d ms%n", name, milliseconds);
      return;
    }
    String reason = fault.isEmpty() ? firstError(complaints) : fault;
    reasons.merge(general(reason), 1, Integer::sum);
    String error = general(reason).replaceFirst("^semantic error: ", "").replace("|", "\\|");
    if (isAnalysed) {
      refusedRows.add("| `%s` | %s |%n".formatted(name, error));
    } else {
      rows.add("| `%s` | %s | %s |%n".formatted(name, why(reason), error));
    }
    System.out.printf("FAIL  %-45s %5d ms  %s%n", name, milliseconds, reason);
  }

  /** The options and arguments that the example's description gives it. */
  private static List<String> words(Path script) throws IOException {
    String file = script.getFileName().toString();
    Path description = script.resolveSibling(file.replaceFirst("\\.stp$", ".meta"));
    Optional<String> check = Optional.empty();
    if (Files.exists(description)) {
      check =
          Files.readAllLines(description).stream()
              .filter(line -> line.startsWith("test_check:"))
              .map(line -> line.substring("test_check:".length()))
              .findFirst();
    }
    List<String> before = new ArrayList<>();
    if (check.isEmpty() && isGuru(script)) {
      before.add("-g");
    }
    List<String> behind = new ArrayList<>();
    boolean isBehind = false;
    Matcher matcher = WORD.matcher(check.orElse(""));
    while (matcher.find()) {
      String word = matcher.group();
      if (isBehind) {
        if (word.startsWith("`") || word.startsWith("0x`") || word.startsWith("$$")) {
          behind.add("1");
        } else if (word.equals("-c") && matcher.find()) {
          String quoted = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
          before.addAll(List.of("-c", quoted == null ? matcher.group() : quoted));
        } else if (WITH_VALUE.contains(word)) {
          matcher.find();
        } else if (!word.startsWith("--") && !word.startsWith("-G")) {
          String quoted = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
          behind.add(quoted == null ? word : quoted);
        }
      } else if (word.equals(file)) {
        isBehind = true;
      } else if (word.equals("-g") || word.matches("-gp\\d")) {
        before.add("-g");
      } else if (word.startsWith("-I")) {
        before.add("-I");
        before.add(script.resolveSibling(word.substring(2)).toString());
      }
    }
    before.add(script.toString());
    before.addAll(ARGUMENTS.getOrDefault(file, behind));
    return before;
  }

  /** Whether the script itself says that it is run with {@code -g}. */
  private static boolean isGuru(Path script) throws IOException {
    try (Stream<String> lines = Files.lines(script, StandardCharsets.ISO_8859_1)) {
      return lines.findFirst().filter(line -> line.matches("#!.* -g\\b.*")).isPresent();
    }
  }

  private static String firstError(String errors) {
    List<String> lines = errors.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      // What was being done stands before what went wrong.
      if (line.contains("error: ") && !line.contains("while resolving probe point")) {
        return line;
      }
    }
    return lines.isEmpty() ? "no message" : lines.getFirst();
  }

  /** Without places and without the names of what is similar. */
  private static String general(String reason) {
    return reason
        .replaceFirst("(: [a-z -]+( '[^']*')?)? at [^ ]*:\\d+:\\d+$", "")
        .replaceFirst(" \\((similar|follow|alternatives)[a-z ]*: .*", "");
  }
}
