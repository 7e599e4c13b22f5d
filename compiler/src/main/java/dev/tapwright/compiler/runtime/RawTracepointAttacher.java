package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.probe.AttachPoint;

/**
 * Tracepoints with their own arguments, by {@code BPF_RAW_TRACEPOINT_OPEN} (4.17); needs no
 * tracefs.
 */
record RawTracepointAttacher(BpfCalls bpf, AttachPoint.Tracepoint tracepoint) implements Attacher {
  @Override
  public int attach(int program) throws SystemCallException, SessionException {
    try {
      return bpf.openRawTracepoint(tracepoint.name(), program);
    } catch (SystemCallException failure) {
      if (failure.error() == ErrorNumber.ENOENT) {
        throw new SessionException("the running kernel has no tracepoint " + tracepoint.name());
      }
      throw failure;
    }
  }
}
