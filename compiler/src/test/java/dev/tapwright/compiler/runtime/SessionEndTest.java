package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How sessions end: by {@code exit()}, with the command of {@code -c}; and what they count then.
 */
@Timeout(120)
class SessionEndTest {
  @TempDir Path directory;

  @Test
  void beginsNoHandlerAfterExit() {
    Needs.privilege();
    SessionRun run =
        Placements.ofScript(
            """
            global isOver, later
            probe kernel.trace("sched_switch") {
              if (cpu()) next
              later += isOver
              isOver = 1
              exit()
            }
            probe kernel.trace("sched_switch") { later += isOver && !cpu() }
            probe end { println("later: ", later) }
            """);
    assertThat(run).isEqualTo(new SessionRun(0, "later: 0\n", ""));
  }

  /** The error's event reaches the session later, but nothing is done meanwhile. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "n++; a[n] = 1",
        "n++; if (n == 4) error(\"enough\")",
        "n++; if (n == 4) error(execname())",
        "n++; if (10 / (4 - n) < 0) next",
        "if (n++ == 3) while (1) sum++",
      })
  void beginsNoHandlerAfterAnError(String body) throws Exception {
    Needs.privilege();
    SessionRun run =
        SessionRun.withCommand(
            Placements.objectOf(
                """
                global n, a[3], sum, later
                probe kernel.trace("sys_enter") { if (pid() == target()) { %s } }
                probe kernel.trace("sys_exit") { if (pid() == target() && n >= 4) later++ }
                probe error { println(n, " ", later) }
                """
                    .formatted(body)),
            "ls /");
    assertThat(run.output()).endsWith("4 0\n");
    assertThat(run.messages()).startsWith("ERROR: ").contains("Number of errors: 1,");
  }

  @Test
  void startsCommandsThatHandlersInTheKernelAskFor() throws Exception {
    Needs.privilege();
    Path written = directory.resolve("written");
    SessionRun run =
        Placements.ofScript(
            """
            global n
            probe kernel.trace("sched_switch") {
              if (n++ == 0) system("echo '" . sprint(n) . pn() . "' > %s.new; mv %s.new %s")
              exit()
            }
            """
                .formatted(written, written, written));
    assertThat(run).isEqualTo(new SessionRun(0, "", ""));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.exists(written) && System.nanoTime() - deadline < 0) {
      Thread.onSpinWait();
    }
    assertThat(written).hasContent("1kernel.trace(\"sched:sched_switch\")");
  }

  /** The names of a handler's probe, and what both placements ask the kernel. */
  @Test
  void tellsWhatAHandlerIsCalledInTheScript() {
    Needs.privilege();
    SessionRun run =
        Placements.ofScript(
            """
            global n
            function told(where:string) {
              now = jiffies()
              return sprintf("%s: %s %s %s %d %d", where, pn(), ppfunc(), probemod(),
                task_tid(task_current()) == tid(), now > 1000)
            }
            probe scheduler.cpu_of* { if (n++ == 0) println(told("kernel")); exit() }
            probe end { println(told("user")) }
            """);
    assertThat(run)
        .isEqualTo(
            new SessionRun(0, "kernel: scheduler.cpu_off  kernel 1 1\nuser: end   1 1\n", ""));
  }

  @Test
  void tellsTheCommandToEnd() throws Exception {
    Needs.privilege();
    Path told = directory.resolve("told");
    // A process that the command starts tells that it is ready to be told.
    String script = "trap \"echo > %s; exit 0\" TERM; while :; do sleep 1; done".formatted(told);
    SessionRun run =
        SessionRun.withCommand(
            Placements.objectOf(
                "probe kernel.trace(\"sched_process_fork\") { if (pid() == target()) exit() }"),
            "sh -c '%s'".formatted(script));
    assertThat(run).isEqualTo(new SessionRun(0, "", ""));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.exists(told) && System.nanoTime() - deadline < 0) {
      Thread.onSpinWait();
    }
    assertThat(told).exists();
  }

  /** Reading a bad address is a fault of a page, and a handler of such faults never nests. */
  @Test
  void countsHandlersThatWouldHaveInterruptedThemselves() {
    Needs.privilege();
    assumeTrue(Architecture.current().equals(Optional.of(Architecture.X86_64)), "needs x86-64");
    SessionRun run =
        Placements.ofScript(
            """
            global faults, switches
            function fault() { try { println(kernel_long(-4096)) } catch { } }
            probe kernel.trace("page_fault_kernel") { faults++; fault() }
            probe kernel.trace("sched_switch") { if (switches++ == 0) fault(); else exit() }
            probe end { println("faults: ", faults > 0) }
            """);
    assertThat(run.output()).isEqualTo("faults: 1\n");
    assertThat(run.messages()).matches("WARNING: Number of errors: 0, skipped probes: [1-9]\\d*");
    assertThat(run.status()).isZero();
  }
}
