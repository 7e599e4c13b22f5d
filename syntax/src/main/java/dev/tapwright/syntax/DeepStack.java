package dev.tapwright.syntax;

import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Threads with stack enough for trees as deep as {@link #LEVELS}: parsing and everything after it
 * walks them by recursion, and the stack that a caller has is not ours to choose.
 */
public final class DeepStack {
  /** Levels of statements and expressions in one another; what nests deeper is refused. */
  public static final int LEVELS = 12_000;

  /**
   * Bytes: some twenty KiB a level, four times what the hungriest walk takes. Only what is used
   * takes memory.
   */
  private static final long SIZE = 256L << 20;

  private DeepStack() {}

  /** Work that gives a value, or fails as it says. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    /** Does it. */
    T run() throws E;
  }

  /** Does work in such a thread, which is this one when it is one, and gives what it gives. */
  public static <T, E extends Exception> T call(Work<T, E> work) throws E {
    if (Thread.currentThread() instanceof DeepThread) {
      return work.run();
    }
    Call<T, E> call = new Call<>(work);
    DeepThread thread = new DeepThread(call, Thread.currentThread().getName() + "-deep");
    thread.setDaemon(true);
    thread.start();
    boolean isInterrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException forTheWork) {
        isInterrupted = true;
        thread.interrupt();
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
    return call.result();
  }

  /** Makes such threads for a pool: daemons, named with a number each. */
  public static ThreadFactory threads(String name) {
    ThreadFactory numbered = Thread.ofPlatform().name(name + "-", 1).factory();
    return task -> {
      Thread thread = new DeepThread(task, numbered.newThread(task).getName());
      thread.setDaemon(true);
      return thread;
    };
  }

  private static final class DeepThread extends Thread {
    DeepThread(Runnable task, String name) {
      super(null, task, name, SIZE);
    }
  }

  /** Work, and then what came of it. */
  private static final class Call<T, E extends Exception> implements Runnable {
    private final Work<T, E> work;
    private @Nullable T result;
    private @Nullable Throwable failure;

    Call(Work<T, E> work) {
      this.work = work;
    }

    @Override
    public void run() {
      try {
        result = work.run();
      } catch (Throwable thrown) {
        failure = thrown;
      }
    }

    // Work throws no other checked exception than an E.
    @SuppressWarnings("unchecked")
    T result() throws E {
      if (failure instanceof RuntimeException fault) {
        throw fault;
      }
      if (failure instanceof Error fault) {
        throw fault;
      }
      if (failure != null) {
        throw (E) failure;
      }
      return Objects.requireNonNull(result);
    }
  }
}
