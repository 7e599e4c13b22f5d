package dev.tapwright.compiler.target;

import java.util.OptionalLong;

/**
 * Where things stand in an ELF file of one class and byte order (System V ABI, chapter 4).
 *
 * @param is64Bit its class
 * @param isBigEndian its byte order
 * @param header the first bytes of the file
 */
record ElfLayout(boolean is64Bit, boolean isBigEndian, BinaryReader header) {
  private static final int SEGMENT_LOAD = 1;
  private static final int SEGMENT_EXECUTABLE = 1;
  private static final int SECTION_SYMTAB = 2;
  private static final int SECTION_DYNAMIC = 6; // SHT_DYNAMIC
  private static final int DYNAMIC_NEEDED = 1; // DT_NEEDED
  private static final int SECTION_NOTES = 7;
  private static final int SECTION_DYNSYM = 11;
  private static final int SYMBOL_FUNCTION = 2;
  private static final int MACHINE_X86_64 = 62;

  /** Reads the identification at the start of a file. */
  static ElfLayout of(byte[] start) throws MalformedFileException {
    BinaryReader identification = new BinaryReader(start, true);
    if (identification.word(0) != 0x7f454c46) {
      throw new MalformedFileException("not ELF");
    }
    int fileClass = identification.unsignedByte(4);
    int order = identification.unsignedByte(5);
    if (fileClass < 1 || fileClass > 2 || order < 1 || order > 2) {
      throw new MalformedFileException("class " + fileClass + ", byte order " + order);
    }
    ElfLayout layout =
        new ElfLayout(fileClass == 2, order == 2, new BinaryReader(start, order == 2));
    layout.header.check(0, layout.is64Bit ? 64 : 52);
    return layout;
  }

  /** A part of the file that is loaded into memory. */
  record Segment(int type, int flags, long offset, long address, long fileSize) {
    boolean isLoaded() {
      return type == SEGMENT_LOAD;
    }

    boolean isExecutable() {
      return isLoaded() && (flags & SEGMENT_EXECUTABLE) != 0;
    }

    boolean contains(long virtualAddress) {
      return Long.compareUnsigned(virtualAddress, address) >= 0
          && Long.compareUnsigned(virtualAddress - address, fileSize) < 0;
    }

    long fileOffsetOf(long virtualAddress) {
      return virtualAddress - address + offset;
    }
  }

  /** A section. */
  record Section(long name, int type, long address, long offset, long size, long link, long info) {
    boolean isNotes() {
      return type == SECTION_NOTES;
    }

    boolean isDynamic() {
      return type == SECTION_DYNAMIC;
    }

    boolean isSymbolTable() {
      return type == SECTION_SYMTAB || type == SECTION_DYNSYM;
    }
  }

  /** Whether its instructions are those of the processor Tapwright runs on. */
  boolean isX64() throws MalformedFileException {
    return is64Bit && header.unsignedShort(18) == MACHINE_X86_64;
  }

  BinaryReader reader(byte[] bytes) {
    return new BinaryReader(bytes, isBigEndian);
  }

  long segmentsOffset() throws MalformedFileException {
    return is64Bit ? header.doubleWord(32) : header.unsignedWord(28);
  }

  long sectionsOffset() throws MalformedFileException {
    return is64Bit ? header.doubleWord(40) : header.unsignedWord(32);
  }

  int segmentSize() throws MalformedFileException {
    return atLeast(header.unsignedShort(is64Bit ? 54 : 42), is64Bit ? 56 : 32);
  }

  int segmentCount() throws MalformedFileException {
    return header.unsignedShort(is64Bit ? 56 : 44);
  }

  int sectionSize() throws MalformedFileException {
    return atLeast(header.unsignedShort(is64Bit ? 58 : 46), is64Bit ? 64 : 40);
  }

  int sectionCount() throws MalformedFileException {
    return header.unsignedShort(is64Bit ? 60 : 48);
  }

