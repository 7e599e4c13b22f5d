package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * A handler in user space sees an array as under SystemTap's locks, while the kernel writes to it.
 */
class SharedArrayTest {
  /** Each look into the map is a system call, and counts itself. */
  private static final String COUNTS_SYSTEM_CALLS =
      "global n  probe kernel.trace(\"sys_enter\") { n[0]++ }\n";

  @Test
  void staysAsTheLoopSawIt() {
    Needs.privilege();
    SessionRun run =
        Placements.ofScript(
            COUNTS_SYSTEM_CALLS
                + "probe timer.ms(50) { foreach (v = k in n-) println(v == n[k], n[k] == n[k], [*] in n); exit() }");
    assertThat(run.messages()).isEmpty();
    assertThat(run.output()).isEqualTo("111\n");
  }

  @Test
  void isReadAgainAfterAChange() {
    Needs.privilege();
    SessionRun run =
        Placements.ofScript(
            COUNTS_SYSTEM_CALLS
                + "probe timer.ms(50) { foreach (k in n) x = n[k]; n[1] = 5; println(x < n[0], n[1], n[0] < n[0]); exit() }");
    assertThat(run.messages()).isEmpty();
    assertThat(run.output()).isEqualTo("151\n");
  }

  @Test
  void keepsStatisticsAsTheLoopSawThem() {
    Needs.privilege();
    SessionRun run =
        Placements.ofScript(
            "global n  probe kernel.trace(\"sys_enter\") { n[0] <<< 1 }\n"
                + "probe timer.ms(50) { foreach (k in n @count-) x = @count(n[k]);"
                + " println(x == @count(n[0]), @sum(n[0]) == @sum(n[0])); n[1] <<< 5;"
                + " println(x < @count(n[0]), @count(n[1])); exit() }");
    assertThat(run.messages()).isEmpty();
    assertThat(run.output()).isEqualTo("11\n11\n");
  }
}
