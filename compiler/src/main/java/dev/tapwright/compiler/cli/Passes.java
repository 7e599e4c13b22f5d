package dev.tapwright.compiler.cli;

import dev.tapwright.compiler.analysis.AnalysisResult;
import dev.tapwright.compiler.analysis.Program;
import dev.tapwright.compiler.analysis.SemanticSummaryPrinter;
import dev.tapwright.compiler.driver.CodeResult;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.compiler.object.ElfObjectWriter;
import dev.tapwright.compiler.runtime.Session;
import dev.tapwright.compiler.runtime.SessionOptions;
import dev.tapwright.syntax.ByteText;
import dev.tapwright.syntax.ParseResult;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.print.ScriptPrinter;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Script;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One script's way through the passes of {@code stap}: each gives what the next needs, or ends the
 * run with a message.
 */
final class Passes {
  private final StapOptions options;
  private final CompilerDriver driver;
  private final PrintStream out;
  private final PrintStream err;
  private final PassReport report;
  private final DiagnosticOutput diagnostics;
  private Set<Integer> usedArguments = Set.of();

  Passes(StapOptions options, CompilerDriver driver, PrintStream out, PrintStream err) {
    this.options = options;
    this.driver = driver;
    this.out = out;
    this.err = err;
    this.report = new PassReport(err);
    this.diagnostics = new DiagnosticOutput(err, options.choice());
  }

  /** Goes through the passes that were asked for, and gives the exit status. */
  int run(SourceText source) {
    Optional<Script> script = parse(source);
    if (script.isEmpty()) {
      return 1;
    }
    if (options.lastPass() == 1) {
      return 0;
    }
    Optional<Program> program = analyze(script.get());
    if (program.isEmpty()) {
      return 1;
    }
    if (options.lastPass() == 2) {
      return 0;
    }
    skipTranslation();
    if (options.lastPass() == 3) {
      return 0;
    }
    if (options.isDump) {
      return dump(source, program.get());
    }
    Optional<BpfObject> object = compile(source, program.get());
    if (object.isEmpty()) {
      return 1;
    }
    return options.lastPass() == 4 ? 0 : runSession(object.get());
  }

  private Optional<Script> parse(SourceText source) {
    report.begin();
    ParseResult result = driver.parse(source);
    if (!diagnostics.print(result.diagnostics())) {
      err.println("Pass 1: parse failed.  [man error::pass1]");
      return Optional.empty();
    }
    if (options.verbosity(1) > 0) {
      report.endWithMemory(
          1, "parsed user script and " + driver.libraryFiles() + " library scripts");
    }
    if (options.lastPass() == 1) {
      out.println("# parse tree dump");
      printFiles(source, result.script());
      out.flush();
    }
    usedArguments = result.usedArguments();
    return Optional.of(result.script());
  }

  /** The main script, and behind it the additional ones. */
  private void printFiles(SourceText main, Script script) {
    Map<SourceText, List<Declaration>> files = new LinkedHashMap<>();
    files.put(main, new ArrayList<>());
    for (Declaration declaration : script.declarations()) {
      files
          .computeIfAbsent(declaration.span().source(), file -> new ArrayList<>())
          .add(declaration);
    }
    files.keySet().removeIf(file -> file.name().equals(ScriptSource.TIME_LIMIT));
    files.forEach(
        (file, declarations) -> {
          out.println("# file " + file.name());
          out.writeBytes(
              ByteText.toBytes(ScriptPrinter.print(new Script(script.span(), declarations))));
        });
  }

  private Optional<Program> analyze(Script script) {
    report.begin();
    GlobalValues.Result valued = GlobalValues.in(script, options.globals);
    if (!valued.unused().isEmpty() && !options.suppressWarnings) {
      err.println(
          "WARNING: -G: the script has no scalar global variable "
              + String.join(", ", valued.unused()));
    }
    AnalysisResult result =
        driver.analyze(
            options.suppressErrors ? SuppressedErrors.in(valued.script()) : valued.script());
    boolean isLast = options.lastPass() == 2;
    boolean passed = diagnostics.print(isLast ? untranslated(result) : result.diagnostics());
    warnOfUnusedArguments();
    Optional<Program> analyzed = isLast ? result.summarizedProgram() : result.program();
    if (!passed || analyzed.isEmpty()) {
      err.println("Pass 2: analysis failed.  [man error::pass2]");
      return Optional.empty();
    }
    Program program = analyzed.get();
    if (options.lastPass() == 2) {
      out.print(
          SemanticSummaryPrinter.print(
              program,
              options.isBpfRuntime
                  ? SemanticSummaryPrinter.Runtime.BPF
                  : SemanticSummaryPrinter.Runtime.KERNEL,
              bodies()));
      out.flush();
    }
    if (options.verbosity(2) > 0) {
      report.endWithMemory(
          2,
          "analyzed script: "
              + count(program.probes().size(), "probe")
              + ", "
              + count(program.functions().size(), "function")
              + ", 0 embeds, "
              + count(program.globals().size(), "global"));
    }
    return Optional.of(program);
  }

