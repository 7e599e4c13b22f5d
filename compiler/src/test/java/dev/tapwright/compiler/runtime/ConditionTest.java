package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Conditions arm and disarm probes of the kernel, whoever switches them. */
class ConditionTest {
  /** What counts after it was switched off was on its way then, which is rare. */
  @Test
  void stopsCountingAtOnce() {
    Needs.privilege();
    SessionRun run =
        Placements.ofScript(
            """
            global on, armed, n, m, late, flips, waits
            probe kernel.trace("sys_enter") if (on) { n++ }
            probe kernel.trace("sys_exit") if (armed) { m++ }
            probe kernel.trace("sched_switch") { armed = on }
            probe timer.ms(2) {
              on = 0
              before = n
              for (i = 0; i < 300; i++) waits += i
              if (n != before) late++
              on = 1
              if (++flips == 200) exit()
            }
            probe end { println(flips, n > 0, m > 0, late < 10) }
            """);
    assertThat(run.messages()).isEmpty();
    assertThat(run.output()).isEqualTo("200111\n");
  }

  /** What they read may be anywhere, and be no address at all. */
  @Test
  void readTheKernelsMemory() {
    Needs.privilege();
    SessionRun run =
        Placements.ofScript(
            """
            global task, n
            probe kernel.trace("sys_enter") { task = task_current() }
            probe kernel.trace("sched_switch") if (task && @kderef(4, task) >= @enum("PIDTYPE_PID")) { n++ }
            probe timer.ms(2) if (n > 3) { println("read") exit() }
            """);
    assertThat(run.messages()).isEmpty();
    assertThat(run.output()).isEqualTo("read\n");
  }
}
