package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.bpf.KernelDiagnostics;
import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the same handler in the kernel, at a tracepoint that is always passing, and in user space.
 */
final class Placements {
  private static final String KERNEL =
      "probe kernel.trace(\"sched_switch\") { if (times_run++ > 0) { if (times_run > 20) exit(); next }\n";
  private static final String USER = "probe begin { if (times_run++ > 0) next\n";

  /**
   * In guru mode, and with strings such that one and a number make a key that Linux 5.10 has room
   * for.
   */
  static final CompilerSettings SETTINGS =
      new CompilerSettings(List.of(), true, List.of(), Map.of("MAXSTRINGLEN", 504L));

  private Placements() {}

  /** What it printed and complained of in user space. */
  static SessionRun inUserSpace(String declarations, String body) {
    Compilation compilation = compile(declarations, USER, body, LiveTarget.open());
    assertThat(compilation.object()).as("%s", compilation.diagnostics()).isPresent();
    return run(compilation.object().orElseThrow());
  }

  /**
   * What it printed and complained of in the kernel, compiled for a version; empty when the
   * compiler says that the version cannot go through its loops.
   */
  static Optional<SessionRun> inKernel(String declarations, String body, String version) {
    KernelProfile profile = KernelProfile.ofVersion(KernelVersion.parse(version).orElseThrow());
    Compilation compilation = compile(declarations, KERNEL, body, LiveTarget.open(profile));
    assertThat(compilation.diagnostics())
        .filteredOn(Diagnostic::isError)
        .allMatch(diagnostic -> diagnostic.code().equals(KernelDiagnostics.LOOP));
    return compilation.object().map(Placements::run);
  }

  /** What it printed and complained of in this kernel. */
  static SessionRun inKernel(String declarations, String body) {
    Compilation compilation = compile(declarations, KERNEL, body, LiveTarget.open());
    assertThat(compilation.object()).as("%s", compilation.diagnostics()).isPresent();
    return run(compilation.object().orElseThrow());
  }

  /** Why it cannot run in this kernel: errors of a restriction of BPF. */
  static List<Diagnostic> refusals(String declarations, String body) {
    List<Diagnostic> errors =
        compile(declarations, KERNEL, body, LiveTarget.open()).diagnostics().stream()
            .filter(Diagnostic::isError)
            .toList();
    assertThat(errors).allMatch(error -> error.code().name().startsWith("bpf-"));
    return errors;
  }

  /** What a whole script printed and complained of. */
  static SessionRun ofScript(String script) {
    return run(objectOf(script));
  }

  /** A whole script, compiled. */
  static BpfObject objectOf(String script) {
    Compilation compilation = compile(script, LiveTarget.open());
    assertThat(compilation.object()).as("%s", compilation.diagnostics()).isPresent();
    return compilation.object().orElseThrow();
  }

  private static Compilation compile(
      String declarations, String probe, String body, LiveTarget target) {
    return compile(
        "global times_run\n%s%n%s%s%nexit() }%n".formatted(declarations, probe, body), target);
  }

  private static Compilation compile(String script, LiveTarget target) {
    return CompilerDriver.compile(new SourceText("a.stp", script), SETTINGS, target);
  }

  private static SessionRun run(BpfObject object) {
    SessionRun run = SessionRun.of(object);
    List<String> lines = run.messages().lines().map(Placements::withoutPlace).toList();
    return new SessionRun(run.status(), run.output(), String.join("\n", lines));
  }

  /** The bodies stand on other lines' other columns: no place is compared. */
  private static String withoutPlace(String line) {
    return line.replaceAll(" near .*", "").replaceAll(" at a\\.stp:\\d+:\\d+.*", "");
  }
}
