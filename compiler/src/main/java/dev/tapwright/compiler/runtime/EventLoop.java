package dev.tapwright.compiler.runtime;

import java.util.Optional;

/**
 * The thread that reads events from the kernel while the session runs. It also keeps the session
 * map's clock, and notices faults and the end of a session whose events were lost.
 */
final class EventLoop {
  private static final int TICK_MILLISECONDS = 1000;

  private final SystemCalls systemCalls;
  private final Optional<EventSource> source;
  private final EventReader reader;
  private final Optional<SessionMap> sessionMap;
  private final SessionOutput output;
  private final SessionControl control;
  private final int poll;
  private final int wakeUp;
  private final Thread thread;
  private long unsentErrors;
  private volatile boolean isFinishing;

  EventLoop(
      SystemCalls systemCalls,
      Descriptors descriptors,
      Optional<EventSource> source,
      EventReader reader,
      Optional<SessionMap> sessionMap,
      SessionOutput output,
      SessionControl control)
      throws SystemCallException {
    this.systemCalls = systemCalls;
    this.source = source;
    this.reader = reader;
    this.sessionMap = sessionMap;
    this.output = output;
    this.control = control;
    this.poll = descriptors.add(systemCalls.openPoll());
    this.wakeUp = descriptors.add(systemCalls.openEventCounter());
    systemCalls.addToPoll(poll, wakeUp);
    if (source.isPresent()) {
      for (int descriptor : source.get().descriptors()) {
        systemCalls.addToPoll(poll, descriptor);
      }
    }
    this.thread = Thread.ofPlatform().name("events").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Reads what is left, and ends. No program may be attached any more. */
  void finish() throws SystemCallException, InterruptedException {
    isFinishing = true;
    systemCalls.signal(wakeUp);
    thread.join();
  }

  private void run() {
    try {
      long nextTick = System.nanoTime();
      while (true) {
        boolean isLast = isFinishing;
        source.ifPresent(events -> events.drain(reader));
        output.flush();
        if (isLast) {
          countUnsentErrors();
          return;
        }
        long now = System.nanoTime();
        if (now - nextTick >= 0) {
          tick();
          nextTick = now + TICK_MILLISECONDS * 1_000_000L;
        }
        systemCalls.poll(poll, TICK_MILLISECONDS);
      }
    } catch (SystemCallException fault) {
      throw new AssertionError(fault);
    } finally {
      control.requestEnd();
    }
  }

  private void tick() throws SystemCallException {
    if (sessionMap.isPresent()) {
      sessionMap.get().refreshRealTimeOffset();
      countUnsentErrors();
      if (sessionMap.get().isEnding()) {
        control.requestEnd();
      }
    }
  }

  private void countUnsentErrors() throws SystemCallException {
    if (sessionMap.isPresent()) {
      long before = unsentErrors;
      unsentErrors = sessionMap.get().unsentErrors();
      control.countErrors(unsentErrors - before);
    }
  }
}
