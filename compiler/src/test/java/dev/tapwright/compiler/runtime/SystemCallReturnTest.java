package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What handlers of {@code syscall.*.return} know of the call. */
class SystemCallReturnTest {
  @Test
  void hasItsResultUnderSystemTapsNames() {
    Needs.privilege();
    SessionRun run =
        Placements.ofScript(
            """
            probe syscall.bpf.return, syscall.read.return, syscall.futex.return {
              print($return == retval, $$return == sprintf("return=%#x", $return), @defined($return))
              exit()
            }
            """);
    assertThat(run.messages()).isEmpty();
    assertThat(run.output()).startsWith("111");
  }
}
