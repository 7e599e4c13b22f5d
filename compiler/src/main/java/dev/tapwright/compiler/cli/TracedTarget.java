package dev.tapwright.compiler.cli;

import dev.tapwright.compiler.target.ForwardingTarget;
import dev.tapwright.compiler.target.Target;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A machine on which a command of {@code -c} or a process of {@code -x} is traced. */
final class TracedTarget extends ForwardingTarget {
  /** What makes a command more than one program with its arguments: stapprobes(3stap). */
  private static final String OPERATORS = "|&;<>(){}";

  private final Optional<Path> program;

  private TracedTarget(Target target, Optional<Path> program) {
    super(target);
    this.program = program;
  }

  /** The machine with what the options say of a target process. */
  static Target of(Target target, StapOptions options) {
    Optional<Path> program =
        options.command.isPresent()
            ? options.command.flatMap(command -> programOf(command, target))
            : options.targetProcess.flatMap(target::programOf);
    return program.isEmpty() ? target : new TracedTarget(target, program);
  }

  private static Optional<Path> programOf(String command, Target target) {
    String word = command.strip().split("\\s", 2)[0].replace("\"", "").replace("'", "");
    if (word.isEmpty() || command.chars().anyMatch(c -> OPERATORS.indexOf(c) >= 0)) {
      return Optional.empty();
    }
    try {
      return target.findProgram(word).map(Path::toAbsolutePath);
    } catch (InvalidPathException notAPath) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Path> tracedProgram() {
    return program;
  }
}
