package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.bpf.CounterMap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Starts what {@code @perf} reads: an event of each counter on each processor that runs. */
final class CounterEvents {
  private final PerfEvents events;
  private final BpfCalls bpf;
  private final Descriptors descriptors;

  /**
   * Prepares.
   *
   * @param descriptors takes the events' descriptors: they count until these are closed
   */
  CounterEvents(SystemCalls systemCalls, Descriptors descriptors) {
    this.events = new PerfEvents(systemCalls);
    this.bpf = new BpfCalls(systemCalls);
    this.descriptors = descriptors;
  }

  /** Lets a counter count, and programs read it through a map. */
  void start(CounterMap counter, KernelMap map) throws SessionException {
    PerfEvents.Attribute attribute =
        PerfEvents.Attribute.forCounting(counter.type(), counter.config());
    try (Arena arena = Arena.ofConfined()) {
      for (int processor : Processors.online()) {
        int event = descriptors.add(events.open(attribute, processor));
        MemorySegment key = arena.allocateFrom(ValueLayout.JAVA_INT, processor);
        bpf.update(map.descriptor(), key, arena.allocateFrom(ValueLayout.JAVA_INT, event));
      }
    } catch (SystemCallException failure) {
      throw PerfEvents.isUnknown(failure.error())
          ? PerfEvents.unknown(counter.type(), counter.config())
          : new SessionException(
              "could not count event %d of type %d: %s"
                  .formatted(counter.config(), counter.type(), failure.error().text()));
    }
  }
}
