package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.KernelEmitter.SessionField;
import dev.tapwright.compiler.target.Helper;
import java.util.List;

/**
 * Wall-clock time in kernel handlers. No helper gives it, so the run time keeps the distance from
 * one that does.
 */
final class RealTime {
  private RealTime() {}

  /** Nanoseconds since 1970. */
  static KernelOperand nanoseconds(KernelEmitter emitter) {
    return emitter.add(
        emitter.call(Helper.KTIME_GET_NS, List.of()),
        emitter.session(SessionField.REAL_TIME_OFFSET));
  }
}
