package dev.tapwright.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for work that takes time. */
final class WorkerThreads {
  /**
   * Bytes: enough for the deepest nesting that the parser lets through. Only what is used takes
   * memory.
   */
  private static final long STACK_SIZE = 32L << 20;

  private WorkerThreads() {}

  /**
   * A pool that starts its threads when they are needed, and drops what comes after it has been
   * shut down.
   */
  static ExecutorService pool(String name, int threads) {
    AtomicInteger count = new AtomicInteger();
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        task -> {
          Thread thread = new Thread(null, task, name + "-" + count.incrementAndGet(), STACK_SIZE);
          thread.setDaemon(true);
          return thread;
        },
        new ThreadPoolExecutor.DiscardPolicy());
  }
}
