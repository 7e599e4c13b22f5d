package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.object.BpfObject;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What handlers learn of a program that calls a function and makes a system call. */
class ProbedProgramTest {
  private static final String PROGRAM =
      """
      #define _GNU_SOURCE
      #include <fcntl.h>
      #include <signal.h>
      #include <sys/syscall.h>
      #include <unistd.h>
      __attribute__((noinline)) long eight(int a, unsigned b, long c, long d, long e, long f, int g, long h) {
        __asm__ volatile("" ::: "memory");
        return a + h;
      }
      int main(void) {
        long result = eight(-1, -2, -3, 4, 5, 6, -7, 1L << 40);
        kill(0, 0);
        syscall(SYS_splice, -1, 0, -2, 0, 77, 2);
        return result == 0;
      }
      """;

  private static final String EIGHT = "process(\"PROGRAM\").function(\"eight\")";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FUNCTION | int_arg(1), uint_arg(1), long_arg(3), int_arg(2), uint_arg(2), u64_arg(4) | -1 4294967295 -3 -2 4294967294 4",
        "FUNCTION | s32_arg(7), longlong_arg(8), pointer_arg(5), ulonglong_arg(6), u32_arg(7) | -7 1099511627776 5 6 4294967289",
        "FUNCTION | register(\"rdx\"), register(\"edx\"), u_register(\"edx\"), register(\"dx\"), register(\"r8\") | -3 -3 4294967293 -3 5",
        "FUNCTION | registers_valid(), addr() == register(\"rip\"), addr() != 0 | 1 1 1",
        "FUNCTION | int_arg(tid() ? 1 : 2), int_arg(tid() ? 6 : 2) | -1 6",
        "FUNCTION | ustack(0) == addr(), strtol(ubacktrace(), 16) == addr(), ucallers(0) == sprintf(\"0x%x\", addr()), uaddr() == addr() | 1 1 1 1",
        "syscall.kill | symname(stack(0)) != \"\", isinstr(sprint_backtrace(), \"entry_SYSCALL_64\"), stack(200), modname(stack(0)), symdata(3) | 1 1 0 kernel 0x3",
        "syscall.kill | strtol(backtrace(), 16) == stack(0), callers(-1) == backtrace(), symname(caller_addr()) . sprintf(\" 0x%x\", stack(1)) == caller() | 1 1 1",
        "process(`PROGRAM`).plt(`k*l`) | $$name, int_arg(1), int_arg(2), ppfunc() | kill 0 0 kill",
        "process(`PROGRAM`).plt(`kill`).return | $$name, returnval() | kill 0",
        "FUNCTION.return | returnval(), registers_valid() | 1099511627775 1",
        "syscall.kill | int_arg(1), int_arg(2), $pid, $sig, returnstr_of(sig) | 0 0 0 0 0",
        "syscall.kill.return | returnval(), returnstr(1), $pid, @entry($sig), int_arg(2) | 0 0 0 0 0",
        "syscall.splice | $fd_in, int_arg(3), $len, long_arg(5), registers_valid(), $fd_out == fd_out | -1 -2 77 77 0 1",
        "syscall.splice.return | returnval(), returnstr(1), $len, ulong_arg(tid() ? 5 : 6), $fd_in | -9 `-9 (EBADF)` 77 77 -1",
      })
  void tellsHandlers(String point, String values, String expected) throws Exception {
    assertThat(run(point, "printdln(\" \", " + values + ", \"\")").strip())
        .isEqualTo(expected.replace("`", ""));
  }

  @Test
  void refusesAnArgumentThatNoFunctionHas() throws Exception {
    assertThat(run("FUNCTION", "try { println(int_arg(tid() ? 7 : 8)) } catch (e) { println(e) }"))
        .contains("cannot access function argument");
  }

  private String run(String point, String body) throws Exception {
    Needs.privilege();
    assumeTrue(Architecture.current().equals(Optional.of(Architecture.X86_64)), "needs x86-64");
    Path program = Needs.program(directory, PROGRAM);
    String place =
        point.replace('`', '"').replace("FUNCTION", EIGHT).replace("PROGRAM", program.toString());
    BpfObject object =
        Placements.objectOf(
            """
            function returnstr_of(number) { return number }
            probe %s { if (execname() != "program") next; %s }
            """
                .formatted(place, body));
    SessionRun run = SessionRun.withCommand(object, program.toString());
    assertThat(run.messages()).isEmpty();
    return run.output();
  }
}
