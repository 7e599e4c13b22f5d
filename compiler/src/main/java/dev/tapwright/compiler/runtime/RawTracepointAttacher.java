package dev.tapwright.compiler.runtime;

/**
 * Tracepoints with their own arguments, by {@code BPF_RAW_TRACEPOINT_OPEN} (4.17); needs no
 * tracefs.
 */
record RawTracepointAttacher(BpfCalls bpf, String tracepoint) implements Attacher {
  @Override
  public int attach(int program) throws SystemCallException, SessionException {
    try {
      return bpf.openRawTracepoint(tracepoint, program);
    } catch (SystemCallException failure) {
      if (failure.error() == ErrorNumber.ENOENT) {
        throw new SessionException("the running kernel has no tracepoint " + tracepoint);
      }
      throw failure;
    }
  }
}
