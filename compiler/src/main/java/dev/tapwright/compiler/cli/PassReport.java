package dev.tapwright.compiler.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The lines that {@code -v} prints after each pass: what was done, memory in kB and time in ms, as
 * SystemTap prints them.
 */
final class PassReport {
  private static final Path STATUS = Path.of("/proc/self/statm");
  private static final Path TIMES = Path.of("/proc/self/stat");

  /**
   * Milliseconds of a clock tick of {@code /proc/self/stat}: USER_HZ is 100 on every architecture.
   */
  private static final long TICK = 10;

  private static final long PAGE_KILOBYTES = 4;

  private final PrintStream out;
  private long startReal = System.nanoTime();
  private Cpu startCpu = Cpu.now();

  PassReport(PrintStream out) {
    this.out = out;
  }

  /** Begins to measure a pass. */
  void begin() {
    startReal = System.nanoTime();
    startCpu = Cpu.now();
  }

  /** Prints {@code Pass N: WHAT in …}. */
  void end(int pass, String what) {
    out.println("Pass " + pass + ": " + what + " in " + times() + ".");
  }

  /** Prints {@code Pass N: WHAT using … kb, in …}. */
  void endWithMemory(int pass, String what) {
    out.println("Pass " + pass + ": " + what + " using " + memory() + ", in " + times() + ".");
  }

  private String times() {
    Cpu now = Cpu.now();
    return (now.user - startCpu.user)
        + "usr/"
        + (now.system - startCpu.system)
        + "sys/"
        + (System.nanoTime() - startReal) / 1_000_000
        + "real ms";
  }

  private static String memory() {
    try {
      List<String> pages = List.of(Files.readString(STATUS).strip().split(" "));
      return kilobytes(pages.get(0))
          + "virt/"
          + kilobytes(pages.get(1))
          + "res/"
          + kilobytes(pages.get(2))
          + "shr/"
          + kilobytes(pages.get(5))
          + "data kb";
    } catch (IOException | RuntimeException e) {
      return "0virt/0res/0shr/0data kb";
    }
  }

  private static long kilobytes(String pages) {
    return Long.parseLong(pages) * PAGE_KILOBYTES;
  }

  /** Processor time of this process so far, milliseconds. */
  private record Cpu(long user, long system) {
    static Cpu now() {
      try {
        String line = Files.readString(TIMES);
        List<String> fields = List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        return new Cpu(
            Long.parseLong(fields.get(11)) * TICK, Long.parseLong(fields.get(12)) * TICK);
      } catch (IOException | RuntimeException e) {
        return new Cpu(0, 0);
      }
    }
  }
}
