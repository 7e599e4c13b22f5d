package dev.tapwright.compiler.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sections and symbols of an ELF file of this machine's byte order, every number in it checked.
 */
final class ElfSections {
  private final ByteBuffer file;
  private final List<Section> sections;
  private final List<Symbol> symbols;

  private ElfSections(ByteBuffer file, List<Section> sections, List<Symbol> symbols) {
    this.file = file;
    this.sections = sections;
    this.symbols = symbols;
  }

  /** A section whose content lies within the file. */
  record Section(String name, int type, int offset, int size, int link, int info) {}

  /** A symbol. */
  record Symbol(String name, int section, long value, long size) {}

  /** A relocation: an offset in its section, what it refers to, and whether it is of a call. */
  record Relocation(long offset, Symbol symbol, boolean isCall) {}

  static ElfSections read(byte[] bytes) throws ObjectFormatException {
    if (bytes.length == 0) {
      throw new ObjectFormatException("the file is empty");
    }
    ByteBuffer file =
        ByteBuffer.wrap(bytes)
            .order(ByteOrder.nativeOrder())
            .asReadOnlyBuffer()
            .order(ByteOrder.nativeOrder());
    if (bytes.length < 4
        || bytes[0] != 0x7f
        || bytes[1] != 'E'
        || bytes[2] != 'L'
        || bytes[3] != 'F') {
      throw new ObjectFormatException("not a compiled script: it is no ELF file");
    }
    if (bytes.length < ElfFile.HEADER_SIZE) {
      throw damaged("it ends within its header");
    }
    if (bytes[4] != ElfFile.CLASS_64 || bytes[5] != ElfFile.BYTE_ORDER) {
      throw new ObjectFormatException(
          "not a compiled script of this machine: its class or byte order differs");
    }
    if (file.getShort(18) != ElfFile.MACHINE_BPF || file.getShort(16) != ElfFile.RELOCATABLE) {
      throw new ObjectFormatException("not a compiled script: it is an ELF file, but not of BPF");
    }
    List<Section> sections = sections(file);
    return new ElfSections(file, sections, symbols(file, sections));
  }

  Optional<Section> section(String name) {
    return sections.stream().filter(section -> section.name().equals(name)).findFirst();
  }

  /** The number of the first section of a name; 0 when there is none. */
  int number(String name) {
    for (int i = 1; i < sections.size(); i++) {
      if (sections.get(i).name().equals(name)) {
        return i;
      }
    }
    return 0;
  }

  Section section(int number) throws ObjectFormatException {
    if (number <= 0 || number >= sections.size()) {
      throw damaged("it has no section " + number);
    }
    return sections.get(number);
  }

  List<Symbol> symbols() {
    return symbols;
  }

  /** The relocations of a section. */
  List<Relocation> relocations(int target) throws ObjectFormatException {
    List<Relocation> found = new ArrayList<>();
    for (Section section : sections) {
      if (section.type() != ElfFile.REL || section.info() != target) {
        continue;
      }
      for (int at = 0;
          at <= section.size() - ElfFile.RELOCATION_SIZE;
          at += ElfFile.RELOCATION_SIZE) {
        long information = file.getLong(section.offset() + at + 8);
        long symbol = information >>> 32;
        int type = (int) information;
        boolean isCall = type == ElfFile.RELOCATE_CALL;
        if (symbol >= symbols.size() || !(isCall || type == ElfFile.RELOCATE_CONSTANT)) {
          throw damaged("a relocation is wrong");
        }
        found.add(
            new Relocation(file.getLong(section.offset() + at), symbols.get((int) symbol), isCall));
      }
    }
    return found;
  }

  static ObjectFormatException damaged(String how) {
    return new ObjectFormatException("the compiled script is damaged: " + how);
  }

  private static List<Section> sections(ByteBuffer file) throws ObjectFormatException {
    int count = Short.toUnsignedInt(file.getShort(60));
    int nameSection = Short.toUnsignedInt(file.getShort(62));
    int size = Short.toUnsignedInt(file.getShort(58));
    long table = file.getLong(40);
    if (size != ElfFile.SECTION_HEADER_SIZE || nameSection >= count) {
      throw damaged("its table of sections is wrong");
    }
    int start = range(file, table, (long) count * size, "its table of sections");
    List<Section> unnamed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = start + i * size;
      long length = file.getLong(at + 32);
      int offset = range(file, file.getLong(at + 24), length, "section " + i);
      unnamed.add(
          new Section(
              "",
              file.getInt(at + 4),
              offset,
              (int) length,
              file.getInt(at + 40),
              file.getInt(at + 44)));
    }
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Section section = unnamed.get(i);
      String name = name(file, unnamed.get(nameSection), file.getInt(start + i * size));
      sections.add(
          new Section(
              name,
              section.type(),
              section.offset(),
              section.size(),
              section.link(),
              section.info()));
    }
    return sections;
  }

  private static List<Symbol> symbols(ByteBuffer file, List<Section> sections)
      throws ObjectFormatException {
    List<Symbol> symbols = new ArrayList<>();
    Optional<Section> table =
        sections.stream().filter(section -> section.type() == ElfFile.SYMTAB).findFirst();
    if (table.isEmpty()) {
      return symbols;
    }
    int names = table.get().link();
    if (names <= 0 || names >= sections.size()) {
      throw damaged("its symbols have no names");
    }
    for (int i = 0; i <= table.get().size() - ElfFile.SYMBOL_SIZE; i += ElfFile.SYMBOL_SIZE) {
      int at = table.get().offset() + i;
      symbols.add(
          new Symbol(
              name(file, sections.get(names), file.getInt(at)),
              Short.toUnsignedInt(file.getShort(at + 6)),
              file.getLong(at + 8),
              file.getLong(at + 16)));
    }
    return symbols;
  }

  private static String name(ByteBuffer file, Section names, int offset)
      throws ObjectFormatException {
    if (offset < 0 || offset > names.size()) {
      throw damaged("a name lies outside its table");
    }
    int start = names.offset() + offset;
    int end = start;
    while (end < names.offset() + names.size() && file.get(end) != 0) {
      end++;
    }
    byte[] name = new byte[end - start];
    file.get(start, name);
    return new String(name, StandardCharsets.UTF_8);
  }

  private static int range(ByteBuffer file, long offset, long size, String what)
      throws ObjectFormatException {
    if (offset < 0 || size < 0 || offset > file.limit() || size > file.limit() - offset) {
      throw damaged(what + " lies outside the file");
    }
    return (int) offset;
  }
}
