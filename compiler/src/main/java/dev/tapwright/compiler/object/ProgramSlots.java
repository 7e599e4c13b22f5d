package dev.tapwright.compiler.object;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The fields of a slot of BPF code that say what is loaded or called. A slot is the 8 bytes of a
 * {@code struct bpf_insn} as a number in the byte order of the machine.
 */
final class ProgramSlots {
  /** The opcode of a 64-bit constant, two slots. */
  static final int LOAD_CONSTANT = 0x18;

  /** {@code BPF_PSEUDO_MAP_FD}, {@code BPF_PSEUDO_MAP_VALUE} in the source register's field. */
  static final int MAP = 1;

  static final int MAP_VALUE = 2;

  /** {@code BPF_PSEUDO_FUNC}: the immediate counts slots from the next one on. */
  private static final int FUNCTION = 4;

  private static final boolean IS_LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private ProgramSlots() {}

  /** A call, and what its source register's field says when it is of the program's own function. */
  static final int CALL = 0x85;

  private static final int OWN_FUNCTION = 1;

  /** First slots of the functions that a program calls, ascending. */
  static List<Integer> functions(List<Long> slots) {
    TreeSet<Integer> starts = new TreeSet<>();
    for (int i = 0; i < slots.size(); i++) {
      long slot = slots.get(i);
      if (opcode(slot) == CALL && source(slot) == OWN_FUNCTION) {
        starts.add(i + 1 + immediate(slot));
      }
    }
    return List.copyOf(starts);
  }

  /** First slots of the functions that a program calls or has called, ascending. */
  static List<Integer> allFunctions(List<Long> slots) {
    TreeSet<Integer> starts = new TreeSet<>(functions(slots));
    starts.addAll(calledBack(slots));
    return List.copyOf(starts);
  }

  /** The slots that call a function of the program, or load the address of one, ascending. */
  static List<Integer> uses(List<Long> slots) {
    List<Integer> uses = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      if (function(slots, i) >= 0) {
        uses.add(i);
      }
      if (opcode(slots.get(i)) == LOAD_CONSTANT) {
        i++;
      }
    }
    return uses;
  }

  /** Which function a slot calls or loads the address of, as its first slot; -1 for other slots. */
  static int function(List<Long> slots, int place) {
    long slot = slots.get(place);
    boolean isOne =
        (opcode(slot) == CALL && source(slot) == OWN_FUNCTION)
            || (opcode(slot) == LOAD_CONSTANT && source(slot) == FUNCTION);
    return isOne ? place + 1 + immediate(slot) : -1;
  }

  private static int source(long slot) {
    return (int) (IS_LITTLE ? slot >>> 12 : slot >>> 48) & 0xf;
  }

  static int opcode(long slot) {
    return (int) (IS_LITTLE ? slot & 0xff : slot >>> 56);
  }

  /** First slots of the functions whose address a program loads, ascending. */
  static List<Integer> calledBack(List<Long> slots) {
    TreeSet<Integer> starts = new TreeSet<>();
    for (int i = 0; i < slots.size(); i++) {
      if (opcode(slots.get(i)) == LOAD_CONSTANT) {
        if (source(slots.get(i)) == FUNCTION) {
          starts.add(i + 1 + immediate(slots.get(i)));
        }
        i++;
      }
    }
    return List.copyOf(starts);
  }

  static int immediate(long slot) {
    return (int) (IS_LITTLE ? slot >>> 32 : slot);
  }

  static long withImmediate(long slot, int immediate) {
    return IS_LITTLE
        ? (slot & 0xffff_ffffL) | ((long) immediate << 32)
        : (slot & 0xffff_ffff_0000_0000L) | (immediate & 0xffff_ffffL);
  }

  /** The registers share a byte, the destination in the half that comes first in a bit field. */
  static long withSource(long slot, int source) {
    return IS_LITTLE
        ? (slot & ~0xf000L) | ((long) source << 12)
        : (slot & ~(0xfL << 48)) | ((long) source << 48);
  }
}
