package dev.tapwright.compiler.runtime;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * File descriptors that live and end together. They are closed in the reverse of the order that
 * they came in.
 */
final class Descriptors implements AutoCloseable {
  private final SystemCalls systemCalls;
  private final Deque<Integer> open = new ArrayDeque<>();

  Descriptors(SystemCalls systemCalls) {
    this.systemCalls = systemCalls;
  }

  /** Keeps a descriptor, and gives it back. */
  int add(int descriptor) {
    open.push(descriptor);
    return descriptor;
  }

  /** Closes all; again does nothing. */
  @Override
  public void close() {
    while (!open.isEmpty()) {
      systemCalls.close(open.pop());
    }
  }
}
