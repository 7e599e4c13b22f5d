package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.syntax.SourceText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers in user space read the kernel's memory as kernel handlers do. */
class KernelMemoryTest {
  private static final String TASK = "@cast(task, \"task_struct\")";

  /** A kernel handler keeps what it reads of this process, and a timer reads it again. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "TASK->tgid",
        "TASK->parent->tgid",
        "TASK->static_prio - 1000",
        "TASK->sched_reset_on_fork",
        "TASK->comm[2]",
        "&TASK->comm",
        "TASK->signal->group_exit_code",
        "TASK->cpus_mask->bits[0]",
        "kernel_int(&TASK->tgid)",
        "kernel_long(&TASK->tgid) & 0xffffffff",
        "kernel_char(TASK->comm)",
        "@kderef(4, &TASK->tgid)",
        "@enumname(TASK->tgid % 6 - 1, \"pid_type\")",
        "@enumname(TASK->tgid * 0 + 1, \"enum pid_type\")",
        "kernel_string(TASK->comm)",
        "kernel_string_n(TASK->comm, 3)",
        "kernel_string_n(TASK->comm, 0)",
        "TASK->comm$",
        "sprintf(\"%.4m|%8.*M|%-6.2m|%M\", TASK->comm, 2, TASK->comm, TASK->comm, TASK->comm)",
      })
  void readsWhatKernelHandlersRead(String expression) {
    Needs.privilege();
    SessionRun run =
        Placements.ofScript(
            """
            global own, task, kept
            probe begin { own = pid() }
            probe kernel.trace("sys_enter") { if (pid() == own && !task) { task = task_current(); kept = (VALUE) } }
            probe timer.ms(20) { if (task) { println(kept == (VALUE), " ", kept); exit() } }
            """
                .replace("VALUE", expression)
                .replace("TASK", TASK));
    assertThat(run.messages()).isEmpty();
    assertThat(run.output()).startsWith("1 ");
  }

  @Test
  void raisesFaultsOfBadAddresses() {
    Needs.privilege();
    SessionRun run =
        Placements.ofScript(
            """
            probe begin {
              try { println(kernel_string(4096)) } catch (m) { println(m) }
              try { println(kernel_long(-8)) } catch (m) { println(m) }
              println(@cast(16, "task_struct")->pid)
            }
            """);
    assertThat(run.output())
        .isEqualTo(
            "kernel read fault at 0x0000000000001000 (addr)\nkernel read fault at 0xfffffffffffffff8 (addr)\n");
    assertThat(run.messages()).startsWith("ERROR: kernel read fault at 0x").contains(" (addr)");
  }

  /** Names of enumerations are no longer than strings may be, in either placement. */
  @Test
  void cutsLongNames() {
    Needs.privilege();
    Compilation compilation =
        CompilerDriver.compile(
            new SourceText(
                "a.stp",
                """
                global n
                probe begin { println(@enumname(n, "pid_type")) }
                probe kernel.trace("sched_switch") { println(@enumname(n, "pid_type")) exit() }
                probe end { n++ }
                """),
            new CompilerSettings(List.of(), false, List.of(), Map.of("MAXSTRINGLEN", 9L)),
            LiveTarget.open());
    assertThat(compilation.diagnostics()).isEmpty();
    SessionRun run = SessionRun.of(compilation.object().orElseThrow());
    assertThat(run.messages()).isEmpty();
    assertThat(run.output()).startsWith("PIDTYPE_\nPIDTYPE_\n");
  }
}
