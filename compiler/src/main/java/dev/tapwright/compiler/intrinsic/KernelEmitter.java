package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.target.Helper;
import java.util.List;
import java.util.Optional;

/** Writes code into a kernel handler, on behalf of an {@link Intrinsic}. */
public interface KernelEmitter {
  /** A number. */
  KernelOperand constant(long value);

  /** A string, one {@code char} of 1 to 255 for each byte. */
  KernelOperand text(String bytes);

  /** The handler's probe point as {@code pp()} gives it. */
  String probePoint();

  /** The handler's probe point as {@code pn()} gives it. */
  String scriptPoint();

  /** Calls a helper that takes and gives numbers. */
  KernelOperand call(Helper helper, List<KernelOperand> arguments);

  /** {@code value >>> bits}. */
  KernelOperand shiftRightUnsigned(KernelOperand value, int bits);

  /** The low 32 bits, zero-extended. */
  KernelOperand low32(KernelOperand value);

  /** {@code value / divisor}, both taken as unsigned. */
  KernelOperand divideUnsigned(KernelOperand value, int divisor);

  /** {@code left + right}. */
  KernelOperand add(KernelOperand left, KernelOperand right);

  /**
   * A string that a helper fills: calls {@code helper(buffer, capacity)}.
   *
   * @param capacity bytes of the buffer, with the terminating NUL
   */
  KernelOperand stringFrom(Helper helper, int capacity);

  /**
   * The NUL-terminated string at an address of the kernel, or of the process that hit the probe; a
   * bad address is a fault.
   *
   * @param limit most bytes of it; empty for as many as a string can have
   */
  KernelOperand stringAt(KernelOperand address, boolean isUser, Optional<KernelOperand> limit);

  /**
   * Of a 32-bit number that is anything, one from 0 up to and without a bound; 0 when the bound is
   * less than 1.
   */
  KernelOperand scaled(KernelOperand number, KernelOperand bound);

  /** {@code left - right}. */
  KernelOperand subtract(KernelOperand left, KernelOperand right);

  /** Bytes of a string. */
  KernelOperand length(KernelOperand text);

  /** A part of a string; empty where the numbers make no sense. */
  KernelOperand part(KernelOperand text, KernelOperand start, KernelOperand length);

  /**
   * A byte of a string; 0 behind its end.
   *
   * @param before of the message of the error of a negative position, what stands before the number
   * @param behind what stands behind it
   */
  KernelOperand byteAt(KernelOperand text, KernelOperand position, String before, String behind);

  /** Where a string first stands in another; -1 when it does not. */
  KernelOperand find(KernelOperand text, KernelOperand wanted);

  /** A string with every occurrence of another replaced. */
  KernelOperand replace(KernelOperand text, KernelOperand searched, KernelOperand replacement);

  /**
   * The next token of what {@code tokenize()} goes through in this run of the handler.
   *
   * @param input what to begin with, unless it is empty
   */
  KernelOperand token(Optional<KernelOperand> input, KernelOperand delimiters);

  /** What a group of the last {@code =~} of this run matched; a fault when there is none. */
  KernelOperand matched(KernelOperand group);

  /** How many groups the last {@code =~} of this run matched; a fault when it did not match. */
  KernelOperand matchedGroups();

  /** A string made printable, as {@code text_strn()} does. */
  KernelOperand escape(KernelOperand text, KernelOperand limit, KernelOperand quoted);

  /**
   * The name of a number.
   *
   * @param names of 0 and on; empty for a number without a name
   * @param prefix stands before the digits of a number without a name
   */
  KernelOperand name(List<String> names, KernelOperand number, String prefix);

  /**
   * A time as text of 24 bytes in UTC, such as {@code Wed Jun 30 21:49:08 1993}; a fault when the
   * seconds since 1970 do not fit into 32 bits.
   */
  KernelOperand time(KernelOperand seconds);

  /** The number at the beginning of a string, as {@code strtol()} reads it. */
  KernelOperand readNumber(KernelOperand text, KernelOperand base);

  /** A number that the run time keeps for the session. */
  KernelOperand session(SessionField field);

  /**
   * A text and a number behind it.
   *
   * @param capacity bytes that the result can have, with the NUL
   */
  KernelOperand numbered(String before, KernelOperand number, int capacity);

  /** Ends the session once this handler is done; the handler goes on. */
  void exit();

  /** Ends this handler, and the session. */
  void abort();

  /** Ends this handler with an error of that message (a string) when a number is 0. */
  void require(KernelOperand condition, KernelOperand message);

  /** 1 where a string begins with a digit, else 0. */
  KernelOperand isDigit(KernelOperand text);

  /** Ends this handler with an error of that message (a string). */
  void raise(KernelOperand message);

  /**
   * Sends a line to the session's warnings, with {@code WARNING: } before it and a newline after.
   */
  void warn(KernelOperand message);

  /** Sends a line to the session's output, with a newline after. */
  void log(KernelOperand message);

  /** Has the session start a command of the shell in the background. */
  void system(KernelOperand command);

  /**
   * Text that stands in the script; empty for a string that is only known when the handler runs.
   */
  Optional<String> literal(KernelOperand text);

  /** Reports at the call that this probe cannot have it; a number in its place. */
  KernelOperand refuse(String message);

  /** The low bits of a number, extended. */
  KernelOperand narrowed(KernelOperand value, int bits, boolean isSigned);

  /**
   * An argument of the function or system call that the probe is at, counted from 1; where there is
   * none it is reported, or a fault.
   */
  KernelOperand argument(KernelOperand number);

  /** What the function or system call gives whose return the probe is at. */
  KernelOperand result();

  /**
   * A register as it was where the probe was hit; that a probe has none is reported.
   *
   * @param number as DWARF numbers them
   */
  KernelOperand register(int number);

  /** Whether the probe has registers. */
  boolean hasRegisters();

  /**
   * The addresses of a stack as text, innermost first.
   *
   * @param isUser of the process, not of the kernel
   * @param limit how many at most
   */
  KernelOperand stack(boolean isUser, KernelOperand limit);

  /** The address at a depth of a stack, 0 for the innermost; 0 where it is not so deep. */
  KernelOperand stackEntry(boolean isUser, KernelOperand depth);

  /**
   * The function of the kernel at an address, as text.
   *
   * @param withPlace with the offset in it
   */
  KernelOperand symbol(KernelOperand address, boolean withPlace);

  /** What the run time keeps for every session, for kernel handlers to read. */
  enum SessionField {
    /** Wall-clock time minus {@code bpf_ktime_get_ns()}, nanoseconds; kept up to date. */
    REAL_TIME_OFFSET,
    /** The process given by {@code -x} or started by {@code -c}; 0 when neither was. */
    TARGET_PROCESS,
    /** The process that runs the session. */
    OWN_PROCESS
  }
}
