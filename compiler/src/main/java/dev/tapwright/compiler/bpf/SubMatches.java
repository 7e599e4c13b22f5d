package dev.tapwright.compiler.bpf;

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
import dev.tapwright.compiler.bpf.code.Scratch;
import dev.tapwright.compiler.intrinsic.Matched;
import dev.tapwright.compiler.intrinsic.MatchedGroups;
import dev.tapwright.compiler.machine.RegexGroups;

/**
 * {@code matched()} and {@code ngroups()}: where some handler calls one, each {@code =~} notes what
 * its groups matched. It stays in {@link Scratch} for the rest of the run:
 *
 * <pre>
 *   offset   0  s64      groups of the last match; 0 when it failed
 *            8  s64[56]  beginning and end of each group; -1 for one that took no part
 *          456  u16[]    by which entry of {@link RegexGroups} each position was come to
 *               string   what was matched against
 * </pre>
 *
 * <p>The tables: the class of each byte; next row and origin of each entry, 16 bits each; ways of
 * 64 bits.
 */
final class SubMatches {
  private static final int CLASSES = 256;
  private static final int MARKS = 8;
  private static final int ENTRIES = MARKS + 16 * RegexGroups.MOST_GROUPS;

  private final HandlerLowering handler;
  private final CodeBuilder code;

  /** Whether some handler asks for them. */
  private final boolean areWanted;

  /** Where they are; 0 where no handler asks for them. */
  private final int offset;

  private boolean isUsed;

  SubMatches(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
    areWanted =
        handler.tables.reach().provided().contains(Matched.NAME)
            || handler.tables.reach().provided().contains(MatchedGroups.NAME);
    offset = areWanted ? handler.memory.scratch.reserve(ENTRIES + entryBytes() + most() + 8) : 0;
  }

  private int most() {
    return handler.tables.capacities().most();
  }

  /** One entry for each position, that of the NUL and that behind it among them. */
  private int entryBytes() {
    return 2 * (positions() + 1);
  }

  /** A mask of numbers of positions. */
  private int positions() {
    return Texts.mask(most() + 1);
  }

  private Address.Behind at(int place) {
    isUsed = true;
    return handler.memory.scratch.at(offset + place);
  }

  private MemoryText subject() {
    return new MemoryText(at(ENTRIES + entryBytes()), most());
  }

  /** Whether some handler asks for them. */
  boolean areWanted() {
    return areWanted;
  }

  /** Looks for a match, notes what it is, and goes on by whether there is one. */
  void match(RegexGroups groups, Text value, int ifMatched, int ifFailed) {
    MemoryText text = handler.texts.inScratch(value);
    int mask = Texts.mask(groups.rows().size() - 1);
    Address.Behind classes = handler.data.constants(classes(groups), CLASSES);
    Address.Behind entries = handler.data.constants(entries(groups), 4 * (mask + 1));
    Virtual end = code.fresh();
    Virtual way = code.fresh();
    forward(groups, text, new Tables(classes, entries, mask), end, way);
    int failed = code.newBlock();
    int matched = code.newBlock();
    code.branch(Comparison.LESS, end, new Constant(0), failed, matched);
    code.start(failed);
    code.store(Size.DOUBLE, at(0), new Constant(0));
    code.jump(ifFailed);
    code.start(matched);
    handler.texts.copy(text, subject());
    code.store(Size.DOUBLE, at(0), new Constant(groups.groups()));
    back(groups, text, new Tables(classes, entries, mask), end, way);
    code.jump(ifMatched);
  }

  /**
   * Where tables are.
   *
   * @param mask of numbers of entries
   */
  private record Tables(Address.Behind classes, Address.Behind entries, int mask) {}

