package dev.tapwright.compiler.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.analysis.AnalysisInput;
import dev.tapwright.compiler.analysis.AnalysisResult;
import dev.tapwright.compiler.analysis.Analyzer;
import dev.tapwright.compiler.analysis.Program;
import dev.tapwright.compiler.analysis.TapsetLibrary;
import dev.tapwright.compiler.target.FixedTarget;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.compiler.target.Tracepoints.Tracepoint;
import dev.tapwright.syntax.ParseOptions;
import dev.tapwright.syntax.ScriptParser;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Scripts for a machine with one tracepoint. */
final class KernelScripts {
  private KernelScripts() {}

  /** The profile of a kernel version. */
  static KernelProfile profile(String version) {
    return KernelProfile.ofVersion(KernelVersion.parse(version).orElseThrow());
  }

  /** Analyses a script that must be right. */
  static Program analyze(String script) {
    return analyze(script, true);
  }

  /** Analyses a script that must be right, and leaves it as it is written. */
  static Program analyzeAsWritten(String script) {
    return analyze(script, false);
  }

  private static Program analyze(String script, boolean isOptimized) {
    FixedTarget target =
        new FixedTarget(
            profile("6.18"),
            List.of(),
            OptionalLong.empty(),
            List.of(),
            List.of(),
            List.of(new Tracepoint("sched", "sched_switch")),
            List.of());
    ParseOptions.Conditions conditions =
        new ParseOptions.Conditions("6.18", "6.18", "x86_64", "5.6", false, _ -> "");
    var parsed =
        ScriptParser.parse(
            new SourceText("a.stp", script), new ParseOptions(List.of(), false, conditions));
    assertThat(parsed.diagnostics()).filteredOn(Diagnostic::isError).isEmpty();
    AnalysisResult result =
        Analyzer.analyze(
            parsed.script(),
            new AnalysisInput(target, Path.of(""), TapsetLibrary.NONE, isOptimized, false, false));
    assertThat(result.diagnostics()).filteredOn(Diagnostic::isError).isEmpty();
    return result.program().orElseThrow();
  }

  /** Compiles a script for a kernel version. */
  static KernelCompilation compile(String script, String version) {
    return KernelCompiler.compile(
        analyze(script), profile(version), KernelCompilerOptions.defaults(), Optional.empty());
  }
}
