package dev.tapwright.compiler.cli;

import dev.tapwright.compiler.cli.StapOptions.Information;
import dev.tapwright.compiler.cli.StapOptions.Listing;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.driver.DiagnosticPages;
import dev.tapwright.compiler.probe.ProbeFamilies;
import dev.tapwright.compiler.probe.ProbeFamily.ResolutionContext;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.syntax.ByteText;
import dev.tapwright.syntax.DeepStack;
import dev.tapwright.syntax.ParseResult;
import dev.tapwright.syntax.SourceText;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code stap}: takes a script through the passes, as SystemTap numbers them, prints what each is
 * asked for, and runs it.
 *
 * <p>Exit status 0, or 1 after any error.
 */
public final class StapCommand {
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  StapCommand(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /** The program. */
  public static void main(String[] arguments) {
    PrintStream out = StandardStreams.output();
    PrintStream err = StandardStreams.error();
    int status = run(List.of(arguments), System.in, out, err);
    out.flush();
    err.flush();
    System.exit(status);
  }

  /** Runs the command on other streams and gives its exit status. */
  public static int run(List<String> arguments, InputStream in, PrintStream out, PrintStream err) {
    return DeepStack.call(() -> new StapCommand(in, out, err).run(arguments));
  }

  private int run(List<String> arguments) {
    Optional<StapOptions> parsed = StapOptionReader.read(arguments, err);
    if (parsed.isEmpty()) {
      return 1;
    }
    StapOptions options = parsed.get();
    return options
        .information
        .map(information -> inform(information, options))
        .orElseGet(
            () ->
                target(options)
                    .map(target -> run(options, TracedTarget.of(target, options)))
                    .orElse(1));
  }

  private int inform(Information information, StapOptions options) {
    switch (information) {
      case HELP -> StapOptions.printHelp(out);
      case VERSION -> out.println(Version.text("stap"));
      case EXPLANATION -> {
        String code = options.positional.isEmpty() ? "" : options.positional.getFirst();
        return Explanation.print(code, DiagnosticPages.installed(), out, err);
      }
      case LANGUAGE_SERVER -> {
        return serveEditors();
      }
    }
    return 0;
  }

  private int run(StapOptions options, Target target) {
    if (options.listing.isPresent()) {
      return list(options.listing.get(), options, target);
    }
    if (options.isCheck) {
      return check(options, target);
    }
    return ScriptSource.read(options, in, err)
        .map(
            script ->
                new Passes(options, driver(options, script.arguments(), target), out, err)
                    .run(script.text()))
        .orElse(1);
  }

  private int list(Listing listing, StapOptions options, Target target) {
    options.unoptimized = true;
    CompilerDriver driver = driver(options, options.positional, target);
    List<String> lines =
        switch (listing) {
          case PROBE_TYPES -> Dump.probeTypes();
          case PROBE_ALIASES -> new Dump(driver).probeAliases();
          case FUNCTIONS -> new Dump(driver).functions();
          case PROBES, PROBES_WITH_VARIABLES -> probes(listing, options, driver, target);
        };
    lines.forEach(line -> out.writeBytes(ByteText.toBytes(line + "\n")));
    return lines.isEmpty() ? 1 : 0;
  }

  /** What is wrong with the pattern itself is said; that nothing matches is not. */
  private List<String> probes(
      Listing listing, StapOptions options, CompilerDriver driver, Target target) {
    SourceText pattern = new SourceText(ScriptSource.INPUT, "probe " + options.pattern + " {}");
    ParseResult parsed = driver.parse(pattern);
    if (!new DiagnosticOutput(err, options.choice()).print(parsed.diagnostics())) {
      return List.of();
    }
    ResolutionContext context = ProbeFamilies.context(target, Path.of("").toAbsolutePath());
    boolean hasVariables = listing == Listing.PROBES_WITH_VARIABLES;
    return new ProbeListing(driver, context, hasVariables && options.verbosity > 0)
        .list(parsed.script(), hasVariables);
  }

  private int check(StapOptions options, Target target) {
    List<SourceText> scripts = new ArrayList<>();
    List<String> files = options.script.isPresent() ? List.of() : options.positional;
    options.script.ifPresent(text -> scripts.add(new SourceText(ScriptSource.INPUT, text)));
    files.forEach(file -> ScriptSource.file(file, in, err).ifPresent(scripts::add));
    boolean isComplete = options.script.isPresent() || scripts.size() == files.size();
    List<String> arguments = options.script.isPresent() ? options.positional : List.of();
    CompilerDriver driver = driver(options, arguments, target);
    boolean isFlawless = new Check(driver, options.choice(), options.isJson, out).run(scripts);
    return isComplete && isFlawless ? 0 : 1;
  }

  private static CompilerDriver driver(StapOptions options, List<String> arguments, Target target) {
    CompilerSettings settings =
        new CompilerSettings(
            arguments,
            options.guru,
            options.tapsetDirectories,
            options.limits,
            additionalScripts(options),
            Path.of("").toAbsolutePath(),
            !options.unoptimized,
            options.skipsBadVariables,
            options.languageVersion);
    return new CompilerDriver(settings, target);
  }

  private static List<SourceText> additionalScripts(StapOptions options) {
    Stream<SourceText> given =
        IntStream.range(0, options.additionalScripts.size())
            .mapToObj(
                i -> new SourceText("<input" + (i + 1) + ">", options.additionalScripts.get(i)));
    Stream<SourceText> timeLimit =
        options.timeLimit.stream()
            .map(
                seconds ->
                    new SourceText(
                        ScriptSource.TIME_LIMIT,
                        "probe timer.ms(" + 1000 * seconds + ") { exit() }\n"));
    return Stream.concat(given, timeLimit).toList();
  }

  private int serveEditors() {
    Optional<LanguageServerLauncher> launcher =
        ServiceLoader.load(LanguageServerLauncher.class).findFirst();
    if (launcher.isEmpty()) {
      err.println("stap: the language server is not part of this installation");
      return 1;
    }
    return launcher.get().serve();
  }

  private Optional<Target> target(StapOptions options) {
    if (options.bpfKernel.equals("host")) {
      return Optional.of(LiveTarget.open());
    }
    Optional<KernelVersion> version = KernelVersion.parse(options.bpfKernel);
    if (version.isEmpty()) {
      err.println(
          "stap: --bpf-kernel takes 'host' or a kernel version such as 4.14, not '"
              + options.bpfKernel
              + "'");
    }
    return version.map(KernelProfile::ofVersion).map(LiveTarget::open);
  }
}
