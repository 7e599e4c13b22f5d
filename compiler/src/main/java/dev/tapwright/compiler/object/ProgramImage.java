package dev.tapwright.compiler.object;

import dev.tapwright.compiler.bpf.KernelProgram.ProgramKind;
import dev.tapwright.compiler.bpf.KernelProgram.SourceLine;
import java.util.List;

/**
 * A kernel program as the kernel takes it, but for the file descriptors of its maps.
 *
 * @param name the function's name
 * @param section conventional name of its ELF section, such as {@code raw_tp/sched_switch}
 * @param kind how it is loaded and attached
 * @param slots the code, 64 bits a slot, in the byte order of the machine; {@code lddw} takes two.
 *     Where a map is loaded the source register's field says nothing: whoever loads the program
 *     fills it in
 * @param mapReferences the slots that want a map, ascending
 * @param lines where the code comes from, by slot, ascending
 */
public record ProgramImage(
    String name,
    String section,
    ProgramKind kind,
    List<Long> slots,
    List<MapReference> mapReferences,
    List<SourceLine> lines) {
  /** Copies the lists. */
  public ProgramImage {
    slots = List.copyOf(slots);
    mapReferences = List.copyOf(mapReferences);
    lines = List.copyOf(lines);
  }

  /** Slots of the program itself; behind them stand the functions that it calls. */
  int mainSlots() {
    return ProgramSlots.allFunctions(slots).stream().findFirst().orElse(slots.size());
  }

  /**
   * A {@code lddw} that loads a map.
   *
   * @param slot its first slot
   * @param map place in {@link BpfObject#maps()}
   * @param isValue whether it loads the address of the first element ({@code BPF_PSEUDO_MAP_VALUE})
   *     rather than the map; the offset into the element stands in the second slot's immediate. A
   *     map loaded so is an array of one element, and is loaded so everywhere
   */
  public record MapReference(int slot, int map, boolean isValue) {}
}
