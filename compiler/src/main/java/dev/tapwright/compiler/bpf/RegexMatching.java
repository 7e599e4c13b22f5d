package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.AnalysisCodes;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.LoweredValue.Text;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.machine.ByteStrings;
import dev.tapwright.compiler.machine.RegexGroups;
import dev.tapwright.compiler.machine.RegexTable;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Expression;
import java.util.Optional;

/**
 * {@code =~} and {@code !~}: the table of an automaton, gone through a byte of the string at a
 * time.
 *
 * <pre>
 *   offset   0  u8[256]  class of each byte
 *          256  u16[]    next row, by row and class: {@link RegexTable#rows()}
 * </pre>
 */
final class RegexMatching {
  private static final int CLASSES = 256;

  private final HandlerLowering handler;
  private final CodeBuilder code;

  RegexMatching(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /** Goes on by whether a string matches. */
  void branch(Expression.RegexMatch match, int ifTrue, int ifFalse) {
    Optional<RegexTable> table = table(match);
    if (table.isEmpty()) {
      code.jump(ifFalse);
      return;
    }
    if (handler.subMatches.areWanted()) {
      noteGroups(match, ifTrue, ifFalse);
      return;
    }
    Operand row = run(table.get(), match.subject());
    code.branch(
        Comparison.EQUAL,
        row,
        new Constant(match.isNegated() ? RegexTable.FAILED : RegexTable.MATCHED),
        ifTrue,
        ifFalse);
  }

  private void noteGroups(Expression.RegexMatch match, int ifTrue, int ifFalse) {
    Optional<RegexGroups> groups = RegexGroups.of(ByteStrings.ofScript(match.pattern().value()));
    if (groups.isEmpty()) {
      handler.tables.report(tooLarge(match, RegexGroups.MOST_ENTRIES));
      code.jump(ifFalse);
      return;
    }
    Text subject = handler.texts.text(match.subject(), Optional.empty());
    code.at(match.span());
    boolean isNegated = match.isNegated();
    handler.subMatches.match(
        groups.get(), subject, isNegated ? ifFalse : ifTrue, isNegated ? ifTrue : ifFalse);
  }

  private Optional<RegexTable> table(Expression.RegexMatch match) {
    if (Restriction.REGULAR_EXPRESSION.isBeyond(handler.tables.profile())) {
      handler.report(Restriction.REGULAR_EXPRESSION, match.span());
      return Optional.empty();
    }
    return switch (RegexTable.of(ByteStrings.ofScript(match.pattern().value()))) {
      case RegexTable.Result.Built(RegexTable table) -> Optional.of(table);
      case RegexTable.Result.Malformed(String message) -> {
        handler.tables.report(
            Diagnostic.error(AnalysisCodes.REGEX, match.pattern().span(), message));
        yield Optional.empty();
      }
      case RegexTable.Result.TooLarge() -> {
        handler.tables.report(tooLarge(match, RegexTable.MOST_ENTRIES));
        yield Optional.empty();
      }
    };
  }

  private static Diagnostic tooLarge(Expression.RegexMatch match, int most) {
    return Diagnostic.error(
            KernelDiagnostics.STRING,
            match.pattern().span(),
            "this regular expression is too large for a kernel probe: its table would have more than %d entries"
                .formatted(most))
        .withNote(
            "repetitions such as '.{20}' behind something that can begin anywhere make large tables; match it in an end or timer probe, which run in user space");
  }

  private Operand run(RegexTable table, Expression subject) {
    Text value = handler.texts.text(subject, Optional.empty());
    if (table.start() < RegexTable.FIRST) {
      return new Constant(table.start());
    }
    MemoryText text = handler.texts.inScratch(value);
    int mask = Texts.mask(table.rows().size() - 1);
    Address.Behind base = handler.data.constants(bytes(table), CLASSES + 2 * (mask + 1));
    Virtual index = code.fresh();
    Virtual row = code.fresh();
    code.copy(index, new Constant(0));
    code.copy(row, new Constant(table.start()));
    int after = code.newBlock();
    handler.loops.counted(
        text.capacity(),
        after,
        () -> {
          Operand character =
              code.compute(
                  Operation.AND,
                  handler.textFunctions.load(text, index),
                  new Constant(CLASSES - 1));
          Operand kind = code.load(Size.BYTE, Texts.at(code, base, character));
          Operand entry =
              code.compute(
                  Operation.ADD,
                  code.compute(Operation.SUBTRACT, row, new Constant(RegexTable.FIRST)),
                  kind);
          Operand offset =
              code.compute(
                  Operation.SHIFT_LEFT,
                  code.compute(Operation.AND, entry, new Constant(mask)),
                  new Constant(1));
          code.copy(row, code.load(Size.HALF, Texts.at(code, base.plus(CLASSES), offset)));
          int more = code.newBlock();
          code.branch(Comparison.LESS, row, new Constant(RegexTable.FIRST), after, more);
          code.start(more);
          code.copy(index, code.compute(Operation.ADD, index, new Constant(1)));
        });
    return row;
  }

  private static String bytes(RegexTable table) {
    StringBuilder bytes = new StringBuilder();
    table.classes().forEach(number -> bytes.append((char) number.intValue()));
    for (int row : table.rows()) {
      bytes.append((char) (row & 0xff)).append((char) (row >> 8));
    }
    return bytes.toString();
  }
}
