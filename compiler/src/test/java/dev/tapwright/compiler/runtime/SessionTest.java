package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.bpf.EventFormat;
import dev.tapwright.compiler.bpf.KernelProgram.ProgramKind;
import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.PrintFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole sessions with kernel programs on the running kernel. */
class SessionTest {
  private static final AttachPoint SWITCHES = new AttachPoint.Tracepoint("sched", "sched_switch");

  private static Assembly printAndExit() {
    Assembly code = new Assembly();
    TestObjects.send(code, 0);
    return TestObjects.exit(code, 1).end();
  }

  @Test
  void printsAndEndsByARawTracepoint() {
    Needs.privilege();
    SessionRun run =
        SessionRun.of(
            TestObjects.object(
                ProgramKind.RAW_TRACEPOINT,
                SWITCHES,
                printAndExit(),
                TestObjects.print("hi\n"),
                new EventFormat.Exit()));
    assertThat(run.messages()).isEmpty();
    assertThat(run.output()).startsWith("hi\n");
    assertThat(run.status()).isZero();
  }

  @Test
  void printsAndEndsByAClassicTracepoint() {
    Needs.privilege();
    assumeTrue(Files.isDirectory(Path.of("/sys/kernel/tracing/events")), "needs tracefs");
    SessionRun run =
        SessionRun.of(
            TestObjects.object(
                ProgramKind.TRACEPOINT,
                SWITCHES,
                printAndExit(),
                TestObjects.print("hi\n"),
                new EventFormat.Exit()));
    assertThat(run.messages()).isEmpty();
    assertThat(run.output()).startsWith("hi\n");
    assertThat(run.status()).isZero();
  }

  @Test
  void endsWithAnErrorAfterAFault() {
    Needs.privilege();
    EventFormat fault =
        new EventFormat.Fault(
            new PrintFormat(List.of(new FormatPart.Text("division by 0"))), List.of());
    Assembly code =
        TestObjects.send(new Assembly(), 0)
            .mapValue(1, TestObjects.SESSION_MAP, 0)
            .storeLong(1, 0, 1)
            .end();
    SessionRun run =
        SessionRun.of(TestObjects.object(ProgramKind.RAW_TRACEPOINT, SWITCHES, code, fault));
    assertThat(run.messages())
        .startsWith("ERROR: division by 0\n")
        .containsPattern("WARNING: Number of errors: \\d+, skipped probes: 0\n$");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void saysWhichLineTheVerifierRefused() {
    Needs.privilege();
    Assembly code = new Assembly().copy(3, 7).end();
    SessionRun run = SessionRun.of(TestObjects.object(ProgramKind.RAW_TRACEPOINT, SWITCHES, code));
    assertThat(run.messages())
        .startsWith("Error loading test.bo: bpf program load failed: Permission denied\n")
        .contains("probe test.point at test.stp:3:14\n  source: probe test { hello() }\n")
        .contains("reason: a register is read that has no value on one way at least\n")
        .contains("verifier: R7 !read_ok");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void saysThatATracepointIsMissing() {
    Needs.privilege();
    AttachPoint point = new AttachPoint.Tracepoint("sched", "no_such_tracepoint");
    Assembly code = new Assembly().end();
    assertThat(
            SessionRun.of(TestObjects.object(ProgramKind.RAW_TRACEPOINT, point, code)).messages())
        .isEqualTo(
            "Error loading test.bo: probe test.point registration error: "
                + "the running kernel has no tracepoint no_such_tracepoint\n");
  }

  @Test
  void saysThatTheKernelHasNoKprobes() {
    Needs.privilege();
    assumeTrue(ProbeUnits.typeOf("kprobe").isEmpty(), "needs a kernel without kprobes");
    AttachPoint point =
        new AttachPoint.KernelFunction(
            "do_exit", OptionalLong.empty(), Optional.empty(), false, Optional.empty());
    SessionRun run =
        SessionRun.of(TestObjects.object(ProgramKind.KPROBE, point, new Assembly().end()));
    assertThat(run.messages()).contains("this kernel cannot attach to kernel functions");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void endsWithTheCommandAndTellsItsStatus() {
    Needs.privilege();
    BpfObject object =
        TestObjects.object(ProgramKind.RAW_TRACEPOINT, SWITCHES, new Assembly().end());
    SessionRun run = SessionRun.withCommand(object, "sh -c 'exit 3'");
    assertThat(run.messages()).isEqualTo("WARNING: Child process exited with status 3\n");
    assertThat(run.status()).isEqualTo(1);
    assertThat(SessionRun.withCommand(object, "true").status()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"KPROBE", "KRETPROBE", "FENTRY", "FEXIT"})
  void attachesToAKernelFunction(ProgramKind kind) {
    Needs.privilege();
    assumeTrue(ProbeUnits.typeOf("kprobe").isPresent(), "needs a kernel with kprobes");
    boolean isReturn = kind == ProgramKind.KRETPROBE || kind == ProgramKind.FEXIT;
    AttachPoint point =
        new AttachPoint.KernelFunction(
            "vfs_read", OptionalLong.empty(), Optional.empty(), isReturn, Optional.empty());
    SessionRun run =
        SessionRun.withCommand(
            TestObjects.object(
                kind, point, printAndExit(), TestObjects.print("read\n"), new EventFormat.Exit()),
            "cat /proc/self/stat");
    assertThat(run.messages()).isEmpty();
    assertThat(run.output()).startsWith("read\n");
    assertThat(run.status()).isZero();
  }

  @Test
  void saysThatAKernelFunctionIsMissing() {
    Needs.privilege();
    assumeTrue(ProbeUnits.typeOf("kprobe").isPresent(), "needs a kernel with kprobes");
    AttachPoint point =
        new AttachPoint.KernelFunction(
            "no_such_function", OptionalLong.empty(), Optional.empty(), false, Optional.empty());
    SessionRun run =
        SessionRun.of(TestObjects.object(ProgramKind.KPROBE, point, new Assembly().end()));
    assertThat(run.messages())
        .isEqualTo(
            "Error loading test.bo: probe test.point registration error: "
                + "the running kernel has no function no_such_function\n");
  }
}
