package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.bpf.EventFormat;
import dev.tapwright.compiler.bpf.KernelProgram.ProgramKind;
import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.compiler.probe.AttachPoint;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole sessions on the running kernel. */
class SessionTest {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

  private int run(BpfObject object, SessionOptions options) {
    return Session.run(object, options, new SessionStreams(output, messages, false));
  }

  private String output() {
    return output.toString(StandardCharsets.ISO_8859_1);
  }

  private String messages() {
    return messages.toString(StandardCharsets.UTF_8);
  }

  private static void assumePrivileged() {
    assumeTrue(Privileges.mayLoadPrograms(), "needs CAP_BPF and CAP_PERFMON");
  }

  @Test
  void printsAndEndsByATracepoint() {
    assumePrivileged();
    List<EventFormat> events =
        List.of(
            new EventFormat.Print(TestObjects.format(TestObjects.text("hi\n")), List.of()), new EventFormat.Exit());
    Assembly code = new Assembly();
    TestObjects.send(code, 0);
    TestObjects.send(code, 1).mapValue(1, TestObjects.SESSION_MAP, 0).storeLong(1, 0, 1).end();
    BpfObject object =
        TestObjects.object(
            List.of(TestObjects.SESSION, TestObjects.EVENTS),
            events,
            List.of(),
            ProgramKind.RAW_TRACEPOINT,
            new AttachPoint.Tracepoint("sched", "sched_switch"),
            code);
    int status = run(object, SessionOptions.of("test.bo"));
    assertThat(messages()).isEmpty();
    assertThat(output()).startsWith("hi\n");
    assertThat(status).isZero();
  }
}
