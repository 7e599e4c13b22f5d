package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.object.SessionPlan.ProbeEntry;
import dev.tapwright.compiler.probe.AttachPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimerQueueTest {
  private final TimerQueue queue = new TimerQueue(new Random(1));

  private void arm(String name, long period, long randomize) {
    AttachPoint.Timer timer = new AttachPoint.Timer(period, randomize);
    queue.arm(timer, new ProbeEntry(timer, name, OptionalInt.empty(), OptionalInt.of(0)), 0);
  }

  private List<String> due(long now) {
    List<String> names = new ArrayList<>();
    for (var probe = queue.takeDue(now); probe.isPresent(); probe = queue.takeDue(now)) {
      names.add(probe.get().name());
    }
    return names;
  }

  @Test
  void isDueAfterEachPeriod() {
    arm("a", 100, 0);
    assertThat(due(99)).isEmpty();
    assertThat(due(100)).containsExactly("a");
    assertThat(due(100)).isEmpty();
    assertThat(queue.nextDue()).hasValue(200);
  }

  @Test
  void doesNotDriftWhenTakenLate() {
    arm("a", 100, 0);
    assertThat(due(130)).containsExactly("a");
    assertThat(queue.nextDue()).hasValue(200);
  }

  @Test
  void leavesOutWhatHasPassedBy() {
    arm("a", 100, 0);
    assertThat(due(570)).containsExactly("a");
    assertThat(queue.nextDue()).hasValue(600);
  }

  @Test
  void keepsTheOrderOfTheScriptAtTheSameMoment() {
    arm("a", 200, 0);
    arm("b", 100, 0);
    arm("c", 200, 0);
    assertThat(due(100)).containsExactly("b");
    assertThat(due(200)).containsExactly("a", "b", "c");
  }

  @Test
  void variesRandomizedPeriodsWithinTheirBounds() {
    arm("a", 1000, 100);
    long now = 0;
    for (int count = 0; count < 1000; count++) {
      long next = queue.nextDue().orElseThrow();
      assertThat(next - now).isBetween(900L, 1100L);
      assertThat(due(next)).containsExactly("a");
      now = next;
    }
    assertThat(now).isNotEqualTo(1_000_000);
  }

  @Test
  void hasNothingDueWithoutTimers() {
    assertThat(queue.nextDue()).isEmpty();
    assertThat(queue.takeDue(Long.MAX_VALUE)).isEmpty();
  }
}
