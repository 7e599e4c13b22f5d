package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.syntax.SourceText;
import java.util.List;

/**
 * Runs the same handler in the kernel, at a tracepoint that is always passing, and in user space.
 */
final class Placements {
  private static final String KERNEL =
      "probe kernel.trace(\"sched_switch\") { if (times_run++ > 0) next\n";
  private static final String USER = "probe begin { if (times_run++ > 0) next\n";

  private Placements() {}

  /** What it printed and complained of in user space. */
  static SessionRun inUserSpace(String declarations, String body) {
    return run(compile(declarations, USER, body, LiveTarget.open()));
  }

  /** What it printed and complained of in the kernel, compiled for a version. */
  static SessionRun inKernel(String declarations, String body, String version) {
    KernelProfile profile = KernelProfile.ofVersion(KernelVersion.parse(version).orElseThrow());
    return run(compile(declarations, KERNEL, body, LiveTarget.open(profile)));
  }

  private static BpfObject compile(
      String declarations, String probe, String body, LiveTarget target) {
    String script = "global times_run\n%s%n%s%s%nexit() }%n".formatted(declarations, probe, body);
    Compilation compilation =
        CompilerDriver.compile(
            new SourceText("a.stp", script), CompilerSettings.defaults(), target);
    assertThat(compilation.object()).as("%s%n%s", script, compilation.diagnostics()).isPresent();
    return compilation.object().orElseThrow();
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
