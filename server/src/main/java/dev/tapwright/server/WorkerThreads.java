package dev.tapwright.server;

import dev.tapwright.syntax.DeepStack;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for work that takes time, with stack enough for the deepest scripts. */
final class WorkerThreads {
  private WorkerThreads() {}

  /**
   * A pool that starts its threads when they are needed, and drops what comes after it has been
   * shut down.
   */
  static ExecutorService pool(String name, int threads) {
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        DeepStack.threads(name),
        new ThreadPoolExecutor.DiscardPolicy());
  }
}
