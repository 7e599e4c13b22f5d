package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.runtime.PerfEvents.Attribute;
import java.util.ArrayList;
import java.util.List;

/** Samples of what processors count: one event on each processor that runs. */
record PerfEventAttacher(
    SystemCalls systemCalls, PerfEvents perfEvents, AttachPoint.PerfEvent event) {
  /**
   * Attaches a program, until the descriptors that it gives are closed.
   *
   * @throws SystemCallException when the kernel refuses for a reason that has no clearer words than
   *     the error's
   * @throws SessionException when there are clearer words
   */
  List<Integer> attach(int program) throws SystemCallException, SessionException {
    Attribute attribute =
        new Attribute(
            event.type(), event.config(), event.period(), 0, 0, 0, 0, event.isFrequency());
    List<Integer> events = new ArrayList<>();
    boolean isComplete = false;
    try {
      for (int processor : Processors.online()) {
        events.add(perfEvents.attach(attribute, program, processor));
      }
      isComplete = true;
      return events;
    } catch (SystemCallException failure) {
      if (PerfEvents.isUnknown(failure.error())) {
        throw PerfEvents.unknown(event.type(), event.config());
      }
      throw failure;
    } finally {
      if (!isComplete) {
        events.forEach(systemCalls::close);
      }
    }
  }
}
