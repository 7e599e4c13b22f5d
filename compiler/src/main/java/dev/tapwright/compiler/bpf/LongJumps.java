package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.InstructionSelector.Selection;
import dev.tapwright.syntax.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lets jumps reach further than the 16 bits of their offset: every now and then stands an island of
 * jumps, which normal flow goes around, and a jump that has far to go goes from island to island.
 */
final class LongJumps {
  /**
   * Slots between islands: less than half of what a jump reaches, which leaves room for the islands
   * themselves.
   */
  private static final int DISTANCE = 12_000;

  private static final int REACH = Short.MAX_VALUE;

  private LongJumps() {}

  /** Adds islands, if there is a jump that needs them. */
  static Selection run(Selection selection) {
    return needed(selection.instructions()) ? withIslands(selection) : selection;
  }

  private static boolean needed(List<Instruction> instructions) {
    int[] slots = new int[instructions.size() + 1];
    for (int i = 0; i < instructions.size(); i++) {
      slots[i + 1] = slots[i] + InstructionEncoder.slots(instructions.get(i));
    }
    for (int i = 0; i < instructions.size(); i++) {
      int target = target(instructions.get(i));
      if (target >= 0 && Math.abs(slots[target] - slots[i] - 1) > REACH) {
        return true;
      }
    }
    return false;
  }

  /** Where an instruction jumps; -1 when it does not. */
  static int target(Instruction instruction) {
    return switch (instruction) {
      case Instruction.Jump(int target) -> target;
      case Instruction.MayGoto(int target) -> target;
      case Instruction.JumpIf jump -> jump.target();
      default -> -1;
    };
  }

  /** The same jump to another place. */
  static Instruction withTarget(Instruction instruction, int target) {
    return switch (instruction) {
      case Instruction.Jump _ -> new Instruction.Jump(target);
      case Instruction.MayGoto _ -> new Instruction.MayGoto(target);
      case Instruction.JumpIf(
              var comparison,
              boolean is64Bit,
              Register left,
              Instruction.Source right,
              int _) ->
          new Instruction.JumpIf(comparison, is64Bit, left, right, target);
      default -> instruction;
    };
  }

  private static Selection withIslands(Selection selection) {
    List<Instruction> result = new ArrayList<>();
    List<Span> spans = new ArrayList<>();
    int[] places = new int[selection.instructions().size() + 1];
    // Jumps on their way, by the old place of their target: the new places of the instructions that
    // go there.
    Map<Integer, List<Integer>> pending = new TreeMap<>();
    int slots = 0;
    for (int i = 0; i < selection.instructions().size(); i++) {
      Instruction instruction = selection.instructions().get(i);
      if (slots >= DISTANCE) {
        arrive(pending, i, result.size(), result);
        island(result, spans, selection.spans().get(i), pending);
        slots = 0;
      }
      arrive(pending, i, result.size(), result);
      places[i] = result.size();
      int target = target(instruction);
      if (target > i) {
        pending.computeIfAbsent(target, _ -> new ArrayList<>()).add(result.size());
      } else if (target >= 0) {
        instruction = withTarget(instruction, places[target]);
      }
      result.add(instruction);
      spans.add(selection.spans().get(i));
      slots += InstructionEncoder.slots(instruction);
    }
    return new Selection(result, spans);
  }

  private static void arrive(
      Map<Integer, List<Integer>> pending, int old, int place, List<Instruction> result) {
    List<Integer> jumps = pending.remove(old);
    if (jumps != null) {
      jumps.forEach(jump -> result.set(jump, withTarget(result.get(jump), place)));
    }
  }

  private static void island(
      List<Instruction> result, List<Span> spans, Span span, Map<Integer, List<Integer>> pending) {
    if (pending.isEmpty()) {
      return;
    }
    int around = result.size();
    result.add(new Instruction.Jump(around + 1 + pending.size()));
    spans.add(span);
    pending.replaceAll(
        (_, jumps) -> {
          int relay = result.size();
          jumps.forEach(jump -> result.set(jump, withTarget(result.get(jump), relay)));
          result.add(new Instruction.Jump(relay));
          spans.add(span);
          return new ArrayList<>(List.of(relay));
        });
  }
}