  /** Goes through the string; finds where the match ends, less than 0 for none, and its way. */
  private void forward(
      RegexGroups groups, MemoryText text, Tables tables, Virtual end, Virtual way) {
    Virtual index = code.fresh();
    Virtual row = code.fresh();
    Virtual next = code.fresh();
    code.copy(end, new Constant(-1));
    code.copy(way, new Constant(0));
    code.copy(index, new Constant(0));
    code.copy(row, new Constant(groups.start()));
    code.copy(next, new Constant(RegexGroups.FAILED));
    code.store(Size.HALF, at(ENTRIES), new Constant(RegexGroups.BEGINNING));
    int after = code.newBlock();
    handler.loops.counted(
        text.capacity(),
        after,
        () -> {
          int met = code.newBlock();
          int turn = code.newBlock();
          int more = code.newBlock();
          Operand match =
              code.load(
                  Size.HALF,
                  entry(
                      tables, code.compute(Operation.ADD, row, new Constant(groups.width() - 1L))));
          handler.branchNotZero(match, met, turn);
          code.start(met);
          code.copy(way, code.compute(Operation.SUBTRACT, match, new Constant(1)));
          code.copy(end, index);
          code.jump(turn);
          code.start(turn);
          Operand character =
              code.compute(
                  Operation.AND,
                  handler.textFunctions.load(text, index),
                  new Constant(CLASSES - 1));
          Operand kind = code.load(Size.BYTE, Texts.at(code, tables.classes(), character));
          Operand taken = code.compute(Operation.ADD, row, kind);
          code.copy(index, code.compute(Operation.ADD, index, new Constant(1)));
          code.store(Size.HALF, position(index), taken);
          code.copy(next, code.load(Size.HALF, entry(tables, taken)));
          code.branch(Comparison.LESS, next, new Constant(RegexGroups.FIRST), after, more);
          code.start(more);
          code.copy(row, next);
        });
    int atEnd = code.newBlock();
    int join = code.newBlock();
    code.branch(Comparison.EQUAL, next, new Constant(RegexGroups.MATCHED), atEnd, join);
    code.start(atEnd);
    code.copy(way, new Constant(0));
    code.copy(end, index);
    code.jump(join);
    code.start(join);
  }

  /** Goes back from the end of the match, and notes the marks. */
  private void back(RegexGroups groups, MemoryText text, Tables tables, Virtual end, Virtual way) {
    int mask = Texts.mask(groups.ways().size() - 1);
    Address.Behind ways = handler.data.constants(ways(groups), 8 * (mask + 1));
    int marks = 2 * groups.groups();
    for (int i = 0; i < marks; i++) {
      code.store(Size.DOUBLE, at(MARKS + 8 * i), new Constant(-1));
    }
    int after = code.newBlock();
    handler.loops.counted(
        text.capacity() + 1L,
        after,
        () -> {
          Operand taken = code.load(Size.HALF, position(end));
          Operand origin = code.load(Size.HALF, entry(tables, taken).plus(2));
          Operand number =
              code.compute(
                  Operation.AND, code.compute(Operation.ADD, origin, way), new Constant(mask));
          Operand place = code.compute(Operation.SHIFT_LEFT, number, new Constant(3));
          Virtual here = code.load(Size.DOUBLE, Texts.at(code, ways, place));
          for (int i = 0; i < marks; i++) {
            mark(here, i, end);
          }
          Operand source =
              code.compute(Operation.SHIFT_RIGHT_UNSIGNED, here, new Constant(RegexGroups.SOURCE));
          int more = code.newBlock();
          code.branch(Comparison.EQUAL, source, new Constant(RegexGroups.FRESH), after, more);
          code.start(more);
          code.copy(way, source);
          code.copy(end, code.compute(Operation.SUBTRACT, end, new Constant(1)));
        });
  }

