package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.AnalysisInput;
import dev.tapwright.compiler.analysis.AnalysisResult;
import dev.tapwright.compiler.analysis.Analyzer;
import dev.tapwright.compiler.target.FixedTarget;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.syntax.ParseOptions;
import dev.tapwright.syntax.ParseResult;
import dev.tapwright.syntax.ScriptParser;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs the user-placed handlers of a script, in their order, inside the test. */
final class ScriptRunner {
  private static final ParseOptions OPTIONS =
      new ParseOptions(
          List.of(),
          false,
          new ParseOptions.Conditions("6.1.0", "6.1.0", "x86_64", "5.6", false, name -> ""));

  private ScriptRunner() {}

  /**
   * What came of a script.
   *
   * @param errors of compilation; if there are any, nothing ran
   * @param faults of handlers, as text
   */
  record Run(String output, List<String> errors, List<String> faults, TestHost host) {}

  /** Runs a script with SystemTap's own limits. */
  static Run run(String script) {
    return run(script, Map.of());
  }

  /** Runs a script. */
  static Run run(String script, Map<String, Long> settings) {
    List<String> errors = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    TestHost host = new TestHost();
    Optional<UserProgram> program = compile(script, settings, errors);
    if (program.isPresent()) {
      UserMachine machine;
      try {
        machine = UserMachine.create(program.get(), host, Map.of());
      } catch (DamagedProgramException damage) {
        throw new AssertionError(damage);
      }
      for (int i = 0; i < machine.handlers(); i++) {
        machine.run(i).ifPresent(fault -> faults.add(fault.text()));
      }
    }
    return new Run(host.output(), errors, faults, host);
  }

  /** Compiles a script; what is wrong goes to the list. */
  static Optional<UserProgram> compile(
      String script, Map<String, Long> settings, List<String> errors) {
    ParseResult parsed = ScriptParser.parse(new SourceText("test.stp", script), OPTIONS);
    note(parsed.diagnostics(), errors);
    AnalysisResult analysis =
        Analyzer.analyze(
            parsed.script(),
            AnalysisInput.of(FixedTarget.of(KernelProfile.ofVersion(KernelVersion.of(6, 1)))));
    note(analysis.diagnostics(), errors);
    if (!errors.isEmpty() || analysis.program().isEmpty()) {
      return Optional.empty();
    }
    UserCompilation compilation =
        UserCompiler.compile(
            analysis.program().get(),
            Set.of(),
            settings,
            KernelProfile.ofVersion(KernelVersion.parse("6.18").orElseThrow()));
    note(compilation.diagnostics(), errors);
    return compilation.program();
  }

  private static void note(List<Diagnostic> diagnostics, List<String> errors) {
    diagnostics.stream()
        .filter(Diagnostic::isError)
        .forEach(error -> errors.add(error.span() + ": " + error.message()));
  }
}
