package dev.tapwright.tests.benchmark;

import dev.tapwright.syntax.DeepStack;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs benchmarks in threads with stack enough for every script, as the language server does. */
public final class DeepThreads extends ThreadPoolExecutor {
  /** As JMH makes it. */
  public DeepThreads(int threads, String name) {
    super(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        DeepStack.threads(name));
  }
}
