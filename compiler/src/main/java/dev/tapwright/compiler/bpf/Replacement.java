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

/** A string with every occurrence of another replaced by a third: {@code str_replace()}. */
final class Replacement {
  private Replacement() {}

  /** Writes it. */
  static Text write(HandlerLowering handler, Text text, Text searched, Text replacement) {
    CodeBuilder code = handler.code;
    MemoryText in = handler.texts.inScratch(text);
    MemoryText what = handler.texts.inScratch(searched);
    MemoryText by = handler.texts.inScratch(replacement);
    int most = handler.tables.capacities().most();
    int mask = Texts.mask(most);
    Address.Behind area = handler.memory.scratch.allocate(most);
    handler.memory.scratch.require(area.offset() + mask + by.capacity() + 8);
    Operand length = handler.textFunctions.length(what);
    Virtual from = code.fresh();
    Virtual to = code.fresh();
    Virtual matched = code.fresh();
    code.copy(from, new Constant(0));
    code.copy(to, new Constant(0));
    int after = code.newBlock();
    handler.loops.counted(
        Math.max(in.capacity(), most),
        after,
        () -> {
          int hasRoom = code.newBlock();
          code.branch(Comparison.GREATER_OR_EQUAL, to, new Constant(most - 1), after, hasRoom);
          code.start(hasRoom);
          code.copy(matched, new Constant(0));
          int compared = code.newBlock();
          handler.loops.counted(
              what.capacity(),
              compared,
              () -> {
                int same = code.newBlock();
                int more = code.newBlock();
                Operand wanted = handler.textFunctions.load(what, matched);
                Operand place = code.compute(Operation.ADD, from, matched);
                code.branch(Comparison.EQUAL, wanted, new Constant(0), compared, more);
                code.start(more);
                code.branch(
                    Comparison.EQUAL,
                    wanted,
                    handler.textFunctions.load(in, place),
                    same,
                    compared);
                code.start(same);
                code.copy(matched, code.compute(Operation.ADD, matched, new Constant(1)));
              });
          int found = code.newBlock();
          int isNotEmpty = code.newBlock();
          int single = code.newBlock();
          int turn = code.newBlock();
          Operand end = code.compute(Operation.AND, to, new Constant(mask));
          Address.Behind target = Texts.at(code, area, end);
          code.branch(Comparison.EQUAL, matched, length, isNotEmpty, single);
          code.start(isNotEmpty);
          code.branch(Comparison.NOT_EQUAL, length, new Constant(0), found, single);
          code.start(found);
          Operand read =
              handler.texts.read(
                  target, new Constant(by.capacity()), handler.memory.argument(by.address()));
          code.copy(
              to,
              code.compute(
                  Operation.ADD, to, code.compute(Operation.SUBTRACT, read, new Constant(1))));
          code.copy(from, code.compute(Operation.ADD, from, length));
          code.jump(turn);
          code.start(single);
          Operand character = handler.textFunctions.load(in, from);
          code.store(Size.BYTE, target, character);
          int goesOn = code.newBlock();
          code.branch(Comparison.EQUAL, character, new Constant(0), after, goesOn);
          code.start(goesOn);
          code.copy(from, code.compute(Operation.ADD, from, new Constant(1)));
          code.copy(to, code.compute(Operation.ADD, to, new Constant(1)));
          code.jump(turn);
          code.start(turn);
        });
    Operand end = code.compute(Operation.AND, to, new Constant(mask));
    code.store(Size.BYTE, Texts.at(code, area, end), new Constant(0));
    code.store(Size.BYTE, area.plus(most - 1), new Constant(0));
    MemoryText result = new MemoryText(area, most);
    if (Texts.isPadded(most)) {
      Padding.clear(code, result);
    }
    return result;
  }
}
