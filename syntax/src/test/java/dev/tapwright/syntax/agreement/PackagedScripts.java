package dev.tapwright.syntax.agreement;

import dev.tapwright.syntax.ByteText;
import dev.tapwright.syntax.ParseOptions;
import dev.tapwright.syntax.ParseResult;
import dev.tapwright.syntax.ScriptParser;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.DiagnosticPrinter;
import dev.tapwright.syntax.parser.MacroLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scripts that SystemTap's packages bring, and how both front ends are made to read them. */
public final class PackagedScripts {
  /** Where the library's files are. */
  public static final Path TAPSET = Path.of("/usr/share/systemtap/tapset");

  /** Where the examples are. */
  public static final Path EXAMPLES = Path.of("/usr/share/systemtap/examples");

  /** The version of the packaged SystemTap, which {@code systemtap_v} is compared to. */
  private static final String VERSION = "4.8";

  /** Examples want arguments of many kinds: one of these lists must do. */
  public static final List<List<String>> ARGUMENTS =
      List.of(
          List.of(),
          List.of("1", "2", "3", "4", "5"),
          List.of("begin"),
          List.of("begin", "1", "2", "3"),
          List.of("begin", "end", "foo"),
          List.of("\"a\"", "\"b\"", "\"c\"", "1"),
          List.of("\"a\"", "1", "2", "3"),
          List.of("begin", "1", "begin", "begin"),
          List.of("begin", "begin", "1", "begin"),
          List.of("1", "begin", "begin", "1"),
          List.of("\"a\"", "begin", "1"));

  /** Facts that are nobody's own. */
  static final ParseOptions.Conditions ANY_MACHINE =
      new ParseOptions.Conditions(
          "6.1.0", "6.1.0-1-amd64", "x86_64", VERSION, true, name -> "", "kernel", "stapdev");

  private PackagedScripts() {}

  /** The scripts of at most so many bytes that our parser accepts, by file. */
  static Map<Path, Subject> accepted(int longest, ParseOptions options) throws IOException {
    Map<Path, Subject> scripts = new TreeMap<>();
    for (Path file : files(TAPSET, ".stp")) {
      Subject subject = new Subject(text(file), true, List.of());
      if (Files.size(file) <= longest && isScript(subject, options)) {
        scripts.put(file, subject);
      }
    }
    for (Path file : files(EXAMPLES, ".stp")) {
      if (Files.size(file) <= longest) {
        example(text(file), options).ifPresent(subject -> scripts.put(file, subject));
      }
    }
    return scripts;
  }

  private static Optional<Subject> example(String text, ParseOptions options) {
    return Stream.of(false, true)
        .flatMap(
            isGuru -> ARGUMENTS.stream().map(arguments -> new Subject(text, isGuru, arguments)))
        .filter(subject -> isScript(subject, options))
        .findFirst();
  }

  private static boolean isScript(Subject subject, ParseOptions options) {
    ParseResult result = parse(subject, options);
    return result.diagnostics().stream().noneMatch(Diagnostic::isError)
        && !result.script().declarations().isEmpty();
  }

  /** Copies the macro files that SystemTap reads for the kernel run time. */
  static void copyMacros(Path directory) throws IOException {
    for (Path file : macroFiles()) {
      Path copy = directory.resolve(TAPSET.relativize(file).toString());
      Files.createDirectories(copy.toAbsolutePath().getParent());
      Files.write(copy, Files.readAllBytes(file));
    }
  }

  private static List<Path> macroFiles() throws IOException {
    return files(TAPSET, ".stpm").stream()
        .filter(
            file -> {
              Path relative = TAPSET.relativize(file);
              return relative.getNameCount() == 1 || relative.startsWith("linux");
            })
        .toList();
  }

  /** What our parser needs to be asked the same, with some facts. */
  static ParseOptions options(ParseOptions.Conditions facts) throws IOException {
    ParseOptions options = new ParseOptions(List.of(), true, facts);
    List<SourceText> sources = new ArrayList<>();
    for (Path file : macroFiles()) {
      sources.add(
          SourceText.ofBytes("tapset/" + TAPSET.relativize(file), Files.readAllBytes(file)));
    }
    return options.withMacros(MacroLibrary.read(sources, options));
  }

  /** The facts of this machine, as SystemTap asks for them. */
  static ParseOptions.Conditions thisMachine() throws IOException {
    String release = Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip();
    Map<String, String> configuration =
        configuration(Path.of("/lib/modules", release, "build/.config"));
    int hyphen = release.indexOf('-');
    return new ParseOptions.Conditions(
        hyphen < 0 ? release : release.substring(0, hyphen),
        release,
        System.getProperty("os.arch").replace("amd64", "x86_64"),
        VERSION,
        true,
        name -> configuration.getOrDefault(name, ""),
        "kernel",
        "stapdev");
  }

  private static Map<String, String> configuration(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("CONFIG_") && line.contains("="))
          .collect(
              Collectors.toMap(
                  line -> line.substring(0, line.indexOf('=')),
                  line -> line.substring(line.indexOf('=') + 1),
                  (first, last) -> last));
    }
  }

  /** What our parser says of a script. */
  static Answer answer(Subject subject, ParseOptions options) {
    ParseResult result = parse(subject, options);
    List<Diagnostic> errors = result.diagnostics().stream().filter(Diagnostic::isError).toList();
    return errors.isEmpty()
        ? new Answer(true, "", "")
        : Answer.of(
            false,
            // Bytes as characters, as the packaged program's output is read.
            new String(
                ByteText.toBytes(new DiagnosticPrinter().print(errors.getFirst())),
                StandardCharsets.ISO_8859_1));
  }

  /** The tree of a script. */
  static ParseResult parse(Subject subject, ParseOptions options) {
    ParseOptions.Conditions facts = options.conditions();
    ParseOptions.Conditions conditions =
        new ParseOptions.Conditions(
            facts.kernelVersion(),
            facts.kernelRelease(),
            facts.architecture(),
            facts.languageVersion(),
            subject.isGuru(),
            facts.configuration(),
            facts.runtime(),
            facts.privilege());
    return ScriptParser.parse(
        SourceText.ofBytes("x.stp", subject.bytes()),
        new ParseOptions(subject.arguments(), subject.isGuru(), conditions, options.macros()));
  }

  private static List<Path> files(Path directory, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }
}
