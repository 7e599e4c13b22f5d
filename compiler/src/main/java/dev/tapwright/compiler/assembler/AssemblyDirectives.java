package dev.tapwright.compiler.assembler;

import dev.tapwright.compiler.assembler.AssemblyReader.Written;
import dev.tapwright.compiler.assembler.AssemblyStep.ErrorStep;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.PrintFormat;
import dev.tapwright.syntax.format.PrintFormatParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Makes steps of the statements that are no instructions: {@code alloc}, {@code call} and others.
 */
final class AssemblyDirectives {
  /** What {@code sprintf} takes at most, besides its format. */
  private static final int MOST_FORMATTED = 3;

  /** What {@code printf} takes at most. */
  private static final int MOST_PRINTED = 32;

  private static final int MOST_ARGUMENTS = 5;

  private final AssemblyProblems problems;
  private final AssemblyOperands operands;

  AssemblyDirectives(AssemblyProblems problems, AssemblyOperands operands) {
    this.problems = problems;
    this.operands = operands;
  }

  /** The step of a statement; empty, and a problem, when it makes no sense. */
  Optional<AssemblyStep> step(Written written) {
    int before = problems.diagnostics().size();
    Optional<AssemblyStep> step =
        switch (written.opcode().text()) {
          case "alloc" -> allocate(written);
          case "call" -> call(written);
          case "jump_to_catch" -> error(written, ErrorStep.JUMP_TO_CATCH);
          case "register_error" -> error(written, ErrorStep.REGISTER);
          case "terminate" ->
              takes(written, 0, 0) ? Optional.of(new AssemblyStep.EndHandler()) : Optional.empty();
          default -> {
            problems.add(
                written.opcode(), "unknown instruction '%s'".formatted(written.opcode().text()));
            yield Optional.empty();
          }
        };
    return problems.diagnostics().size() == before ? step : Optional.empty();
  }

  private boolean takes(Written written, int least, int most) {
    int given = written.operands().size();
    boolean fits = given >= least && given <= most;
    if (!fits) {
      problems.add(
          written.opcode(),
          "'%s' takes %s operands; here are %d"
              .formatted(
                  written.opcode().text(),
                  least == most ? Integer.toString(least) : least + " to " + most,
                  given));
    }
    return fits;
  }

  private Optional<AssemblyStep> allocate(Written written) {
    if (!takes(written, 2, 3)) {
      return Optional.empty();
    }
    List<WrittenOperand> given = written.operands();
    int destination = operands.assigned(given.getFirst());
    long bytes = operands.number(given.get(1), true);
    if (bytes < 1 || bytes > Short.MAX_VALUE) {
      operands.wrong(given.get(1), "'alloc' takes a number of bytes");
    }
    // Whatever is allocated begins at a multiple of 8.
    if (given.size() == 3
        && !(given.get(2) instanceof WrittenOperand.Word word && word.text().equals("align"))) {
      operands.wrong(given.get(2), "expected 'align'");
    }
    return Optional.of(new AssemblyStep.Allocate(destination, (int) bytes));
  }

  private Optional<AssemblyStep> error(Written written, ErrorStep way) {
    return takes(written, 1, 1)
        ? Optional.of(new AssemblyStep.Error(way, operands.value(written.operands().getFirst())))
        : Optional.empty();
  }

  private Optional<AssemblyStep> call(Written written) {
    List<WrittenOperand> given = written.operands();
    if (given.size() < 2) {
      problems.add(
          written.opcode(),
          "'call' takes where the result goes, or '-', and what to call: call $result, helper");
      return Optional.empty();
    }
    OptionalInt destination =
        given.getFirst() instanceof WrittenOperand.Absent
            ? OptionalInt.empty()
            : OptionalInt.of(operands.assigned(given.getFirst()));
    List<WrittenOperand> arguments = given.subList(2, given.size());
    if (given.get(1) instanceof WrittenOperand.Word word) {
      switch (word.text()) {
        case "printf" -> {
          return format(word.token(), arguments, destination, true);
        }
        case "sprintf" -> {
          return format(word.token(), arguments, destination, false);
        }
        case "exit" -> {
          if (!arguments.isEmpty() || destination.isPresent()) {
            problems.add(word.token(), "exit takes nothing and gives nothing: call -, exit");
          }
          return Optional.of(new AssemblyStep.EndSession());
        }
        default -> {}
      }
    }
    Optional<Integer> helper = helper(given.get(1));
    if (helper.isEmpty()) {
      return Optional.empty();
    }
    int wanted = arguments(helper.get());
    if (arguments.size() != wanted) {
      operands.wrong(
          given.get(1),
          "%s takes %d arguments; here are %d"
              .formatted(name(helper.get()), wanted, arguments.size()));
    }
    return Optional.of(
        new AssemblyStep.Call(
            helper.get(), arguments.stream().map(operands::value).toList(), destination));
  }

