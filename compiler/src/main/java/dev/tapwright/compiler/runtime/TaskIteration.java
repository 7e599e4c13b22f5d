package dev.tapwright.compiler.runtime;

/**
 * Runs a program once for each task that there is (5.8): when it is attached, the kernel goes
 * through all of them.
 */
record TaskIteration(SystemCalls systemCalls, BpfCalls bpf) implements Attacher {
  @Override
  public int attach(int program) throws SystemCallException {
    int link = bpf.linkIterator(program);
    try {
      int iterator = bpf.createIterator(link);
      try {
        // The program writes nothing there, so that the first read goes to the end.
        var _ = systemCalls.discard(iterator);
      } finally {
        systemCalls.close(iterator);
      }
      return link;
    } catch (SystemCallException failure) {
      systemCalls.close(link);
      throw failure;
    }
  }
}
