package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.syntax.SourceText;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code @entry} at the returns of functions that call themselves. */
class EntryValuesTest {
  private static final String PROGRAM =
      """
      __attribute__((noinline, optimize("no-optimize-sibling-calls"))) int fib(int n) {
        __asm__ volatile("");
        return n < 2 ? n : fib(n - 1) + fib(n - 2);
      }
      int main(void) { return fib(3) != 2; }
      """;

  @TempDir Path directory;

  @Test
  void belongToTheCallThatReturns() throws Exception {
    Needs.privilege();
    assumeTrue(Architecture.current().equals(Optional.of(Architecture.X86_64)), "needs x86-64");
    Path program = Needs.program(directory, PROGRAM);
    String script =
        """
        probe process("%s").function("fib").return {
          printf("fib(%%d)=%%d ", @entry(@uregister(5)) & 0xffffffff, @uregister(0))
        }
        """
            .formatted(program);
    Compilation compilation =
        CompilerDriver.compile(
            new SourceText("a.stp", script), CompilerSettings.defaults(), LiveTarget.open());
    assertThat(compilation.diagnostics()).isEmpty();
    SessionRun run = SessionRun.withCommand(compilation.object().orElseThrow(), program.toString());
    assertThat(run.output().strip().split(" ", -1))
        .contains("fib(1)=1", "fib(0)=0", "fib(2)=1", "fib(3)=2")
        .hasSize(5);
  }
}
