package dev.tapwright.compiler.object;

import java.util.ArrayList;
import java.util.List;

/** Lays out a relocatable ELF file: header, sections, table of sections. */
final class ElfImage {
  private final NameTable names = new NameTable();
  private final List<Section> sections = new ArrayList<>();
  private final ByteWriter symbols = new ByteWriter();
  private int symbolCount = 1;
  private int symbolTable;

  /** A section; the offset is known once the file is laid out. */
  private static final class Section {
    private final int name;
    private final int type;
    private final int flags;
    private final byte[] content;
    private final int info;
    private final int alignment;
    private final int entrySize;
    private int offset;

    Section(int name, int type, int flags, byte[] content, int info, int alignment, int entrySize) {
      this.name = name;
      this.type = type;
      this.flags = flags;
      this.content = content;
      this.info = info;
      this.alignment = alignment;
      this.entrySize = entrySize;
    }
  }

  ElfImage() {
    sections.add(new Section(0, 0, 0, new byte[0], 0, 0, 0));
    symbols.putBytes(new byte[ElfFile.SYMBOL_SIZE]);
  }

  /** Adds a section, and gives its number. */
  int add(String name, int flags, int alignment, byte[] content) {
    return add(new Section(names.add(name), ElfFile.PROGBITS, flags, content, 0, alignment, 0));
  }

  /** The number that the next section will have. */
  int nextSection() {
    return sections.size();
  }

  /** Adds the relocations of a section. */
  void addRelocations(String name, int section, byte[] content) {
    add(
        new Section(
            names.add(name),
            ElfFile.REL,
            ElfFile.INFO_LINK,
            content,
            section,
            8,
            ElfFile.RELOCATION_SIZE));
  }

  /** Adds a global symbol, and gives its number. */
  int addSymbol(String name, int information, int section, int value, int size) {
    symbols
        .putInt(names.add(name))
        .putByte(information)
        .putByte(0)
        .putShort(section)
        .putLong(value)
        .putLong(size);
    return symbolCount++;
  }

  /** The whole file. */
  byte[] toBytes() {
    // All symbols are global: the first one that is not local is number 1.
    symbolTable =
        add(
            new Section(
                names.add(".symtab"),
                ElfFile.SYMTAB,
                0,
                symbols.toBytes(),
                1,
                8,
                ElfFile.SYMBOL_SIZE));
    int ownName = names.add(".strtab");
    int nameSection = add(new Section(ownName, ElfFile.STRTAB, 0, names.toBytes(), 0, 1, 0));

    ByteWriter file = new ByteWriter().putBytes(new byte[ElfFile.HEADER_SIZE]);
    for (Section section : sections.subList(1, sections.size())) {
      file.align(section.alignment);
      section.offset = file.size();
      file.putBytes(section.content);
    }
    int tableOffset = file.align(8).size();
    for (Section section : sections) {
      write(section, nameSection, file);
    }
    byte[] bytes = file.toBytes();
    byte[] header = header(tableOffset, nameSection);
    System.arraycopy(header, 0, bytes, 0, header.length);
    return bytes;
  }

  /** Where a section's content stands in the file, once it has been laid out. */
  int offsetOf(int section) {
    return sections.get(section).offset;
  }

  private int add(Section section) {
    sections.add(section);
    return sections.size() - 1;
  }

  private void write(Section section, int nameSection, ByteWriter file) {
    int link =
        switch (section.type) {
          case ElfFile.REL -> symbolTable;
          case ElfFile.SYMTAB -> nameSection;
          default -> 0;
        };
    file.putInt(section.name)
        .putInt(section.type)
        .putLong(section.flags)
        .putLong(0)
        .putLong(section.offset)
        .putLong(section.content.length)
        .putInt(link)
        .putInt(section.info)
        .putLong(section.alignment)
        .putLong(section.entrySize);
  }

  private byte[] header(int tableOffset, int nameSection) {
    return new ByteWriter()
        .putBytes(new byte[] {0x7f, 'E', 'L', 'F', ElfFile.CLASS_64, ElfFile.BYTE_ORDER, 1, 0})
        .putLong(0)
        .putShort(ElfFile.RELOCATABLE)
        .putShort(ElfFile.MACHINE_BPF)
        .putInt(1)
        .putLong(0)
        .putLong(0)
        .putLong(tableOffset)
        .putInt(0)
        .putShort(ElfFile.HEADER_SIZE)
        .putShort(0)
        .putShort(0)
        .putShort(ElfFile.SECTION_HEADER_SIZE)
        .putShort(sections.size())
        .putShort(nameSection)
        .toBytes();
  }
}
