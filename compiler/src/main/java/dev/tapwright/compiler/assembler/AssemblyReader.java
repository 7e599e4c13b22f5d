package dev.tapwright.compiler.assembler;

import dev.tapwright.compiler.assembler.AssemblyToken.Kind;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.EmbeddedCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a block of assembler: {@code opcode destination, source, …}, a statement to a line or
 * {@code ;}, with labels before them.
 */
public final class AssemblyReader {
  /**
   * What reading gives.
   *
   * @param assembly what could be understood; whole if nothing is wrong
   * @param diagnostics what is wrong
   */
  public record Result(Assembly assembly, List<Diagnostic> diagnostics) {
    /** Copies the list. */
    public Result {
      diagnostics = List.copyOf(diagnostics);
    }
  }

  /** A statement as written. */
  record Written(AssemblyToken opcode, List<WrittenOperand> operands) {
    Written {
      operands = List.copyOf(operands);
    }

    /** Place behind it. */
    int end() {
      return operands.isEmpty() ? opcode.end() : operands.getLast().end();
    }
  }

  private final AssemblyProblems problems;
  private final AssemblyRegisters registers;
  private final Map<String, Integer> labels = new HashMap<>();
  private final List<Written> statements = new ArrayList<>();

  private AssemblyReader(EmbeddedCode code, List<String> parameters) {
    problems = new AssemblyProblems(code);
    registers = new AssemblyRegisters(parameters);
  }

  /**
   * Reads a block.
   *
   * @param parameters of its function, by name
   * @param stringBytes what {@code BPF_MAXSTRINGLEN} is
   */
  public static Result read(EmbeddedCode code, List<String> parameters, int stringBytes) {
    AssemblyReader reader = new AssemblyReader(code, parameters);
    reader.statements(AssemblyLexer.tokens(code.code(), reader.problems));
    AssemblySteps steps =
        new AssemblySteps(reader.problems, reader.registers, reader.labels, stringBytes);
    reader.statements.forEach(steps::add);
    List<Span> spans = steps.spans();
    Assembly assembly =
        new Assembly(steps.finished(), spans, reader.registers.names(), parameters.size());
    if (reader.problems.diagnostics().isEmpty()) {
      AssemblyCheck.check(assembly, reader.problems);
    }
    return new Result(assembly, reader.problems.diagnostics());
  }

  private void statements(List<AssemblyToken> tokens) {
    List<AssemblyToken> line = new ArrayList<>();
    for (AssemblyToken token : tokens) {
      boolean goesOn =
          token.kind() != Kind.END
              || (token.text().equals("\n") && !line.isEmpty() && line.getLast().isMark(','));
      if (!goesOn) {
        statement(line);
        line = new ArrayList<>();
      } else if (token.kind() != Kind.END) {
        line.add(token);
      }
    }
  }

  private void statement(List<AssemblyToken> line) {
    int first = 0;
    while (first + 1 < line.size()
        && line.get(first).kind() == Kind.WORD
        && line.get(first + 1).isMark(':')) {
      label(line.get(first));
      first += 2;
    }
    if (first == line.size()) {
      return;
    }
    AssemblyToken opcode = line.get(first);
    if (opcode.kind() != Kind.WORD && opcode.kind() != Kind.NUMBER) {
      problems.add(opcode, "expected an instruction, found '%s'".formatted(opcode.text()));
      return;
    }
    int next = first + 1;
    if (next < line.size() && line.get(next).isMark(',')) {
      next++;
    }
    Optional<List<WrittenOperand>> operands =
        OperandReader.read(line.subList(next, line.size()), opcode, problems);
    if (operands.isEmpty()) {
      return;
    }
    if (opcode.text().equals("label")) {
      if (operands.get().size() == 1
          && operands.get().getFirst() instanceof WrittenOperand.Word word) {
        label(word.token());
      } else {
        problems.add(opcode, "'label' takes a name");
      }
      return;
    }
    statements.add(new Written(opcode, operands.get()));
  }

  private void label(AssemblyToken name) {
    if (name.text().startsWith("$")) {
      problems.add(name, "'%s' is a register, not a label".formatted(name.text()));
    } else if (labels.putIfAbsent(name.text(), statements.size()) != null) {
      problems.add(name, "duplicate label '%s'".formatted(name.text()));
    }
  }
}
