package dev.tapwright.compiler.target;

import dev.tapwright.compiler.target.UserProgramFile.LinkageEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The procedure linkage table of an x86-64 program: the stubs by which it calls functions of
 * libraries (System V ABI, AMD64 supplement, "Procedure Linkage Table").
 *
 * <p>A stub jumps to what a slot of the global offset table holds; the relocation of the slot says
 * whose address the linker puts there. So an entry is told by its own instructions, wherever a
 * linker placed it.
 */
final class LinkageTable {
  private static final int STUB_SIZE = 16;
  private static final int ENDBR = 0xf30f1efa;
  private static final int BND = 0xf2;
  private static final int JUMP_INDIRECT = 0xff;
  private static final int RELATIVE = 0x25;

  /** What stands in each slot, by the slot's address. */
  private final Map<Long, String> slots;

  private LinkageTable(Map<Long, String> slots) {
    this.slots = slots;
  }

  /**
   * Reads the slots.
   *
   * @param relocations of the slots
   * @param symbols what relocations number
   * @param names of the symbols
   */
  static LinkageTable of(
      ElfLayout layout, BinaryReader relocations, BinaryReader symbols, BinaryReader names)
      throws MalformedFileException {
    Map<Long, String> slots = new HashMap<>();
    int size = layout.relocationSize();
    for (long at = 0; at + size <= relocations.length(); at += size) {
      int symbol = layout.relocatedSymbol(relocations, at);
      if (symbol != 0) {
        int start = names.check(layout.symbolName(symbols, symbol), 1);
        slots.put(
            layout.relocatedPlace(relocations, at),
            names.text(start, names.nameEnd(start, names.length())));
      }
    }
    return new LinkageTable(slots);
  }

  /**
   * The entries of a section, in their order.
   *
   * @param code the stubs
   * @param address of the first
   */
  List<LinkageEntry> entries(BinaryReader code, long address, List<ElfLayout.Segment> segments)
      throws MalformedFileException {
    List<LinkageEntry> entries = new ArrayList<>();
    for (int at = 0; at + STUB_SIZE <= code.length(); at += STUB_SIZE) {
      String name = slots.get(slotOf(code, at, address));
      if (name != null) {
        long stub = address + at;
        segments.stream()
            .filter(segment -> segment.isExecutable() && segment.contains(stub))
            .findFirst()
            .ifPresent(
                segment -> entries.add(new LinkageEntry(name, stub, segment.fileOffsetOf(stub))));
      }
    }
    return entries;
  }

  /** The slot that a stub jumps by; -1 when it is none. */
  private static long slotOf(BinaryReader code, int start, long address)
      throws MalformedFileException {
    int at = start;
    if (Integer.reverseBytes(code.word(at)) == ENDBR) {
      at += Integer.BYTES;
    }
    if (code.unsignedByte(at) == BND) {
      at++;
    }
    return code.unsignedByte(at) == JUMP_INDIRECT && code.unsignedByte(at + 1) == RELATIVE
        ? address + at + 6 + code.word(at + 2)
        : -1;
  }
}
