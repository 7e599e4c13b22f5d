package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Block.Line;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.syntax.Span;
import java.util.ArrayList;
import java.util.List;

/** Gives every constant that an instruction cannot hold a register of its own. */
final class Legalizer {
  private int virtuals;

  private Legalizer(int virtuals) {
    this.virtuals = virtuals;
  }

  /** Runs the pass. */
  static Flow run(Flow flow) {
    Legalizer legalizer = new Legalizer(flow.virtuals());
    List<Block> blocks = flow.blocks().stream().map(legalizer::block).toList();
    return new Flow(blocks, legalizer.virtuals, flow.stackBytes(), flow.scratch());
  }

  private Block block(Block block) {
    List<Line> lines = new ArrayList<>(block.lines().size());
    for (Line line : block.lines()) {
      Step legal =
          switch (line.step()) {
            case Step.Compute(
                    var operation,
                    boolean is64Bit,
                    Virtual destination,
                    Operand left,
                    Operand right) ->
                new Step.Compute(
                    operation, is64Bit, destination, left, immediate(right, line.span(), lines));
            case Step.Store(var size, Address address, Operand value) ->
                new Step.Store(size, address, immediate(value, line.span(), lines));
            case Step.Atomic(var operation, var size, var address, Operand value, var result) ->
                // The source of an atomic operation is always a register.
                new Step.Atomic(
                    operation, size, address, inRegister(value, line.span(), lines), result);
            default -> line.step();
          };
      lines.add(new Line(legal, line.span()));
    }
    if (block.end() instanceof Terminator.Branch branch) {
      Operand left = inRegister(branch.left(), block.endSpan(), lines);
      Operand right =
          branch.is64Bit()
              ? immediate(branch.right(), block.endSpan(), lines)
              : immediate32(branch.right());
      return block.withLines(lines).withEnd(branch.withOperands(left, right));
    }
    return block.withLines(lines);
  }

  private Operand immediate(Operand operand, Span span, List<Line> lines) {
    return operand instanceof Constant constant && constant.fitsImmediate()
        ? operand
        : inRegister(operand, span, lines);
  }

  /** The low half of a constant as an instruction holds it. */
  private static Operand immediate32(Operand operand) {
    if (!(operand instanceof Constant(long value))) {
      return operand;
    }
    int half = (int) value;
    return new Constant(half);
  }

  private Operand inRegister(Operand operand, Span span, List<Line> lines) {
    if (operand instanceof Virtual) {
      return operand;
    }
    Virtual register = new Virtual(virtuals++);
    lines.add(new Line(new Step.Copy(register, operand), span));
    return register;
  }
}
