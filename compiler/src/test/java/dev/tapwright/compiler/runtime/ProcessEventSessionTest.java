package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.compiler.target.ForwardingTarget;
import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.syntax.SourceText;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What happens in the life of processes that the test starts: each event once, in order, and in the
 * process that it happens to.
 */
@Timeout(60)
class ProcessEventSessionTest {
  /**
   * Two threads one after the other, then a child that may become another program. The parent's
   * number is 0 in what the scripts print, and others count from it in no certain steps.
   */
  private static final String PROGRAM =
      """
      #define _GNU_SOURCE
      #include <pthread.h>
      #include <stdlib.h>
      #include <sys/syscall.h>
      #include <sys/wait.h>
      #include <unistd.h>
      static void *run(void *nothing) { return nothing; }
      __attribute__((noinline)) int work(int number) { __asm__ volatile(""); return number * 2; }
      int main(int count, char **arguments) {
        for (int i = 0; i < 2; i++) {
          pthread_t thread;
          pthread_create(&thread, NULL, run, NULL);
          pthread_join(thread, NULL);
        }
        if (fork() == 0) {
          work(1);
          if (count > 1) execl(arguments[1], arguments[1], NULL);
          _exit(0);
        }
        wait(NULL);
        syscall(SYS_getpriority, 77, 88);
        return work(3) != 6;
      }
      """;

  @TempDir static Path directory;
  private static Path program = Path.of("");

  @BeforeAll
  static void compileProgram() throws IOException, InterruptedException {
    Needs.privilege();
    program = Needs.program(directory, PROGRAM).toRealPath();
  }

  private static Compilation compile(String script) {
    return CompilerDriver.compile(
        new SourceText("a.stp", script.replace("PROGRAM", program.toString())),
        CompilerSettings.defaults(),
        new ForwardingTarget(LiveTarget.open()) {
          @Override
          public Optional<Path> tracedProgram() {
            return Optional.of(program);
          }
        });
  }

  private static List<String> run(String script, String command) {
    Compilation compilation = compile(script);
    assertThat(compilation.diagnostics()).isEmpty();
    BpfObject object = compilation.object().orElseThrow();
    SessionRun run = SessionRun.withCommand(object, command);
    assertThat(run.messages()).isEmpty();
    return run.output().lines().toList();
  }

  private static final String WHO =
      "printf(\"%s %s\\n\", execname(), tid() == pid() ? (pid() == target() ? \"first\" : \"other\") : \"thread\") }";

  @Test
  void beginAndEndOfTheTargetAndItsDescendants() {
    assertThat(
            run(
                "probe process.begin { printf(\"begin \") "
                    + WHO
                    + " probe process.end { printf(\"end \") "
                    + WHO
                    + " probe process.thread.begin { printf(\"thread begin \") "
                    + WHO
                    + " probe process.thread.end { printf(\"thread end \") "
                    + WHO,
                program + " /bin/true"))
        .containsExactly(
            "begin program first",
            "thread begin program thread",
            "thread end program thread",
            "thread begin program thread",
            "thread end program thread",
            "begin program other",
            "begin true other",
            "end true other",
            "end program first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh -c '/bin/true; PROGRAM; /bin/true'", "PROGRAM", "PROGRAM /bin/true"})
  void beginOfOneProgram(String command) {
    assertThat(
            run(
                "probe process(\"PROGRAM\").begin { println(execname()) }",
                command.replace("PROGRAM", program.toString())))
        .containsExactly("program", "program");
  }

  @Test
  void endOfOneProgramIsNotThatOfWhatItBecomes() {
    assertThat(
            run(
                "probe process(\"PROGRAM\").end { println(pid() == target()) }",
                program + " /bin/true"))
        .containsExactly("1");
  }

  @Test
  void systemCallsWithTheirArguments() {
    assertThat(
            run(
                """
                probe process("PROGRAM").syscall {
                  if ($syscall == 140) println("call ", $arg1, " ", $arg2, " ", @defined($arg7), " ", int_arg(2))
                }
                probe process("PROGRAM").syscall.return {
                  if ($syscall == 140) println("return ", $return, " ", @entry($arg1), " ", $$return)
                }
                """,
                program.toString()))
        .containsExactly("call 77 88 0 88", "return -22 77 return=0xffffffffffffffea");
  }

  @Test
  void parametersOfSystemCalls() {
    assertThat(
            run(
                "probe process.syscall { if ($syscall == 140) println(substr($$parms, 0, 21)) }",
                program.toString()))
        .containsExactly("$arg1=0x4d $arg2=0x58");
  }

  @Test
  void oneProcessByItsNumber() throws IOException {
    Process shell = new ProcessBuilder("sh", "-c", "while :; do sleep 0.05; done").start();
    try {
      String number = Long.toString(shell.pid());
      assertThat(
              run(
                  "probe process(NUMBER).syscall { println(pid()) }".replace("NUMBER", number),
                  "sleep 0.5"))
          .isNotEmpty()
          .allMatch(number::equals);
    } finally {
      shell.descendants().forEach(ProcessHandle::destroy);
      shell.destroy();
    }
  }

  @Test
  void functionsOfTheTargetsProgram() {
    assertThat(
            run(
                "probe process.function(\"work\"), process.function(\"work\").return { println(pp()) }",
                program.toString()))
        .containsExactly(
            "process.function(\"work\")",
            "process.function(\"work\").return",
            "process.function(\"work\")",
            "process.function(\"work\").return");
  }

  @ParameterizedTest
  @ValueSource(strings = {"libc.so.6", "libc.so*", "*", "/lib/x86_64-linux-gnu/libc.so.6"})
  void functionsOfALibraryInTheProcessesOfOneProgram(String library) {
    assertThat(
            run(
                "probe process(\"PROGRAM\").library(\"LIBRARY\").function(\"_exit\") { println(execname()) }"
                    .replace("LIBRARY", library),
                "sh -c '/bin/true; " + program + "; /bin/true'"))
        .containsExactly("program", "program");
  }

  /** The handler runs in the session then, and speaks of the process all the same. */
  @Test
  void processesThatRunAlreadyAreTold() throws Exception {
    Process shell = new ProcessBuilder("sh", "-c", "sleep 60 & echo $!; wait").start();
    try (BufferedReader output = shell.inputReader()) {
      String number = output.readLine();
      assertThat(
              run(
                  """
                  probe process(NUMBER).begin {
                    println(pid() == NUMBER, tid() == NUMBER, " ", execname(), " ", ppid() == SHELL, uid(), gid())
                    try { println(user_string(0x1000)) } catch { println("no memory") }
                  }
                  """
                      .replace("NUMBER", number)
                      .replace("SHELL", Long.toString(shell.pid())),
                  "true"))
          .containsExactly("11 sleep 100", "no memory");
    } finally {
      shell.descendants().forEach(ProcessHandle::destroy);
      shell.destroy();
    }
  }

  @Test
  void ofAProgramThatIsNotThere() {
    SessionRun run =
        SessionRun.withCommand(
            compile("probe process(\"/no/such\").begin { println(1) }").object().orElseThrow(),
            "true");
    assertThat(run.output()).isEmpty();
    assertThat(run.messages())
        .isEqualTo("WARNING: there is no program /no/such, and no process of it\n");
  }
}
