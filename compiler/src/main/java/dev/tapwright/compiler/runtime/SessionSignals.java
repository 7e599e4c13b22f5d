package dev.tapwright.compiler.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Signals that end a session: the first in order, with {@code end} probes; the second at once. The
 * Java machine's own handling, shutdown hooks, knows no second signal and decides the exit status
 * itself.
 *
 * <p>{@code sun.misc.Signal}, of the supported module {@code jdk.unsupported}, is used by
 * reflection: a direct use is a warning of the compiler that cannot be switched off.
 */
final class SessionSignals {
  private static final List<Signal> SIGNALS =
      List.of(new Signal("HUP", 1), new Signal("INT", 2), new Signal("TERM", 15));

  private SessionSignals() {}

  private record Signal(String name, int number) {}

  /** Has the action done at the first signal. */
  static void onFirst(Runnable action) {
    AtomicBoolean hasCome = new AtomicBoolean();
    for (Signal signal : SIGNALS) {
      Runnable handler =
          () -> {
            if (hasCome.getAndSet(true)) {
              Runtime.getRuntime().halt(128 + signal.number());
            }
            action.run();
          };
      if (!handle(signal.name(), handler)) {
        // As good as can be had: the end probes run, but a second signal is not seen.
        Runtime.getRuntime().addShutdownHook(new Thread(action));
        return;
      }
    }
  }

  /** Whether the handler is in place. */
  private static boolean handle(String name, Runnable handler) {
    try {
      Class<?> signalClass = Class.forName("sun.misc.Signal");
      Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
      MethodHandle run =
          MethodHandles.publicLookup()
              .findVirtual(Runnable.class, "run", MethodType.methodType(void.class));
      MethodHandle target = MethodHandles.dropArguments(run.bindTo(handler), 0, signalClass);
      Object proxy = MethodHandleProxies.asInterfaceInstance(handlerClass, target);
      Method handle = signalClass.getMethod("handle", signalClass, handlerClass);
      handle.invoke(null, signalClass.getConstructor(String.class).newInstance(name), proxy);
      return true;
    } catch (InvocationTargetException reserved) {
      // The Java machine was started with -Xrs: the signal does what it does to any process.
      return true;
    } catch (ReflectiveOperationException absent) {
      return false;
    }
  }
}
