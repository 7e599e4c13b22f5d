package dev.tapwright.compiler.assembler;

import dev.tapwright.compiler.assembler.AssemblyToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the operands of a statement. */
final class OperandReader {
  private final List<AssemblyToken> tokens;
  private final AssemblyToken opcode;
  private final AssemblyProblems problems;
  private int at;

  private OperandReader(
      List<AssemblyToken> tokens, AssemblyToken opcode, AssemblyProblems problems) {
    this.tokens = tokens;
    this.opcode = opcode;
    this.problems = problems;
  }

  /** The operands between the commas; empty, and a problem, when they make no sense. */
  static Optional<List<WrittenOperand>> read(
      List<AssemblyToken> tokens, AssemblyToken opcode, AssemblyProblems problems) {
    OperandReader reader = new OperandReader(tokens, opcode, problems);
    List<WrittenOperand> operands = new ArrayList<>();
    while (reader.at < tokens.size()) {
      if (!operands.isEmpty() && !reader.takes(',')) {
        return reader.wrong("expected ',' before");
      }
      Optional<WrittenOperand> operand = reader.operand();
      if (operand.isEmpty()) {
        return Optional.empty();
      }
      operands.add(operand.get());
    }
    return Optional.of(operands);
  }

  private <T> Optional<T> wrong(String what) {
    if (at < tokens.size()) {
      problems.add(tokens.get(at), what + " '" + tokens.get(at).text() + "'");
    } else {
      AssemblyToken last = tokens.isEmpty() ? opcode : tokens.getLast();
      problems.add(last, what + " the end of the statement");
    }
    return Optional.empty();
  }

  private boolean takes(char mark) {
    boolean isThere = at < tokens.size() && tokens.get(at).isMark(mark);
    if (isThere) {
      at++;
    }
    return isThere;
  }

  private Optional<WrittenOperand> operand() {
    if (at == tokens.size()) {
      return wrong("expected an operand before");
    }
    AssemblyToken token = tokens.get(at);
    if (token.isMark('[')) {
      at++;
      return memory(token.start());
    }
    if (token.isMark('-')) {
      at++;
      boolean isNumber =
          at < tokens.size()
              && tokens.get(at).kind() == Kind.NUMBER
              && tokens.get(at).start() == token.end();
      return isNumber
          ? number(token.start(), -1)
          : Optional.of(new WrittenOperand.Absent(token.start(), token.end()));
    }
    return switch (token.kind()) {
      case NUMBER -> number(token.start(), 1);
      case WORD -> {
        at++;
        yield Optional.of(new WrittenOperand.Word(token));
      }
      case STRING -> {
        at++;
        yield Optional.of(new WrittenOperand.Text(token));
      }
      case MARK, END -> wrong("expected an operand, found");
    };
  }

  private Optional<WrittenOperand> number(int start, int sign) {
    AssemblyToken token = tokens.get(at);
    try {
      String text = token.text();
      boolean isHexadecimal = text.startsWith("0x") || text.startsWith("0X");
      boolean isOctal = !isHexadecimal && text.startsWith("0");
      long value =
          isHexadecimal
              ? Long.parseUnsignedLong(text.substring(2), 16)
              : Long.parseUnsignedLong(text, isOctal ? 8 : 10);
      at++;
      return Optional.of(new WrittenOperand.Number(start, token.end(), sign * value));
    } catch (NumberFormatException malformed) {
      problems.add(token, "'%s' is no number".formatted(token.text()));
      return Optional.empty();
    }
  }

  private Optional<WrittenOperand> memory(int start) {
    Optional<WrittenOperand> base = operand();
    if (base.isEmpty()) {
      return Optional.empty();
    }
    long offset = 0;
    boolean isMinus = at < tokens.size() && tokens.get(at).isMark('-');
    if (isMinus || (at < tokens.size() && tokens.get(at).isMark('+'))) {
      at++;
      if (at == tokens.size() || tokens.get(at).kind() != Kind.NUMBER) {
        return wrong("expected a number before");
      }
      if (!(number(tokens.get(at).start(), isMinus ? -1 : 1).orElse(null)
          instanceof WrittenOperand.Number number)) {
        return Optional.empty();
      }
      offset = number.value();
    }
    if (!takes(']')) {
      return wrong("expected ']' before");
    }
    return Optional.of(
        new WrittenOperand.Memory(start, tokens.get(at - 1).end(), base.get(), offset));
  }
}
