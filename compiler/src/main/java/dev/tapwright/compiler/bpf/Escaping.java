package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.LoweredValue.LiteralText;
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
import dev.tapwright.compiler.intrinsic.EscapedText;

/**
 * {@code text_strn()} and its kin: {@link EscapedText} in the kernel, by a table that has for every
 * byte how it is written, four bytes, and how many of them count, four bytes.
 */
final class Escaping {
  /** Entries have 8 bytes. */
  private static final int ENTRY = 3;

  private static final int BYTES = 256;
  private static final String TABLE = table(false);
  private static final String CHARACTERS = table(true);

  private Escaping() {}

  private static String table(boolean isPrintingKept) {
    StringBuilder table = new StringBuilder();
    for (char value = 0; value < BYTES; value++) {
      boolean isKept = isPrintingKept && value >= ' ' && value <= '~';
      String written = isKept ? String.valueOf(value) : EscapedText.escape(value);
      table.append(written).repeat('\0', 4 - written.length());
      table.append((char) written.length()).repeat('\0', 3);
    }
    return table.toString();
  }

  /** How a byte is printed by {@code %#c}: four bytes, then how many of them count. */
  static Operand character(HandlerLowering handler, Operand value) {
    CodeBuilder code = handler.code;
    Address.Behind table = handler.data.constants(CHARACTERS, CHARACTERS.length());
    Operand known = code.compute(Operation.AND, value, new Constant(BYTES - 1));
    Operand offset = code.compute(Operation.SHIFT_LEFT, known, new Constant(ENTRY));
    return code.load(Size.DOUBLE, Texts.at(code, table, offset));
  }

  /**
   * Writes it.
   *
   * @param limit most bytes of the result; 0 or less for as many as a string can have
   * @param quoted not 0 for quotes around it, and an ellipsis where it was cut
   */
  static Text write(HandlerLowering handler, Text text, Operand limit, Operand quoted) {
    CodeBuilder code = handler.code;
    int most = handler.tables.capacities().most();
    MemoryText in = handler.texts.inScratch(text);
    int mask = Texts.mask(most);
    Address.Behind area = handler.memory.scratch.allocate(most + 8);
    handler.memory.scratch.require(area.offset() + mask + 16);
    if (Texts.isPadded(most)) {
      handler.texts.clear(area, most + 8);
    }
    Address.Behind table = handler.data.constants(TABLE, TABLE.length());
    Operand quote = truth(code, quoted);
    Operand room = room(code, limit, quote, most - 1);
    code.store(Size.BYTE, area, new Constant('"'));
    Virtual index = code.fresh();
    Virtual length = code.fresh();
    Virtual isCut = code.fresh();
    code.copy(index, new Constant(0));
    code.copy(length, new Constant(0));
    code.copy(isCut, new Constant(0));
    int after = code.newBlock();
    handler.loops.counted(
        in.capacity(),
        after,
        () -> {
          int some = code.newBlock();
          int full = code.newBlock();
          int fits = code.newBlock();
          Operand character = handler.textFunctions.load(in, index);
          code.branch(Comparison.EQUAL, character, new Constant(0), after, some);
          code.start(some);
          Operand known = code.compute(Operation.AND, character, new Constant(BYTES - 1));
          Operand offset = code.compute(Operation.SHIFT_LEFT, known, new Constant(ENTRY));
          Operand entry = code.load(Size.DOUBLE, Texts.at(code, table, offset));
          Operand next =
              code.compute(
                  Operation.ADD,
                  length,
                  code.compute(Operation.SHIFT_RIGHT_UNSIGNED, entry, new Constant(32)));
          code.branch(Comparison.GREATER, next, room, full, fits);
          code.start(full);
          code.copy(isCut, new Constant(1));
          code.jump(after);
          code.start(fits);
          code.store(Size.WORD, at(code, area, quote, length, mask), entry);
          code.copy(length, next);
          code.copy(index, code.compute(Operation.ADD, index, new Constant(1)));
        });
    int quotes = code.newBlock();
    int ellipsis = code.newBlock();
    int join = code.newBlock();
    handler.branchNotZero(quote, quotes, join);
    code.start(quotes);
    // As much is given up for the ellipsis as it takes.
    int whole = code.newBlock();
    int close = code.newBlock();
    Operand kept =
        code.compute(Operation.SUBTRACT, room, new Constant(EscapedText.ELLIPSIS.length()));
    int cut = code.newBlock();
    int longer = code.newBlock();
    handler.branchNotZero(isCut, cut, close);
    code.start(cut);
    code.branch(Comparison.GREATER, length, kept, longer, close);
    code.start(longer);
    code.copy(length, kept);
    code.jump(close);
    code.start(close);
    Address.Behind behind = at(code, area, quote, length, mask);
    code.store(Size.BYTE, behind, new Constant('"'));
    code.copy(length, code.compute(Operation.ADD, length, new Constant(1)));
    handler.branchNotZero(isCut, ellipsis, whole);
    code.start(ellipsis);
    code.store(Size.WORD, behind.plus(1), Texts.word(new LiteralText(EscapedText.ELLIPSIS), 0));
    code.copy(
        length, code.compute(Operation.ADD, length, new Constant(EscapedText.ELLIPSIS.length())));
    code.jump(whole);
    code.start(whole);
    code.jump(join);
    code.start(join);
    code.store(Size.BYTE, at(code, area, quote, length, mask), new Constant(0));
    code.store(Size.BYTE, area.plus(most - 1), new Constant(0));
    MemoryText result = new MemoryText(area, most);
    if (Texts.isPadded(most)) {
      Padding.clear(handler.code, result);
    }
    return result;
  }

