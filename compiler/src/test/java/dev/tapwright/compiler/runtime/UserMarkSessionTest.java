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

/** Marks of a program, with the notes that {@code <sys/sdt.h>} makes, which need not be there. */
class UserMarkSessionTest {
  private static final String PROGRAM =
      """
      #define MARK(name, counter, arguments, ...) \\
        __asm__ volatile ("990: nop\\n" \\
          ".pushsection .note.stapsdt,\\"?\\",\\"note\\"\\n.balign 4\\n" \\
          ".4byte 992f-991f, 994f-993f, 3\\n991: .asciz \\"stapsdt\\"\\n992: .balign 4\\n" \\
          "993: .8byte 990b\\n.8byte _.stapsdt.base\\n.8byte " counter "\\n" \\
          ".asciz \\"shop\\"\\n.asciz \\"" name "\\"\\n.asciz \\"" arguments "\\"\\n" \\
          "994: .balign 4\\n.popsection\\n" \\
          ".ifndef _.stapsdt.base\\n" \\
          ".pushsection .stapsdt.base,\\"aG\\",\\"progbits\\",.stapsdt.base,comdat\\n" \\
          ".weak _.stapsdt.base\\n.hidden _.stapsdt.base\\n_.stapsdt.base: .space 1\\n" \\
          ".size _.stapsdt.base,1\\n.popsection\\n.endif\\n" :: __VA_ARGS__)
      unsigned short sale_counter __attribute__((section(".probes")));
      int table[4] = {10, 20, 30, 40};
      __attribute__((noinline)) void sale(long id, int price, signed char c, long i) {
        int local = price * 2;
        volatile int *at = &local;
        if (sale_counter)
          MARK("sale", "sale_counter", "8@%0 -4@%1 -1@%2 -4@%3 -4@$-7 4@%4 -4@(%5,%6,4)",
            "r" (id), "r" (price), "r" (c), "m" (*at), "i" (1234), "r" (table), "r" (i));
      }
      int main(void) {
        for (int i = 0; i < 3; i++) {
          sale(5000000000L + i, -i, -3, i);
          MARK("after", "0", "-4@%0", "r" (i));
        }
        return 0;
      }
      """;

  @TempDir Path directory;

  @Test
  void giveTheirArguments() throws Exception {
    Needs.privilege();
    assumeTrue(Architecture.current().equals(Optional.of(Architecture.X86_64)), "needs x86-64");
    assumeTrue(ProbeUnits.hasCounters(), "needs the counters of marks (Linux 4.20)");
    Path program = Needs.program(directory, PROGRAM);
    String script =
        """
        probe process("%1$s").provider("s*").mark("sale") {
          println($$name, " ", $arg1, " ", $arg2, " ", $arg3, " ", $arg4, " ", $arg5, " ", $arg6, " ", $arg7)
        }
        probe process("%1$s").mark("after") { println($$parms, " ", @defined($arg2)) }
        """
            .formatted(program);
    Compilation compilation =
        CompilerDriver.compile(
            new SourceText("a.stp", script), CompilerSettings.defaults(), LiveTarget.open());
    assertThat(compilation.diagnostics()).isEmpty();
    SessionRun run = SessionRun.withCommand(compilation.object().orElseThrow(), program.toString());
    assertThat(run.messages()).isEmpty();
    assertThat(run.output())
        .isEqualTo(
            """
            sale 5000000000 0 -3 0 -7 1234 10
            arg1=0x0 0
            sale 5000000001 -1 -3 -2 -7 1234 20
            arg1=0x1 0
            sale 5000000002 -2 -3 -4 -7 1234 30
            arg1=0x2 0
            """);
  }
}
