package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.object.ProgramImage.MapReference;
import java.util.ArrayList;
import java.util.List;

/**
 * BPF by hand, for programs of tests: as plain as can be, so that a fault of the code generator is
 * not ours too.
 */
final class Assembly {
  private final List<Long> slots = new ArrayList<>();
  private final List<MapReference> references = new ArrayList<>();

  private Assembly slot(int opcode, int destination, int source, int offset, int immediate) {
    slots.add(
        (opcode & 0xffL)
            | (long) destination << 8
            | (long) source << 12
            | (offset & 0xffffL) << 16
            | (long) immediate << 32);
    return this;
  }

  /** {@code r = immediate}. */
  Assembly set(int register, int immediate) {
    return slot(0xb7, register, 0, 0, immediate);
  }

  /** {@code r = immediate}, the upper half zero. */
  Assembly set32(int register, int immediate) {
    return slot(0xb4, register, 0, 0, immediate);
  }

  /** {@code r = other}. */
  Assembly copy(int register, int other) {
    return slot(0xbf, register, other, 0, 0);
  }

  /** {@code r += immediate}. */
  Assembly add(int register, int immediate) {
    return slot(0x07, register, 0, 0, immediate);
  }

  /** {@code *(u32 *)(base + offset) = immediate}. */
  Assembly storeWord(int base, int offset, int immediate) {
    return slot(0x62, base, 0, offset, immediate);
  }

  /** {@code *(u64 *)(base + offset) = immediate}. */
  Assembly storeLong(int base, int offset, int immediate) {
    return slot(0x7a, base, 0, offset, immediate);
  }

  /** {@code *(u64 *)(base + offset) = source}. */
  Assembly storeRegister(int base, int offset, int source) {
    return slot(0x7b, base, source, offset, 0);
  }

  /** {@code r = *(u64 *)(base + offset)}. */
  Assembly load(int register, int base, int offset) {
    return slot(0x79, register, base, offset, 0);
  }

  /** Atomic {@code *(u64 *)(base + offset) += source}. */
  Assembly atomicAdd(int base, int offset, int source) {
    return slot(0xdb, base, source, offset, 0);
  }

  /** {@code r = map}. */
  Assembly map(int register, int map) {
    references.add(new MapReference(slots.size(), map, false));
    return slot(0x18, register, 0, 0, 0).slot(0, 0, 0, 0, 0);
  }

  /** {@code r = first element of the map + offset}. */
  Assembly mapValue(int register, int map, int offset) {
    references.add(new MapReference(slots.size(), map, true));
    return slot(0x18, register, 0, 0, 0).slot(0, 0, 0, 0, offset);
  }

  /** Calls a helper. */
  Assembly call(int helper) {
    return slot(0x85, 0, 0, 0, helper);
  }

  /** Skips so many slots if the register is the immediate. */
  Assembly skipIfEqual(int register, int immediate, int count) {
    return slot(0x15, register, 0, count, immediate);
  }

  /** Skips so many slots if the register is not the immediate. */
  Assembly skipIfNotEqual(int register, int immediate, int count) {
    return slot(0x55, register, 0, count, immediate);
  }

  /** Returns 0. */
  Assembly end() {
    return set(0, 0).slot(0x95, 0, 0, 0, 0);
  }

  List<Long> slots() {
    return List.copyOf(slots);
  }

  List<MapReference> references() {
    return List.copyOf(references);
  }
}
