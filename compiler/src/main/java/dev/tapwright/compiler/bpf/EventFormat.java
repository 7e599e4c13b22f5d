package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.machine.HistogramShape;
import dev.tapwright.syntax.format.PrintFormat;
import java.util.Collections;
import java.util.List;

/**
 * What an event record from the kernel means.
 *
 * <pre>
 *   offset 0   u32  number of the format in {@link KernelCode#events()}
 *          4   u32  0
 *          8   arguments, one after the other, each of 8-byte alignment:
 *              long    8 bytes
 *              string  its capacity rounded up to 8, NUL-terminated
 *              memory  8 bytes that say how many, then its capacity rounded up to 8
 * </pre>
 *
 * <p>All numbers in the byte order of the machine.
 */
public sealed interface EventFormat {
  /** The arguments' layout. */
  List<Argument> arguments();

  /** An argument. */
  sealed interface Argument {
    /** 8 bytes. */
    record Number() implements Argument {}

    /**
     * A string.
     *
     * @param capacity bytes with the NUL, before rounding up to 8
     */
    record Text(int capacity) implements Argument {}

    /**
     * Bytes of memory, whatever they are.
     *
     * @param capacity the most there are, before rounding up to 8
     */
    record Memory(int capacity) implements Argument {}
  }

  /** Text for the session's output. */
  record Print(PrintFormat format, List<Argument> arguments) implements EventFormat {
    /** Copies the list. */
    public Print {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * A handler ended by a fault. Arguments fill the format's {@code %s} and {@code %d}.
   *
   * @param message without {@code ERROR: }
   */
  record Fault(PrintFormat message, List<Argument> arguments) implements EventFormat {
    /** Copies the list. */
    public Fault {
      arguments = List.copyOf(arguments);
    }
  }

  /** A line for the session's warnings. */
  record Warning(PrintFormat message, List<Argument> arguments) implements EventFormat {
    /** Copies the list. */
    public Warning {
      arguments = List.copyOf(arguments);
    }
  }

  /** A command for the shell. */
  record Command(PrintFormat command, List<Argument> arguments) implements EventFormat {
    /** Copies the list. */
    public Command {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * A histogram for the session's output: a number for each bucket.
   *
   * @param newline whether a line ends behind it
   */
  record Histogram(HistogramShape shape, boolean newline) implements EventFormat {
    @Override
    public List<Argument> arguments() {
      return Collections.nCopies(shape.buckets(), new Argument.Number());
    }
  }

  /** {@code exit()} was called. */
  record Exit() implements EventFormat {
    @Override
    public List<Argument> arguments() {
      return List.of();
    }
  }
}
