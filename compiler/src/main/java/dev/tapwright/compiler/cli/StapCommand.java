package dev.tapwright.compiler.cli;

import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.syntax.SourceText;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
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
    int status = new StapCommand(System.in, out, err).run(List.of(arguments));
    out.flush();
    err.flush();
    System.exit(status);
  }

  /** Runs the command on other streams and gives its exit status. */
  public static int run(List<String> arguments, InputStream in, PrintStream out, PrintStream err) {
    return new StapCommand(in, out, err).run(arguments);
  }

  /** Runs the command and gives its exit status. */
  int run(List<String> arguments) {
    Optional<StapOptions> parsed = StapOptions.parse(arguments, err);
    if (parsed.isEmpty()) {
      return 1;
    }
    StapOptions options = parsed.get();
    if (options.help) {
      StapOptions.printHelp(out);
      return 0;
    }
    if (options.version) {
      out.println(Version.text("stap"));
      return 0;
    }
    if (options.languageServer) {
      return serveEditors();
    }
    return target(options)
        .flatMap(
            target ->
                ScriptSource.read(options, in, err).map(script -> run(options, target, script)))
        .orElse(1);
  }

  private int run(StapOptions options, Target target, ScriptSource script) {
    CompilerSettings settings =
        new CompilerSettings(
            script.arguments(),
            options.guru,
            options.tapsetDirectories,
            options.limits,
            additionalScripts(options),
            Path.of("").toAbsolutePath());
    return new Passes(options, new CompilerDriver(settings, target), out, err).run(script.text());
  }

  private static List<SourceText> additionalScripts(StapOptions options) {
    Stream<SourceText> given =
        options.additionalScripts.stream().map(text -> new SourceText(ScriptSource.INPUT, text));
    Stream<SourceText> timeLimit =
        options.timeLimit.stream()
            .map(seconds -> new SourceText("<-T>", "probe timer.s(" + seconds + ") { exit() }\n"));
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
