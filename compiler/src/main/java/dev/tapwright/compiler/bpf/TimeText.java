package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.LoweredValue.Text;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;

/**
 * A time written out as {@code ctime()} does: {@code Wed Jun 30 21:49:08 1993}. Days are counted
 * from the first of March of the year 0, so that leap days are the last of their years.
 */
final class TimeText {
  private static final int CAPACITY = 25;
  private static final int DAY = 86_400;

  /** Days from the first of March of the year 0 to 1970. */
  private static final int DAYS_BEFORE = 719_468;

  private static final int DAYS_OF_400_YEARS = 146_097;
  private static final int LETTER_BITS = 5;

  private final HandlerLowering handler;
  private final CodeBuilder code;
  private final MemoryText place;

  private TimeText(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
    place = new MemoryText(handler.memory.allocate(CAPACITY), CAPACITY);
  }

  /** Writes it; seconds that do not fit into 32 bits are a fault. */
  static Text write(HandlerLowering handler, Operand seconds) {
    return new TimeText(handler).write(seconds);
  }

  private Text write(Operand seconds) {
    range(seconds);
    handler.texts.copy(HandlerLowering.emptyText(), place);
    Operand all = plus(seconds, (long) DAYS_BEFORE * DAY);
    Operand days = divided(all, DAY);
    date(days);
    Operand second = rest(all, DAY);
    digits(11, divided(second, 3600));
    letter(13, ':');
    digits(14, rest(divided(second, 60), 60));
    letter(16, ':');
    digits(17, rest(second, 60));
    return place;
  }

  private void range(Operand seconds) {
    int low = code.newBlock();
    int fine = code.newBlock();
    int fault = code.newRareBlock();
    code.branch(Comparison.GREATER, seconds, new Constant(Integer.MAX_VALUE), fault, low);
    code.start(low);
    code.branch(Comparison.LESS, seconds, new Constant(Integer.MIN_VALUE), fault, fine);
    handler.inBlock(
        fault, () -> handler.faults.raise("ctime: ", seconds, " seconds are out of range"));
    code.start(fine);
  }

  private void date(Operand days) {
    Operand era = divided(days, DAYS_OF_400_YEARS);
    Operand dayOfEra = rest(days, DAYS_OF_400_YEARS);
    Operand leapDays =
        minus(
            plus(divided(dayOfEra, 36_524), minus(dayOfEra, divided(dayOfEra, 1460))),
            divided(dayOfEra, DAYS_OF_400_YEARS - 1));
    Operand yearOfEra = divided(leapDays, 365);
    Operand dayOfYear =
        minus(
            plus(dayOfEra, divided(yearOfEra, 100)),
            plus(times(yearOfEra, 365), divided(yearOfEra, 4)));
    Operand marchMonth = divided(plus(times(dayOfYear, 5), 2), 153);
    Operand day = plus(minus(dayOfYear, divided(plus(times(marchMonth, 153), 2), 5)), 1);
    // January and February, months 10 and 11, are of the next year.
    Operand nextYear = divided(marchMonth, 10);
    Operand year = plus(plus(yearOfEra, times(era, 400)), nextYear);
    letters(0, rest(plus(days, 3), 7), "SunMonTueWedThuFriSat");
    letter(3, ' ');
    letters(4, marchMonth, "MarAprMayJunJulAugSepOctNovDecJanFeb");
    letter(7, ' ');
    // A space for a ten that is not there.
    Operand tens = divided(day, 10);
    Operand isTen = divided(plus(tens, 9), 10);
    store(8, plus(plus(tens, times(isTen, '0' - ' ')), ' '));
    store(9, plus(rest(day, 10), '0'));
    letter(10, ' ');
    letter(19, ' ');
    digits(20, divided(year, 100));
    digits(22, rest(year, 100));
  }

  private Operand plus(Operand left, long right) {
    return code.compute(Operation.ADD, left, new Constant(right));
  }

  private Operand plus(Operand left, Operand right) {
    return code.compute(Operation.ADD, left, right);
  }

  private Operand minus(Operand left, Operand right) {
    return code.compute(Operation.SUBTRACT, left, right);
  }

  private Operand times(Operand left, long right) {
    return code.compute(Operation.MULTIPLY, left, new Constant(right));
  }

  private Operand divided(Operand left, long right) {
    return code.compute(Operation.DIVIDE, left, new Constant(right));
  }

  private Operand rest(Operand left, long right) {
    return code.compute(Operation.MODULO, left, new Constant(right));
  }

  private void store(int offset, Operand character) {
    code.store(Size.BYTE, place.address().plus(offset), character);
  }

  private void letter(int offset, char character) {
    store(offset, new Constant(character));
  }

  private void digits(int offset, Operand number) {
    store(offset, plus(divided(number, 10), '0'));
    store(offset + 1, plus(rest(number, 10), '0'));
  }

  /**
   * Writes three letters of a list, a capital one and two small ones. The letters of one place of
   * all names are packed into a number.
   */
  private void letters(int offset, Operand index, String names) {
    Operand shift = times(index, LETTER_BITS);
    for (int i = 0; i < 3; i++) {
      char base = i == 0 ? 'A' : 'a';
      long packed = 0;
      for (int name = names.length() / 3 - 1; name >= 0; name--) {
        packed = packed << LETTER_BITS | (names.charAt(3 * name + i) - base);
      }
      Operand found = code.compute(Operation.SHIFT_RIGHT_UNSIGNED, new Constant(packed), shift);
      Operand letter = code.compute(Operation.AND, found, new Constant((1 << LETTER_BITS) - 1));
      store(offset + i, plus(letter, base));
    }
  }
}
