import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * What the fuzzer runs: the target that the system property {@code target} names, held to a second
 * of processor time an input. The clock on the wall says nothing on a machine that has other things
 * to do.
 */
public final class TimedTarget {
  /** While so many inputs are read, classes are loaded and code is compiled. */
  private static final int WARMING = 200;

  private static final long LIMIT_NANOS = 1_000_000_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final MethodHandle TARGET = target();
  private static long inputs;

  private TimedTarget() {}

  /** Runs the target once. */
  public static void fuzzerTestOneInput(byte[] bytes) throws Throwable {
    long start = THREADS.getCurrentThreadCpuTime();
    TARGET.invokeExact(bytes);
    long taken = THREADS.getCurrentThreadCpuTime() - start;
    if (++inputs > WARMING && taken > LIMIT_NANOS) {
      throw new IllegalStateException("took " + taken / 1_000_000 + " ms");
    }
  }

  private static MethodHandle target() {
    try {
      return MethodHandles.publicLookup()
          .findStatic(
              Class.forName(System.getProperty("target")),
              "fuzzerTestOneInput",
              MethodType.methodType(void.class, byte[].class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