  /**
   * Notes a mark if it is set here and was not met before. Without a branch: the verifier would go
   * both ways in each turn.
   */
  private void mark(Virtual here, int number, Operand position) {
    Address.Behind place = at(MARKS + 8 * number);
    Virtual old = code.load(Size.DOUBLE, place);
    Operand first = code.compute(Operation.SHIFT_LEFT, here, new Constant(Long.SIZE - 1 - number));
    Operand isSet = code.compute(Operation.SHIFT_RIGHT, first, new Constant(Long.SIZE - 1));
    Operand isOpen = code.compute(Operation.SHIFT_RIGHT, old, new Constant(Long.SIZE - 1));
    Operand taken = code.compute(Operation.AND, isSet, isOpen);
    Operand change = code.compute(Operation.EXCLUSIVE_OR, old, position);
    code.store(
        Size.DOUBLE,
        place,
        code.compute(Operation.EXCLUSIVE_OR, old, code.compute(Operation.AND, change, taken)));
  }

  private Address.Behind entry(Tables tables, Operand number) {
    Operand inside = code.compute(Operation.AND, number, new Constant(tables.mask()));
    return Texts.at(
        code, tables.entries(), code.compute(Operation.SHIFT_LEFT, inside, new Constant(2)));
  }

  private Address.Behind position(Operand number) {
    Operand inside = code.compute(Operation.AND, number, new Constant(positions()));
    return Texts.at(code, at(ENTRIES), code.compute(Operation.SHIFT_LEFT, inside, new Constant(1)));
  }

  /** What a group of the last match matched; a fault when there is no such group. */
  Text group(Operand number) {
    int there = code.newBlock();
    int missing = code.newRareBlock();
    Virtual groups = code.load(Size.DOUBLE, at(0));
    code.branch(Comparison.LESS_UNSIGNED, number, groups, there, missing);
    handler.inBlock(
        missing, () -> handler.faults.raise(Matched.FAULT_BEFORE, number, Matched.FAULT_BEHIND));
    code.start(there);
    int mask = Texts.mask(RegexGroups.MOST_GROUPS - 1);
    handler.memory.scratch.require(offset + MARKS + 16 * (mask + 1));
    Operand inside = code.compute(Operation.AND, number, new Constant(mask));
    Address.Behind marks =
        Texts.at(code, at(MARKS), code.compute(Operation.SHIFT_LEFT, inside, new Constant(4)));
    Virtual start = code.load(Size.DOUBLE, marks);
    Virtual end = code.load(Size.DOUBLE, marks.plus(8));
    return handler.textFunctions.part(
        subject(), start, code.compute(Operation.SUBTRACT, end, start));
  }

  /** How many groups the last match has; a fault when it failed. */
  LoweredValue.Number count() {
    int there = code.newBlock();
    int missing = code.newRareBlock();
    Virtual groups = code.load(Size.DOUBLE, at(0));
    code.branch(Comparison.EQUAL, groups, new Constant(0), missing, there);
    handler.inBlock(
        missing,
        () -> handler.faults.raise(Matched.FAULT_BEFORE, new Constant(0), Matched.FAULT_BEHIND));
    code.start(there);
    return new LoweredValue.Number(groups);
  }

  /** Leaves nothing of the run before; last, where the body begins. */
  void finishPrologue() {
    if (isUsed) {
      code.store(Size.DOUBLE, at(0), new Constant(0));
    }
  }

  private static String classes(RegexGroups groups) {
    StringBuilder bytes = new StringBuilder();
    groups.classes().forEach(number -> bytes.append((char) number.intValue()));
    return bytes.toString();
  }

  private static String entries(RegexGroups groups) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < groups.rows().size(); i++) {
      append(bytes, groups.rows().get(i), 2);
      append(bytes, groups.origins().get(i), 2);
    }
    return bytes.toString();
  }

  private static String ways(RegexGroups groups) {
    StringBuilder bytes = new StringBuilder();
    groups.ways().forEach(way -> append(bytes, way, Long.BYTES));
    return bytes.toString();
  }

  /** Adds a number, the least byte first. */
  private static void append(StringBuilder bytes, long number, int count) {
    for (int i = 0; i < count; i++) {
      bytes.append((char) ((number >>> (8 * i)) & 0xff));
    }
  }
}
