package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.InstructionSelector.Selection;
import dev.tapwright.syntax.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lets jumps reach further than the 16 bits of their offset: every now and then stands an island of
 * jumps, which normal flow goes around, and a jump that has far to go goes from island to island.
 */
public final class LongJumps {
  /**
   * Slots between islands: less than half of what a jump reaches, which leaves room for the islands
   * themselves.
   */
  private static final int DISTANCE = 12_000;

  private static final int REACH = Short.MAX_VALUE;

  /** Slots from where a jump backward goes from island to island: there is one in between. */
  private static final int FAR = 2 * DISTANCE;

  private final Selection selection;
  private final int[] slots;
  private final List<Instruction> result = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();

  /** Old places: the new ones. */
  private final int[] places;

  /**
   * Jumps onward that are on their way, by the old place of their target: the new places of the
   * instructions that go there.
   */
  private final Map<Integer, List<Integer>> pending = new TreeMap<>();

  /** Targets of far jumps backward: the old place of the last of these jumps. */
  private final Map<Integer, Integer> lastBackward = new TreeMap<>();

  /** And the new place of the last island's jump there. */
  private final Map<Integer, Integer> relays = new TreeMap<>();

  private LongJumps(Selection selection) {
    this.selection = selection;
    slots = slots(selection.instructions());
    places = new int[selection.instructions().size() + 1];
    for (int i = 0; i < selection.instructions().size(); i++) {
      int target = target(selection.instructions().get(i));
      if (target >= 0 && isFarBackward(i, target)) {
        lastBackward.put(target, i);
      }
    }
  }

  /** Adds islands, if there is a jump that needs them. */
  public static Selection run(Selection selection) {
    return needed(selection.instructions()) ? new LongJumps(selection).withIslands() : selection;
  }

  /** First slots of instructions. */
  private static int[] slots(List<Instruction> instructions) {
    int[] slots = new int[instructions.size() + 1];
    for (int i = 0; i < instructions.size(); i++) {
      slots[i + 1] = slots[i] + InstructionEncoder.slots(instructions.get(i));
    }
    return slots;
  }

  private boolean isFarBackward(int from, int target) {
    return target <= from && slots[from] - slots[target] > FAR;
  }

  /** Whether there is a jump that does not reach where it goes. */
  public static boolean needed(List<Instruction> instructions) {
    int[] slots = slots(instructions);
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

  private Selection withIslands() {
    int since = 0;
    for (int i = 0; i < selection.instructions().size(); i++) {
      Instruction instruction = selection.instructions().get(i);
      if (since >= DISTANCE) {
        arrive(i);
        island(i);
        since = 0;
      }
      arrive(i);
      places[i] = result.size();
      int target = target(instruction);
      if (target > i) {
        pending.computeIfAbsent(target, _ -> new ArrayList<>()).add(result.size());
      } else if (target >= 0) {
        int place =
            isFarBackward(i, target) ? relays.getOrDefault(target, places[target]) : places[target];
        instruction = withTarget(instruction, place);
      }
      result.add(instruction);
      spans.add(selection.spans().get(i));
      since += InstructionEncoder.slots(instruction);
    }
    return new Selection(result, spans);
  }

  private void arrive(int old) {
    List<Integer> jumps = pending.remove(old);
    if (jumps != null) {
      jumps.forEach(jump -> retarget(jump, result.size()));
    }
  }

  private void retarget(int jump, int place) {
    result.set(jump, withTarget(result.get(jump), place));
  }

  /** Puts an island before what stood at a place. */
  private void island(int old) {
    // The verifier wants no jump that nothing goes to.
    List<Integer> backward =
        lastBackward.entrySet().stream()
            .filter(entry -> entry.getKey() < old && entry.getValue() >= old)
            .map(Map.Entry::getKey)
            .toList();
    int length = pending.size() + backward.size();
    if (length == 0) {
      return;
    }
    Span span = selection.spans().get(old);
    add(new Instruction.Jump(result.size() + 1 + length), span);
    pending.replaceAll(
        (_, jumps) -> {
          int relay = add(new Instruction.Jump(result.size()), span);
          jumps.forEach(jump -> retarget(jump, relay));
          return new ArrayList<>(List.of(relay));
        });
    for (int target : backward) {
      int next = relays.getOrDefault(target, places[target]);
      relays.put(target, add(new Instruction.Jump(next), span));
    }
  }

  private int add(Instruction instruction, Span span) {
    result.add(instruction);
    spans.add(span);
    return result.size() - 1;
  }
}