  private SemanticSummaryPrinter.Bodies bodies() {
    if (options.verbosity(2) == 0) {
      return SemanticSummaryPrinter.Bodies.LEFT_OUT;
    }
    return options.unoptimized
        ? SemanticSummaryPrinter.Bodies.AS_WRITTEN
        : SemanticSummaryPrinter.Bodies.SIMPLIFIED;
  }

  private void warnOfUnusedArguments() {
    if (!options.suppressWarnings) {
      for (int number = 1; number <= driver.arguments(); number++) {
        if (!usedArguments.contains(number)) {
          err.println("WARNING: unused command line option $%d/@%d".formatted(number, number));
        }
      }
    }
  }

  /** What is said where nothing is translated: what then would fail is only warned of. */
  private static List<Diagnostic> untranslated(AnalysisResult result) {
    return result.diagnostics().stream()
        .map(
            diagnostic ->
                result.untranslatable().contains(diagnostic) ? diagnostic.asWarning() : diagnostic)
        .toList();
  }

  private void skipTranslation() {
    report.begin();
    if (options.verbosity(3) > 0) {
      report.end(3, "pass skipped for stapbpf runtime");
    }
  }

  private Optional<BpfObject> compile(SourceText source, Program program) {
    report.begin();
    CodeResult result = driver.generate(source.name(), program);
    if (!diagnostics.print(result.diagnostics()) || result.object().isEmpty()) {
      err.println("Pass 4: compilation failed.  [man error::pass4]");
      return Optional.empty();
    }
    BpfObject object = result.object().get();
    String name = options.moduleName.orElse("stap_" + ProcessHandle.current().pid()) + ".bo";
    try {
      if (options.lastPass() == 4) {
        Files.write(Path.of(name), ElfObjectWriter.write(object));
        out.println(name);
      } else if (options.keepTemporaryDirectory) {
        Path directory = temporaryDirectory();
        Files.write(directory.resolve(name), ElfObjectWriter.write(object));
        err.println("Keeping temporary directory \"" + directory + "\"");
      }
    } catch (IOException failure) {
      err.println("stap: cannot write " + name + ": " + failure.getMessage());
      err.println("Pass 4: compilation failed.  [man error::pass4]");
      return Optional.empty();
    }
    if (options.verbosity(4) > 0) {
      report.end(4, "compiled BPF into \"" + name + "\"");
      result.costs().forEach(err::println);
    }
    return Optional.of(object);
  }

  private int dump(SourceText source, Program program) {
    CodeResult result = driver.generate(source.name(), program);
    if (!diagnostics.print(result.diagnostics()) || result.listing().isEmpty()) {
      err.println("Pass 4: compilation failed.  [man error::pass4]");
      return 1;
    }
    out.print(result.listing().get());
    return 0;
  }

  private Path temporaryDirectory() throws IOException {
    return options.temporaryDirectory.isPresent()
        ? Files.createTempDirectory(options.temporaryDirectory.get(), "stap")
        : Files.createTempDirectory("stap");
  }

  private int runSession(BpfObject object) {
    report.begin();
    if (options.verbosity(5) > 0) {
      err.println("Pass 5: starting run.");
    }
    out.flush();
    err.flush();
    int status =
        Session.run(
            object,
            new SessionOptions(
                object.scriptName(),
                options.verbosity(5),
                options.suppressWarnings,
                options.targetProcess.map(OptionalLong::of).orElse(OptionalLong.empty()),
                options.command,
                options.output));
    if (options.verbosity(5) > 0) {
      report.end(5, "run completed");
    }
    if (status != 0) {
      err.println("Pass 5: run failed.  [man error::pass5]");
    }
    return status;
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
