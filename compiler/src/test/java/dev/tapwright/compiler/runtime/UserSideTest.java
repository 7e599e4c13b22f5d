package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.object.SessionPlan.ProbeEntry;
import dev.tapwright.compiler.probe.AttachPoint;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class UserSideTest {
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
  private final List<Integer> ran = new ArrayList<>();

  private UserSide side(
      SessionControl control, UserSide.HandlerRunner runner, AttachPoint... points) {
    SessionOutput output = new SessionOutput(new ByteArrayOutputStream(), () -> {});
    List<ProbeEntry> probes = new ArrayList<>();
    for (AttachPoint point : points) {
      probes.add(
          new ProbeEntry(point, "probe", OptionalInt.empty(), OptionalInt.of(probes.size())));
    }
    return new UserSide(
        probes, runner, output, new SessionMessages(messages, output, false), control);
  }

  private Optional<String> note(int handler) {
    ran.add(handler);
    return Optional.empty();
  }

  @Test
  void beginsByPriorityThenByOrder() {
    side(
            new SessionControl(0),
            this::note,
            new AttachPoint.Begin(0),
            new AttachPoint.Begin(-5),
            new AttachPoint.End(-9),
            new AttachPoint.Begin(0),
            new AttachPoint.Never())
        .begin();
    assertThat(ran).containsExactly(1, 0, 3);
  }

  @Test
  void beginsNoFurtherAfterExit() {
    SessionControl control = new SessionControl(0);
    UserSide side =
        side(
            control,
            handler -> {
              control.requestEnd();
              return note(handler);
            },
            new AttachPoint.Begin(0),
            new AttachPoint.Begin(0),
            new AttachPoint.End(2),
            new AttachPoint.Error(0),
            new AttachPoint.End(1));
    side.begin();
    side.end();
    assertThat(ran).containsExactly(0, 4, 2);
  }

  @Test
  void runsErrorProbesInsteadOfEndProbesAfterTooManyErrors() {
    UserSide side =
        side(
            new SessionControl(0),
            handler -> {
              ran.add(handler);
              return handler == 0 ? Optional.of("wrong near x") : Optional.empty();
            },
            new AttachPoint.Begin(0),
            new AttachPoint.Begin(0),
            new AttachPoint.End(0),
            new AttachPoint.Error(0));
    side.begin();
    side.end();
    assertThat(ran).containsExactly(0, 3);
    assertThat(messages).hasToString("ERROR: wrong near x\n");
  }

  @Test
  void goesOnWhileErrorsAreAllowed() {
    SessionControl control = new SessionControl(1);
    UserSide side =
        side(
            control,
            handler -> {
              ran.add(handler);
              return Optional.of("wrong");
            },
            new AttachPoint.Begin(0),
            new AttachPoint.Begin(0),
            new AttachPoint.Begin(0));
    side.begin();
    assertThat(ran).containsExactly(0, 1);
    assertThat(control.errors()).isEqualTo(2);
    assertThat(control.hasFailed()).isTrue();
  }

  @Test
  void runsTimersUntilTheEnd() throws InterruptedException {
    SessionControl control = new SessionControl(0);
    UserSide side =
        side(
            control,
            handler -> {
              ran.add(handler);
              if (ran.size() == 5) {
                control.requestEnd();
              }
              return Optional.empty();
            },
            new AttachPoint.Timer(1_000_000, 0));
    side.runTimers();
    assertThat(ran).containsExactly(0, 0, 0, 0, 0);
  }
}