  /**
   * Where the content goes on, behind the quote if there is one. Computed where it is used, so that
   * the verifier sees its bounds.
   */
  private static Address.Behind at(
      CodeBuilder code, Address.Behind area, Operand quote, Operand length, int mask) {
    Operand first = code.compute(Operation.AND, quote, new Constant(1));
    Operand end = code.compute(Operation.AND, length, new Constant(mask));
    return Texts.at(code, area, code.compute(Operation.ADD, first, end));
  }

  /** 1 for what is not 0. */
  private static Operand truth(CodeBuilder code, Operand number) {
    if (number instanceof Constant(long value)) {
      return new Constant(value == 0 ? 0 : 1);
    }
    Virtual result = code.fresh();
    int holds = code.newBlock();
    int join = code.newBlock();
    code.copy(result, new Constant(0));
    code.branch(Comparison.NOT_EQUAL, number, new Constant(0), holds, join);
    code.start(holds);
    code.copy(result, new Constant(1));
    code.jump(join);
    code.start(join);
    return result;
  }

  /** Bytes that there are between the quotes, if any. */
  private static Operand room(CodeBuilder code, Operand limit, Operand quote, int most) {
    if (limit instanceof Constant(long bytes) && quote instanceof Constant(long isQuoted)) {
      return new Constant(EscapedText.room(bytes, isQuoted != 0, most));
    }
    Virtual room = code.fresh();
    int unlimited = code.newBlock();
    int bounded = code.newBlock();
    int known = code.newBlock();
    int quotes = code.newBlock();
    int tooSmall = code.newBlock();
    int enough = code.newBlock();
    int join = code.newBlock();
    code.copy(room, limit);
    code.branch(Comparison.LESS_OR_EQUAL, limit, new Constant(0), unlimited, bounded);
    code.start(bounded);
    code.branch(Comparison.GREATER, limit, new Constant(most), unlimited, known);
    code.start(unlimited);
    code.copy(room, new Constant(most));
    code.jump(known);
    code.start(known);
    code.branch(Comparison.NOT_EQUAL, quote, new Constant(0), quotes, join);
    code.start(quotes);
    code.branch(Comparison.LESS, room, new Constant(EscapedText.LEAST_QUOTED), tooSmall, enough);
    code.start(tooSmall);
    code.copy(room, new Constant(EscapedText.LEAST_QUOTED));
    code.jump(enough);
    code.start(enough);
    code.copy(room, code.compute(Operation.SUBTRACT, room, new Constant(2)));
    code.jump(join);
    code.start(join);
    return room;
  }
}
