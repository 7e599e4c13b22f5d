package dev.tapwright.compiler.machine;

import java.util.List;

/**
 * The user half of a compiled script: only values that a file can hold. The code is a tree of
 * records that evaluate themselves; {@link UserCompiler} makes it and {@link UserMachine} runs it.
 *
 * <p>A program that was read from a file may hold anything that its records can: {@link
 * UserMachine#create} checks it.
 *
 * @param globals all variables of the analysed program, in its order
 * @param functions the functions that the handlers reach
 * @param handlers the user-placed handlers, in the order of the script
 * @param places what faults point at, such as {@code operator '/' at hello.stp:3:14}
 * @param limits how much a handler may use
 */
public record UserProgram(
    List<GlobalDefinition> globals,
    List<FunctionCode> functions,
    List<HandlerCode> handlers,
    List<String> places,
    Limits limits) {
  /** Copies the lists. */
  public UserProgram {
    globals = List.copyOf(globals);
    functions = List.copyOf(functions);
    handlers = List.copyOf(handlers);
    places = List.copyOf(places);
  }

  /** A program without handlers. */
  public static UserProgram empty() {
    return new UserProgram(List.of(), List.of(), List.of(), List.of(), Limits.defaults());
  }
}
