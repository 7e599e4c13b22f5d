package dev.tapwright.compiler.probe;

import java.util.List;
import java.util.Optional;

/**
 * What a handler at one place may ask of the program that it has interrupted.
 *
 * @param kind what sort of place it is
 * @param subject the function or tracepoint
 * @param parameters in order
 * @param result of a function, where it returns; empty where it gives none
 * @param isReturn whether the place is a function's return
 * @param keepsArguments whether the arguments are at hand; at a return they may be gone
 * @param pointsToUser whether pointers among the parameters are addresses of the process, not of
 *     the kernel
 * @param module the module of the kernel whose code it is in, whose types come first there
 */
public record ProbeContext(
    Kind kind,
    String subject,
    List<ContextVariable> parameters,
    Optional<ContextVariable> result,
    boolean isReturn,
    boolean keepsArguments,
    boolean pointsToUser,
    Optional<String> module) {
  /** Sorts of places. */
  public enum Kind {
    /** No program is interrupted: timers, the start of the session. */
    NONE,
    /** A function of the kernel. */
    KERNEL_FUNCTION,
    /** A tracepoint of the kernel. */
    TRACEPOINT,
    /** Something that happens to a process. */
    PROCESS,
    /** A function of a program, of which no types are known. */
    USER_FUNCTION,
    /** A mark that a program's author has put into it. */
    USER_MARK,
    /** A file of the session's own that somebody reads. */
    FILE_READ,
    /** A file of the session's own that somebody has written to. */
    FILE_WRITE
  }

  /** Copies the list. */
  public ProbeContext {
    parameters = List.copyOf(parameters);
  }

  /** A place without context variables. */
  public static ProbeContext none() {
    return without(Kind.NONE, "", false);
  }

  /** A place whose variables are not known. */
  static ProbeContext without(Kind kind, String subject, boolean isReturn) {
    return new ProbeContext(
        kind, subject, List.of(), Optional.empty(), isReturn, !isReturn, false, Optional.empty());
  }

  /** The same place in the code of a module. */
  ProbeContext in(Optional<String> place) {
    return new ProbeContext(
        kind, subject, parameters, result, isReturn, keepsArguments, pointsToUser, place);
  }

  /**
   * Whether the place ends what begins at another: a function's return, or that of a system call.
   */
  public boolean hasEntry() {
    return isReturn || (kind == Kind.TRACEPOINT && ProbeMatch.isSystemCallReturn(subject));
  }

  /** Whether the place has a name of its own, {@code $$name}. */
  public boolean hasName() {
    return kind == Kind.TRACEPOINT || kind == Kind.USER_MARK;
  }

  /** The same place with other parameters. */
  ProbeContext withParameters(List<ContextVariable> others) {
    return new ProbeContext(
        kind, subject, others, result, isReturn, keepsArguments, pointsToUser, module);
  }

  /**
   * The parameters that {@code $$parms} lists: the number of a system call is none of its own, nor
   * is the context that holds them.
   */
  public List<ContextVariable> listedParameters() {
    return parameters.stream()
        .filter(
            parameter ->
                !(parameter.location() instanceof ContextVariable.Location.SystemCallNumber
                    || parameter.location() instanceof ContextVariable.Location.Context))
        .toList();
  }

  /** All of them: parameters, then {@code $return}. */
  public List<ContextVariable> variables() {
    return java.util.stream.Stream.concat(parameters.stream(), result.stream()).toList();
  }

  /** The variable of a name without its {@code $}. */
  public Optional<ContextVariable> variable(String name) {
    return variables().stream().filter(variable -> variable.name().equals(name)).findFirst();
  }
}