  /** The instruction {@code call}: the arguments are in R1 and on, the result in R0. */
  AssemblyStep call(WrittenOperand operand) {
    int helper = helper(operand).orElse(0);
    return new AssemblyStep.Call(
        helper,
        IntStream.rangeClosed(1, Math.min(MOST_ARGUMENTS, arguments(helper)))
            .<AssemblyOperand>mapToObj(AssemblyOperand.InRegister::new)
            .toList(),
        OptionalInt.empty());
  }

  private Optional<Integer> helper(WrittenOperand operand) {
    switch (operand) {
      case WrittenOperand.Word word -> {
        Optional<Helper> named = Helper.named(word.text());
        if (named.isEmpty()) {
          operands.wrong(
              operand,
              "unknown helper '%s': none of that name is for programs that trace"
                  .formatted(word.text()));
        }
        return named.map(Helper::id);
      }
      case WrittenOperand.Number number -> {
        if (Helper.of(number.value()).isPresent() || UserHelper.of(number.value()).isPresent()) {
          return Optional.of((int) number.value());
        }
        operands.wrong(
            operand,
            "unknown helper %d: none of that number is for programs that trace"
                .formatted(number.value()));
      }
      default -> operands.wrong(operand, "expected the name or number of a helper");
    }
    return Optional.empty();
  }

  private static int arguments(int helper) {
    return Helper.of(helper)
        .map(Helper::arguments)
        .or(() -> UserHelper.of(helper).map(UserHelper::arguments))
        .orElse(0);
  }

  private static String name(int helper) {
    return Helper.of(helper).map(Helper::kernelName).orElse("helper " + helper);
  }

  /** Says where a number stands for a string, or a string for a number. */
  private void kinds(List<FormatPart> parts, List<WrittenOperand> values) {
    int next = 0;
    for (FormatPart part : parts) {
      if (part instanceof FormatPart.Directive directive && next < values.size()) {
        WrittenOperand value = values.get(next++);
        boolean isText = directive.conversion() == FormatPart.Conversion.STRING;
        if (isText && operands.value(value) instanceof AssemblyOperand.Number) {
          operands.wrong(value, "the format wants a string here");
        } else if (!isText && value instanceof WrittenOperand.Text) {
          operands.wrong(value, "the format wants a number here");
        }
      }
    }
  }

  private Optional<AssemblyStep> format(
      AssemblyToken name, List<WrittenOperand> given, OptionalInt destination, boolean isPrinted) {
    if (given.isEmpty() || !(given.getFirst() instanceof WrittenOperand.Text text)) {
      problems.add(name, "%s takes a format first, a string".formatted(name.text()));
      return Optional.empty();
    }
    PrintFormatParser.Result parsed = PrintFormatParser.parse(text.token().text());
    parsed.mistakes().forEach(mistake -> operands.wrong(text, mistake));
    int wanted = 0;
    List<FormatPart> parts = new ArrayList<>();
    for (FormatPart part : parsed.format().parts()) {
      switch (part) {
        case FormatPart.Text(String plain) ->
            parts.add(new FormatPart.Text(AssemblyOperands.bytes(plain)));
        case FormatPart.Directive directive -> {
          parts.add(directive);
          wanted++;
          if (directive.width() instanceof FormatPart.Size.FromArgument
              || directive.precision() instanceof FormatPart.Size.FromArgument) {
            operands.wrong(text, "a '*' cannot stand in a format of assembler");
          }
          if (directive.conversion() == FormatPart.Conversion.MEMORY
              || directive.conversion() == FormatPart.Conversion.MEMORY_HEXADECIMAL) {
            operands.wrong(text, "'%m' and '%M' cannot stand in a format of assembler");
          }
        }
      }
    }
    List<WrittenOperand> values = given.subList(1, given.size());
    kinds(parts, values);
    int most = isPrinted ? MOST_PRINTED : MOST_FORMATTED;
    if (values.size() != wanted) {
      operands.wrong(
          text, "the format takes %d values; here are %d".formatted(wanted, values.size()));
    } else if (values.size() > most) {
      operands.wrong(values.get(most), "%s takes %d values at most".formatted(name.text(), most));
    }
    return Optional.of(
        new AssemblyStep.Format(
            isPrinted,
            new PrintFormat(parts),
            values.stream().map(operands::value).toList(),
            destination));
  }
}
