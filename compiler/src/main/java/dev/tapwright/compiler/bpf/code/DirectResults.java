package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Block.Line;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes a value where it is wanted: {@code t = a + b; x = t} becomes {@code x = a + b}. */
final class DirectResults {
  /** How far back a value may have been computed: keeps the pass linear. */
  private static final int WINDOW = 16;

  private DirectResults() {}

  /** Runs the pass. */
  static Flow run(Flow flow) {
    int[] mentions = new int[flow.virtuals()];
    for (Block block : flow.blocks()) {
      for (Line line : block.lines()) {
        line.step().assigned().ifPresent(virtual -> mentions[virtual.number()]++);
        line.step().read().forEach(virtual -> mentions[virtual.number()]++);
      }
      block.end().read().forEach(virtual -> mentions[virtual.number()]++);
    }
    return flow.withBlocks(flow.blocks().stream().map(block -> block(block, mentions)).toList());
  }

  private static Block block(Block block, int[] mentions) {
    List<Line> lines = new ArrayList<>(block.lines());
    Terminator[] end = {block.end()};
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).step() instanceof Step.Copy(Virtual wanted, Virtual temporary)
          && wanted.number() != temporary.number()) {
        move(lines, end, i, mentions);
      }
    }
    return block.withLines(lines).withEnd(end[0]);
  }

  /** Lets a copied value be computed in the register that it is copied to, and read from there. */
  private static void move(List<Line> lines, Terminator[] end, int copy, int[] mentions) {
    Step.Copy copying = (Step.Copy) lines.get(copy).step();
    Virtual wanted = copying.destination();
    Virtual temporary = (Virtual) copying.source();
    int definition = definition(lines, copy, wanted, temporary);
    if (definition < 0) {
      return;
    }
    Optional<Step> direct = retargeted(lines.get(definition).step(), wanted);
    int last =
        last(lines, end[0], definition, copy, wanted, temporary, mentions[temporary.number()]);
    if (direct.isEmpty() || last < 0) {
      return;
    }
    lines.set(definition, new Line(direct.get(), lines.get(definition).span()));
    // The copy becomes one of a register to itself, which DeadSteps takes out.
    for (int i = definition + 1; i <= Math.min(last, lines.size() - 1); i++) {
      Line line = lines.get(i);
      Step step =
          line.step()
              .withRegisters(read -> read.equals(temporary) ? wanted : read, assigned -> assigned);
      lines.set(i, new Line(step, line.span()));
    }
    if (last == lines.size() && end[0] instanceof Terminator.Branch branch) {
      end[0] =
          branch.withOperands(
              branch.left().equals(temporary) ? wanted : branch.left(),
              branch.right().equals(temporary) ? wanted : branch.right());
    }
  }

  /**
   * Where a value is computed before it is copied; -1 when what it is copied to is in use there.
   */
  private static int definition(List<Line> lines, int copy, Virtual wanted, Virtual temporary) {
    for (int i = copy - 1; i >= Math.max(0, copy - WINDOW); i--) {
      Step step = lines.get(i).step();
      if (step.assigned().filter(temporary::equals).isPresent()) {
        return i;
      }
      boolean isTouched =
          step.assigned().filter(wanted::equals).isPresent() || step.read().contains(wanted);
      if (isTouched) {
        return -1;
      }
    }
    return -1;
  }

  /**
   * The line, or the end, that mentions a temporary register last; -1 when it has more values than
   * this one, lives on, or is read behind another assignment of what it is copied to.
   */
  private static int last(
      List<Line> lines,
      Terminator end,
      int definition,
      int copy,
      Virtual wanted,
      Virtual temporary,
      int mentions) {
    // The definition itself; where it reads the register, that one has had another value.
    int left = mentions - 1;
    for (int i = definition; i < Math.min(lines.size(), copy + WINDOW); i++) {
      Step step = lines.get(i).step();
      boolean isOther = i > definition && step.assigned().filter(temporary::equals).isPresent();
      if (isOther || (i == definition && step.read().contains(temporary))) {
        return -1;
      }
      left -= (int) step.read().stream().filter(temporary::equals).count();
      if (i >= copy && left == 0) {
        return i;
      }
      if (i > copy && step.assigned().filter(wanted::equals).isPresent()) {
        return -1;
      }
    }
    boolean isInEnd =
        lines.size() <= copy + WINDOW
            && end instanceof Terminator.Branch
            && end.read().stream().filter(temporary::equals).count() == left;
    return isInEnd ? lines.size() : -1;
  }

  private static Optional<Step> retargeted(Step step, Virtual wanted) {
    return switch (step) {
      case Step.Copy(Virtual _, Operand source) -> Optional.of(new Step.Copy(wanted, source));
      case Step.Compute(var operation, boolean is64Bit, Virtual _, Operand left, Operand right) ->
          Optional.of(new Step.Compute(operation, is64Bit, wanted, left, right));
      case Step.StackAddress(Virtual _, int offset) ->
          Optional.of(new Step.StackAddress(wanted, offset));
      case Step.MapValue(Virtual _, int map, int offset) ->
          Optional.of(new Step.MapValue(wanted, map, offset));
      case Step.Load(var size, Virtual _, Address address) ->
          Optional.of(new Step.Load(size, wanted, address));
      case Step.Call(var helper, var arguments, var _) ->
          Optional.of(new Step.Call(helper, arguments, Optional.of(wanted)));
      case Step.Context _, Step.Store _, Step.Atomic _ -> Optional.empty();
    };
  }
}
