package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.runtime.PerfEvents.Attribute;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What processors report: one event on each processor that runs.
 *
 * @param refusal what to say of an error that has clearer words than its own
 */
record PerfEventAttacher(
    SystemCalls systemCalls,
    PerfEvents perfEvents,
    Attribute attribute,
    Function<ErrorNumber, Optional<String>> refusal) {
  /** Samples of what processors count. */
  static PerfEventAttacher of(
      SystemCalls systemCalls, PerfEvents perfEvents, AttachPoint.PerfEvent event) {
    return new PerfEventAttacher(
        systemCalls,
        perfEvents,
        Attribute.forSamples(event.type(), event.config(), event.period(), event.isFrequency()),
        error ->
            PerfEvents.isUnknown(error)
                ? Optional.of(PerfEvents.unknown(event.type(), event.config()).text())
                : Optional.empty());
  }

  /**
   * Accesses to data.
   *
   * @throws SessionException when nobody knows where it is
   */
  static PerfEventAttacher of(
      SystemCalls systemCalls, PerfEvents perfEvents, AttachPoint.Watchpoint data)
      throws SessionException {
    long address =
        data.symbol().isPresent()
            ? new KernelDataSymbols(Path.of("/proc/kallsyms")).address(data.symbol().get())
            : data.address();
    return new PerfEventAttacher(
        systemCalls,
        perfEvents,
        Attribute.forAccess(data.isWrite(), address, data.length()),
        error ->
            switch (error) {
              case ENOSPC -> Optional.of("all watchpoints of a processor are in use");
              case EINVAL ->
                  Optional.of(
                      "the processor cannot watch %d bytes at 0x%x: they must be data of the kernel, and begin at a multiple of their number"
                          .formatted(data.length(), address));
              default -> Optional.empty();
            });
  }

  /**
   * Attaches a program, until the descriptors that it gives are closed.
   *
   * @throws SystemCallException when the kernel refuses for a reason that has no clearer words than
   *     the error's
   * @throws SessionException when there are clearer words
   */
  List<Integer> attach(int program) throws SystemCallException, SessionException {
    List<Integer> events = new ArrayList<>();
    boolean isComplete = false;
    try {
      for (int processor : Processors.online()) {
        events.add(perfEvents.attach(attribute, program, processor));
      }
      isComplete = true;
      return events;
    } catch (SystemCallException failure) {
      Optional<String> words = refusal.apply(failure.error());
      if (words.isPresent()) {
        throw new SessionException(words.get());
      }
      throw failure;
    } finally {
      if (!isComplete) {
        events.forEach(systemCalls::close);
      }
    }
  }
}
