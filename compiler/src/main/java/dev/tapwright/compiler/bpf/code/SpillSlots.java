package dev.tapwright.compiler.bpf.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Places on the stack for registers that found no room: two that are never in use at once share
 * one.
 */
final class SpillSlots {
  private final Intervals intervals;
  private final int below;
  private final List<Occupation> slots = new ArrayList<>();
  private final Map<Integer, Integer> places = new HashMap<>();

  /**
   * None yet.
   *
   * @param below bytes of the stack that are in use already
   */
  SpillSlots(Intervals intervals, int below) {
    this.intervals = intervals;
    this.below = below;
  }

  /** The place of a virtual register. */
  Address.Stack of(int number) {
    return new Address.Stack(-(below + 8 * (1 + places.computeIfAbsent(number, this::slot))));
  }

  /** Bytes of the stack in use with them. */
  int stackBytes() {
    return below + 8 * slots.size();
  }

  /** A slot that nothing else needs where this one does. */
  private int slot(int number) {
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).isFree(intervals.ranges(number))) {
        slots.get(i).add(number, intervals.ranges(number));
        return i;
      }
    }
    Occupation slot = new Occupation();
    slot.add(number, intervals.ranges(number));
    slots.add(slot);
    return slots.size() - 1;
  }
}
