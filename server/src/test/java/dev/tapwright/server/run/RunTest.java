package dev.tapwright.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunTest {
  /** Keeps what it hears. */
  private static final class Recorder implements Run.Listener {
    private final StringBuilder output = new StringBuilder();
    final CompletableFuture<Integer> status = new CompletableFuture<>();
    final CompletableFuture<Boolean> begun = new CompletableFuture<>();

    synchronized String text() {
      return output.toString();
    }

    @Override
    public synchronized void output(Run run, String stream, String text) {
      output.append(text);
      if (output.indexOf("begin") >= 0) {
        begun.complete(true);
      }
    }

    @Override
    public void ended(Run run, int exitStatus) {
      status.complete(exitStatus);
    }
  }

  private static Run shell(List<String> elevation, String script, Recorder recorder)
      throws IOException {
    return Run.start(1, "file:///x.stp", elevation, List.of("sh", "-c", script), recorder);
  }

  @Test
  void handsOnAllOutputBeforeTheEnd() throws Exception {
    Recorder recorder = new Recorder();
    shell(
        List.of(),
        "i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done; exit 3",
        recorder);
    assertThat(recorder.status.get(30, TimeUnit.SECONDS)).isEqualTo(3);
    assertThat(recorder.text()).startsWith("line 0\n").endsWith("line 1999\n");
  }

  @Test
  void letsEndProbesPrintWhenStopped() throws Exception {
    Recorder recorder = new Recorder();
    Run run =
        shell(
            List.of(),
            "trap 'echo end; exit 0' TERM; echo begin; while :; do sleep 0.05; done",
            recorder);
    recorder.begun.get(30, TimeUnit.SECONDS);
    run.stop();
    assertThat(recorder.status.get(30, TimeUnit.SECONDS)).isZero();
    assertThat(recorder.text()).isEqualTo("begin\nend\n");
  }

  @Test
  void endsWhatDoesNotStopWhenAskedTwice() throws Exception {
    Recorder recorder = new Recorder();
    Run run = shell(List.of(), "trap '' TERM; echo begin; while :; do sleep 0.05; done", recorder);
    recorder.begun.get(30, TimeUnit.SECONDS);
    run.stop();
    run.stop();
    assertThat(recorder.status.get(30, TimeUnit.SECONDS)).isNotZero();
  }

  @Test
  void stopsAnElevatedRunWithTheSameElevation() throws Exception {
    Recorder recorder = new Recorder();
    Run run =
        shell(
            List.of("env", "ELEVATED=yes"),
            "trap 'echo $ELEVATED; exit 0' TERM; echo begin; while :; do sleep 0.05; done",
            recorder);
    recorder.begun.get(30, TimeUnit.SECONDS);
    run.stop();
    assertThat(recorder.status.get(30, TimeUnit.SECONDS)).isZero();
    assertThat(recorder.text()).isEqualTo("begin\nyes\n");
  }
}
