package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.bpf.KernelProgram.ProgramKind;
import dev.tapwright.compiler.bpf.MapDefinition;
import dev.tapwright.compiler.bpf.MapDefinition.MapType;
import dev.tapwright.compiler.bpf.SessionLayout;
import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.compiler.target.UserProgramFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole sessions with uprobes, whose events can be counted exactly. */
class UserProbeSessionTest {
  private static final int CALLS = 1000;

  /** Calls {@code work(0)}, {@code work(1)} and so on. */
  private static final String PROGRAM =
      """
      #include <stdlib.h>
      __attribute__((noinline)) int work(int number) { __asm__ volatile(""); return number * 2; }
      int main(int count, char **arguments) {
        int sum = 0;
        for (int i = 0; i < atoi(arguments[1]); i++) sum += work(i);
        return sum < 0;
      }
      """;

  /** {@code struct pt_regs} of x86-64: the first argument, and the result. */
  private static final int REGISTER_DI = 112;

  private static final int REGISTER_AX = 80;

  /** {@code bpf_perf_event_output}. */
  private static final int PERF_EVENT_OUTPUT = 25;

  @TempDir Path directory;

  private AttachPoint work(Path program, boolean isReturn) {
    UserProgramFile file = LiveTarget.open().program(program).orElseThrow();
    long offset = file.functionsMatching("work").getFirst().fileOffset();
    return new AttachPoint.UserFunction(program.toString(), "work", offset, isReturn);
  }

  private Path program() throws IOException, InterruptedException {
    Needs.privilege();
    assumeTrue(
        Architecture.current().equals(java.util.Optional.of(Architecture.X86_64)), "needs x86-64");
    return Needs.program(directory, PROGRAM);
  }

  private static List<String> numbers(IntStream numbers) {
    return numbers.mapToObj(Integer::toString).toList();
  }

  @Test
  void seesEveryCallInOrder() throws Exception {
    Path program = program();
    Assembly code = new Assembly().load(6, 1, REGISTER_DI);
    TestObjects.sendNumber(code, 0).end();
    BpfObject object =
        TestObjects.object(
            ProgramKind.UPROBE, work(program, false), code, TestObjects.printNumber());
    SessionRun run = SessionRun.withCommand(object, program + " " + CALLS);
    assertThat(run.messages()).isEmpty();
    assertThat(run.output().lines()).containsExactlyElementsOf(numbers(IntStream.range(0, CALLS)));
    assertThat(run.status()).isZero();
  }

  @Test
  void seesEveryReturn() throws Exception {
    Path program = program();
    Assembly code = new Assembly().load(6, 1, REGISTER_AX);
    TestObjects.sendNumber(code, 0).end();
    BpfObject object =
        TestObjects.object(
            ProgramKind.URETPROBE, work(program, true), code, TestObjects.printNumber());
    SessionRun run = SessionRun.withCommand(object, program + " " + CALLS);
    assertThat(run.output().lines())
        .containsExactlyElementsOf(numbers(IntStream.range(0, CALLS).map(number -> number * 2)));
  }

  /** Kernels without ring buffer send through a buffer for each processor. */
  @Test
  void readsPerfBuffers() throws Exception {
    Path program = program();
    MapDefinition events = new MapDefinition("events", MapType.PERF_EVENT_ARRAY, 4, 4, 0, 0);
    Assembly code =
        new Assembly()
            .load(6, 1, REGISTER_DI)
            .storeLong(10, -16, 0)
            .storeRegister(10, -8, 6)
            .map(2, TestObjects.EVENT_MAP)
            .set32(3, -1) // BPF_F_CURRENT_CPU
            .copy(4, 10)
            .add(4, -16)
            .set(5, 16)
            .call(PERF_EVENT_OUTPUT)
            .end();
    BpfObject object =
        TestObjects.object(
            List.of(TestObjects.SESSION, events),
            ProgramKind.UPROBE,
            work(program, false),
            code,
            TestObjects.printNumber());
    SessionRun run = SessionRun.withCommand(object, program + " " + CALLS);
    assertThat(run.messages()).isEmpty();
    assertThat(run.output().lines())
        .containsExactlyInAnyOrderElementsOf(numbers(IntStream.range(0, CALLS)));
  }

  @Test
  void countsTheEventsThatItLost() throws Exception {
    Path program = program();
    int eventsOfACall = 20;
    int eventSize = 1000;
    MapDefinition smallest = new MapDefinition("events", MapType.RINGBUF, 0, 0, 4096, 0);
    MapDefinition event = new MapDefinition("event", MapType.ARRAY, 4, eventSize, 1, 0);
    Assembly code = new Assembly();
    for (int count = 0; count < eventsOfACall; count++) {
      code.map(1, TestObjects.EVENT_MAP)
          .mapValue(2, TestObjects.EVENT_MAP + 1, 0)
          .set(3, eventSize)
          .set(4, 0)
          .call(TestObjects.RINGBUF_OUTPUT)
          .skipIfEqual(0, 0, 4)
          .mapValue(1, TestObjects.SESSION_MAP, SessionLayout.LOST_EVENTS)
          .set(2, 1)
          .atomicAdd(1, 0, 2);
    }
    BpfObject object =
        TestObjects.object(
            List.of(TestObjects.SESSION, smallest, event),
            ProgramKind.UPROBE,
            work(program, false),
            code.end(),
            TestObjects.print("event\n"));
    SessionRun run = SessionRun.withCommand(object, program + " 50");
    Matcher lost = Pattern.compile("WARNING: lost (\\d+) events\n").matcher(run.messages());
    assertThat(lost.matches()).as(run.messages()).isTrue();
    assertThat(run.output().lines().count() + Long.parseLong(lost.group(1)))
        .isEqualTo(50L * eventsOfACall);
    assertThat(run.status()).isZero();
  }

  @Test
  void saysThatTheProgramIsMissing() {
    Needs.privilege();
    AttachPoint point = new AttachPoint.UserFunction("/no/such/program", "work", 0, false);
    SessionRun run =
        SessionRun.of(TestObjects.object(ProgramKind.UPROBE, point, new Assembly().end()));
    assertThat(run.messages())
        .isEqualTo(
            "Error loading test.bo: probe test.point registration error: there is no file /no/such/program\n");
    assertThat(run.status()).isEqualTo(1);
  }
}