  /** The place of the section that holds the names of sections; 0 for none. */
  int sectionNames() throws MalformedFileException {
    return header.unsignedShort(is64Bit ? 62 : 50);
  }

  Segment segment(BinaryReader table, int index) throws MalformedFileException {
    long at = (long) index * segmentSize();
    return is64Bit
        ? new Segment(
            table.word(at),
            table.word(at + 4),
            table.doubleWord(at + 8),
            table.doubleWord(at + 16),
            table.doubleWord(at + 32))
        : new Segment(
            table.word(at),
            table.word(at + 24),
            table.unsignedWord(at + 4),
            table.unsignedWord(at + 8),
            table.unsignedWord(at + 16));
  }

  Section section(BinaryReader table, int index) throws MalformedFileException {
    long at = (long) index * sectionSize();
    return is64Bit
        ? new Section(
            table.unsignedWord(at),
            table.word(at + 4),
            table.doubleWord(at + 16),
            table.doubleWord(at + 24),
            table.doubleWord(at + 32),
            table.unsignedWord(at + 40),
            table.unsignedWord(at + 44))
        : new Section(
            table.unsignedWord(at),
            table.word(at + 4),
            table.unsignedWord(at + 12),
            table.unsignedWord(at + 16),
            table.unsignedWord(at + 20),
            table.unsignedWord(at + 24),
            table.unsignedWord(at + 28));
  }

  /** Bytes of an entry of the dynamic section. */
  int dynamicSize() {
    return is64Bit ? 16 : 8;
  }

  /** Where the name of a library is that an entry asks for; empty where it says something else. */
  OptionalLong neededName(BinaryReader dynamic, long at) throws MalformedFileException {
    long tag = is64Bit ? dynamic.doubleWord(at) : dynamic.unsignedWord(at);
    return tag == DYNAMIC_NEEDED
        ? OptionalLong.of(is64Bit ? dynamic.doubleWord(at + 8) : dynamic.unsignedWord(at + 4))
        : OptionalLong.empty();
  }

  int symbolSize() {
    return is64Bit ? 24 : 16;
  }

  long symbolName(BinaryReader table, int index) throws MalformedFileException {
    return table.unsignedWord((long) index * symbolSize());
  }

  /**
   * Whether a symbol is a function of this file. An indirect function is none: its symbol is that
   * of the resolver, which the linker calls once, not of the function that callers reach.
   */
  boolean isDefinedFunction(BinaryReader table, int index) throws MalformedFileException {
    long at = (long) index * symbolSize();
    int type = table.unsignedByte(at + (is64Bit ? 4 : 12)) & 0xf;
    int section = table.unsignedShort(at + (is64Bit ? 6 : 14));
    return type == SYMBOL_FUNCTION && section != 0;
  }

  long symbolValue(BinaryReader table, int index) throws MalformedFileException {
    long at = (long) index * symbolSize();
    return is64Bit ? table.doubleWord(at + 8) : table.unsignedWord(at + 4);
  }

  long symbolSizeOf(BinaryReader table, int index) throws MalformedFileException {
    long at = (long) index * symbolSize();
    return is64Bit ? table.doubleWord(at + 16) : table.unsignedWord(at + 8);
  }

  /** Bytes of a relocation with its addend. */
  int relocationSize() {
    return is64Bit ? 24 : 12;
  }

  /** The address that a relocation changes. */
  long relocatedPlace(BinaryReader relocations, long at) throws MalformedFileException {
    return is64Bit ? relocations.doubleWord(at) : relocations.unsignedWord(at);
  }

  /** The number of the symbol whose address a relocation puts there. */
  int relocatedSymbol(BinaryReader relocations, long at) throws MalformedFileException {
    return is64Bit ? (int) (relocations.doubleWord(at + 8) >>> 32) : relocations.word(at + 4) >>> 8;
  }

  private static int atLeast(int size, int least) throws MalformedFileException {
    if (size < least) {
      throw new MalformedFileException("entries of " + size + " bytes");
    }
    return size;
  }
}
