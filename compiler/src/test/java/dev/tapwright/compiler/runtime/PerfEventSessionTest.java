package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.syntax.SourceText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples of performance events that the kernel itself counts, so that every machine has them. */
@Timeout(60)
class PerfEventSessionTest {
  /** A program that touches 64 pages of memory for the first time, on one processor. */
  private static final String FAULTS =
      """
      #define _GNU_SOURCE
      #include <sched.h>
      #include <stdlib.h>
      __attribute__((noinline)) void touch(volatile char *p) {
        for (int i = 0; i < 64; i++) p[i * 4096] = 1;
      }
      int main(void) {
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(sched_getcpu(), &one);
        sched_setaffinity(0, sizeof one, &one);
        touch(aligned_alloc(4096, 64 * 4096 + (1 << 20)));
        return 0;
      }
      """;

  private static Compilation compile(String script) {
    return CompilerDriver.compile(
        new SourceText("a.stp", script),
        new CompilerSettings(List.of(), true, List.of(), Map.of()),
        LiveTarget.open());
  }

  private static SessionRun run(String script) {
    Needs.privilege();
    Compilation compilation = compile(script);
    assertThat(compilation.diagnostics()).isEmpty();
    return SessionRun.of(compilation.object().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timer.profile",
        "timer.profile.tick",
        "timer.profile.freq.hz(100)",
        "perf.type(1).config(0).sample(1000000)",
        "perf.type(1).config(0).hz(100)"
      })
  void comeAgainAndAgain(String point) {
    SessionRun run =
        run("global n probe " + point + " { if (n++ == 3) { println(\"enough\") exit() } }");
    assertThat(run.messages()).isEmpty();
    assertThat(run.output()).startsWith("enough\n");
  }

  @Test
  void thatTheMachineDoesNotCountAreNamed() {
    SessionRun run = run("probe perf.type(1).config(9999) { exit() }");
    assertThat(run.messages()).contains("this machine does not count event 9999 of type 1");
  }

  @Test
  void haveRegisters() {
    SessionRun run =
        run(
            "probe perf.type(1).config(0).hz(100) { println(@kregister(16) == u_register(\"rip\"), @uregister(7) != 0) exit() }");
    assertThat(run.messages()).isEmpty();
    assertThat(run.output()).startsWith("11\n");
  }

  /**
   * Each processor changes tasks once from one such change to the next, but where a handler was
   * skipped.
   */
  @Test
  void countForWhoAsks() {
    SessionRun run =
        run(
            """
            probe perf.sw.context_switches.counter("switches") {}
            probe perf.type(1).config(0).counter("clock") { println("never") }
            global between, before
            function switches() { return @perf("switches") }
            probe kernel.trace("sched_switch") {
              now = switches()
              if (cpu() in before) between <<< now - before[cpu()]
              before[cpu()] = now
              if (@count(between) == 30) { println(@min(between), @avg(between), @perf("clock") > 0) exit() }
            }
            """);
    assertThat(run.messages()).isEmpty();
    assertThat(run.output()).startsWith("111\n");
  }

  @Test
  void countBetweenEntryAndReturn(@TempDir Path directory) throws Exception {
    Needs.privilege();
    Path program = Needs.program(directory, FAULTS);
    Compilation compilation =
        compile(
            """
            probe perf.sw.page_faults.counter("faults") {}
            probe process("%s").function("touch").return {
              n = @perf("faults") - @entry(@perf("faults"))
              println(n >= 64 && n < 100000)
            }
            """
                .formatted(program));
    assertThat(compilation.diagnostics()).isEmpty();
    SessionRun run = SessionRun.withCommand(compilation.object().orElseThrow(), program.toString());
    assertThat(run.output()).isEqualTo("1\n");
  }

  @Test
  void countersThatTheMachineDoesNotHaveAreNamed() {
    SessionRun run =
        run(
            "probe perf.type(1).config(9999).counter(\"x\") {} probe kernel.trace(\"sched_switch\") { println(@perf(\"x\")) }");
    assertThat(run.messages()).contains("this machine does not count event 9999 of type 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "probe perf.type(1).config(0).counter(\"y\") {} | there is no counter 'x'",
        "probe perf.type(1).{config(0),config(1)}.counter(\"x\") {} | there are 2 counters 'x'",
        "probe perf.type(1).config(0).process(\"/bin/sh\").counter(\"x\") {} | counter 'x' counts for the processes of one program, which BPF cannot read",
      })
  void countersThatCannotBeReadAreRefused(String counters, String message) {
    assertThat(
            compile(counters + " probe kernel.trace(\"sched_switch\") { println(@perf(\"x\")) }")
                .diagnostics())
        .singleElement()
        .satisfies(found -> assertThat(found.message()).isEqualTo(message));
  }
}
