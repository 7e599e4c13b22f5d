package dev.tapwright.compiler.target;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The functions and marks of an ELF program or library, 32 or 64 bits, of either byte order.
 *
 * <p>The tables are read with bounds and kept as bytes; functions are made of those that are asked
 * for. The file is not mapped, since a compiler may write it anew at any time, and reading a
 * mapping of a file that has become shorter is a fault.
 */
final class ElfProgram implements UserProgramFile {
  /** The section whose address the notes of marks repeat. */
  private static final String MARK_BASE = ".stapsdt.base";

  private static final String LINKAGE_RELOCATIONS = ".rela.plt";

  /** Where the stubs are: in the second where the first only has landing places before them. */
  private static final List<String> LINKAGE_STUBS = List.of(".plt", ".plt.sec");

  private final Path path;
  private final ElfLayout layout;
  private final List<ElfLayout.Segment> segments;
  private final List<SymbolTable> tables;
  private final List<Mark> marks;
  private final List<LinkageEntry> linkage;
  private final List<String> libraries;

  private ElfProgram(
      Path path,
      ElfLayout layout,
      List<ElfLayout.Segment> segments,
      List<SymbolTable> tables,
      List<Mark> marks,
      List<LinkageEntry> linkage,
      List<String> libraries) {
    this.libraries = List.copyOf(libraries);
    this.path = path;
    this.layout = layout;
    this.segments = segments;
    this.tables = tables;
    this.marks = List.copyOf(marks);
    this.linkage = List.copyOf(linkage);
  }

  /** Symbols, and their names. */
  private record SymbolTable(BinaryReader symbols, BinaryReader names) {}

  /** Reads a file; empty when it cannot be read or is not ELF. */
  static Optional<UserProgramFile> read(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ElfLayout layout = ElfLayout.of(bytes(channel, 0, Math.min(channel.size(), 64)));
      List<ElfLayout.Section> sections = readSections(channel, layout);
      List<ElfLayout.Segment> segments = readSegments(channel, layout, sections);
      List<SymbolTable> tables = new ArrayList<>();
      for (ElfLayout.Section section : sections) {
        if (section.isSymbolTable() && section.link() > 0 && section.link() < sections.size()) {
          ElfLayout.Section names = sections.get((int) section.link());
          Optional<SymbolTable> table = readTable(channel, layout, section, names);
          table.ifPresent(tables::add);
        }
      }
      Optional<BinaryReader> names = readSectionNames(channel, layout, sections);
      List<Mark> marks = readMarks(channel, layout, sections, segments, names);
      List<LinkageEntry> linkage =
          names.isPresent()
              ? readLinkage(channel, layout, sections, segments, names.get())
              : List.of();
      return Optional.of(
          new ElfProgram(
              path,
              layout,
              segments,
              tables,
              marks,
              linkage,
              readLibraries(channel, layout, sections)));
    } catch (IOException | MalformedFileException unusable) {
      return Optional.empty();
    }
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public List<Mark> marks() {
    return marks;
  }

  @Override
  public List<LinkageEntry> linkage() {
    return linkage;
  }

  @Override
  public List<String> libraries() {
    return libraries;
  }

  @Override
  public List<UserFunction> functionsMatching(String glob) {
    Glob pattern = Glob.of(glob);
    Set<UserFunction> found = new LinkedHashSet<>();
    for (SymbolTable table : tables) {
      try {
        collect(table, pattern, found);
      } catch (MalformedFileException damaged) {
        // The functions up to the damage are there; what follows cannot be told.
      }
    }
    return found.stream()
        .sorted(
            Comparator.comparingLong(UserFunction::fileOffset).thenComparing(UserFunction::name))
        .toList();
  }

  private void collect(SymbolTable table, Glob pattern, Set<UserFunction> found)
      throws MalformedFileException {
    BinaryReader names = table.names();
    int count = table.symbols().length() / layout.symbolSize();
    for (int i = 1; i < count; i++) {
      long nameOffset = layout.symbolName(table.symbols(), i);
      if (nameOffset == 0 || !layout.isDefinedFunction(table.symbols(), i)) {
        continue;
      }
      int start = names.check(nameOffset, 1);
      int end = versionless(names, start, names.nameEnd(start, names.length()));
      if (end == start || !pattern.matches(names.bytes(), start, end)) {
        continue;
      }
      long address = layout.symbolValue(table.symbols(), i);
      for (ElfLayout.Segment segment : segments) {
        if (segment.isExecutable() && segment.contains(address)) {
          long fileOffset = segment.fileOffsetOf(address);
          found.add(
              new UserFunction(
                  names.text(start, end),
                  address,
                  fileOffset,
                  layout.symbolSizeOf(table.symbols(), i)));
          break;
        }
      }
    }
  }

  /**
   * Where a name ends before the version that a linker wrote behind it: {@code memcpy@@GLIBC_2.14}.
   */
  private static int versionless(BinaryReader names, int start, int end) {
    for (int i = start + 1; i < end; i++) {
      if (names.bytes()[i] == '@') {
        return i;
      }
    }
    return end;
  }

  private static List<ElfLayout.Section> readSections(FileChannel channel, ElfLayout layout)
      throws IOException, MalformedFileException {
    if (layout.sectionsOffset() == 0) {
      return List.of();
    }
    long count = layout.sectionCount();
    if (count == 0) {
      // A count that does not fit in 16 bits stands in the first section's size.
      BinaryReader first =
          layout.reader(bytes(channel, layout.sectionsOffset(), layout.sectionSize()));
      count = layout.section(first, 0).size();
    }
    long size =
        Math.multiplyHigh(count, layout.sectionSize()) == 0 ? count * layout.sectionSize() : -1;
    BinaryReader table = layout.reader(bytes(channel, layout.sectionsOffset(), size));
    List<ElfLayout.Section> sections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sections.add(layout.section(table, i));
    }
    return sections;
  }

  private static List<ElfLayout.Segment> readSegments(
      FileChannel channel, ElfLayout layout, List<ElfLayout.Section> sections)
      throws IOException, MalformedFileException {
    if (layout.segmentsOffset() == 0) {
      return List.of();
    }
    long count = layout.segmentCount();
    if (count == 0xffff && !sections.isEmpty()) {
      count = sections.getFirst().info();
    }
    BinaryReader table =
        layout.reader(bytes(channel, layout.segmentsOffset(), count * layout.segmentSize()));
    List<ElfLayout.Segment> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ElfLayout.Segment segment = layout.segment(table, i);
      if (segment.isLoaded()) {
        segments.add(segment);
      }
    }
    return segments;
  }

  private static List<Mark> readMarks(
      FileChannel channel,
      ElfLayout layout,
      List<ElfLayout.Section> sections,
      List<ElfLayout.Segment> segments,
      Optional<BinaryReader> names)
      throws IOException {
    List<BinaryReader> notes = new ArrayList<>();
    OptionalLong base = OptionalLong.empty();
    try {
      for (ElfLayout.Section section : sections) {
        if (section.isNotes()) {
          notes.add(layout.reader(bytes(channel, section.offset(), section.size())));
        }
      }
      if (!notes.isEmpty() && names.isPresent()) {
        for (ElfLayout.Section section : sections) {
          if (nameOf(section, names.get()).equals(MARK_BASE)) {
            base = OptionalLong.of(section.address());
          }
        }
      }
    } catch (MalformedFileException damaged) {
      // What could be read may do.
    }
    return StaticMarks.read(layout, segments, notes, base);
  }

  /** The stubs of calls into libraries; none where they are damaged, or of another processor. */
  private static List<LinkageEntry> readLinkage(
      FileChannel channel,
      ElfLayout layout,
      List<ElfLayout.Section> sections,
      List<ElfLayout.Segment> segments,
      BinaryReader names)
      throws IOException {
    List<LinkageEntry> entries = new ArrayList<>();
    try {
      for (ElfLayout.Section relocations : sections) {
        if (layout.isX64()
            && nameOf(relocations, names).equals(LINKAGE_RELOCATIONS)
            && relocations.link() < sections.size()) {
          ElfLayout.Section symbols = sections.get((int) relocations.link());
          Optional<SymbolTable> table =
              symbols.link() < sections.size()
                  ? readTable(channel, layout, symbols, sections.get((int) symbols.link()))
                  : Optional.empty();
          if (table.isPresent()) {
            LinkageTable linkage =
                LinkageTable.of(
                    layout,
                    layout.reader(bytes(channel, relocations.offset(), relocations.size())),
                    table.get().symbols(),
                    table.get().names());
            for (ElfLayout.Section stubs : sections) {
              if (LINKAGE_STUBS.contains(nameOf(stubs, names))) {
                entries.addAll(
                    linkage.entries(
                        layout.reader(bytes(channel, stubs.offset(), stubs.size())),
                        stubs.address(),
                        segments));
              }
            }
          }
        }
      }
    } catch (MalformedFileException damaged) {
      // Those up to the damage are there; what follows cannot be told.
    }
    return entries;
  }

  private static List<String> readLibraries(
      FileChannel channel, ElfLayout layout, List<ElfLayout.Section> sections) throws IOException {
    List<String> libraries = new ArrayList<>();
    try {
      for (ElfLayout.Section section : sections) {
        if (section.isDynamic() && section.link() < sections.size()) {
          ElfLayout.Section strings = sections.get((int) section.link());
          BinaryReader dynamic = layout.reader(bytes(channel, section.offset(), section.size()));
          BinaryReader names = layout.reader(bytes(channel, strings.offset(), strings.size()));
          int size = layout.dynamicSize();
          for (long at = 0; at + size <= dynamic.length(); at += size) {
            OptionalLong name = layout.neededName(dynamic, at);
            if (name.isPresent()) {
              int start = names.check(name.getAsLong(), 1);
              libraries.add(names.text(start, names.nameEnd(start, names.length())));
            }
          }
        }
      }
    } catch (MalformedFileException damaged) {
      // Those up to the damage, then.
    }
    return libraries;
  }

  private static Optional<BinaryReader> readSectionNames(
      FileChannel channel, ElfLayout layout, List<ElfLayout.Section> sections) throws IOException {
    try {
      if (layout.sectionNames() < sections.size()) {
        ElfLayout.Section names = sections.get(layout.sectionNames());
        return Optional.of(layout.reader(bytes(channel, names.offset(), names.size())));
      }
    } catch (MalformedFileException damaged) {
      // Sections without names, then.
    }
    return Optional.empty();
  }

  private static String nameOf(ElfLayout.Section section, BinaryReader names)
      throws MalformedFileException {
    int start = names.check(section.name(), 0);
    return names.text(start, names.nameEnd(start, names.length()));
  }

  /** A table that is damaged, or too big to hold, is left out: the other one may do. */
  private static Optional<SymbolTable> readTable(
      FileChannel channel, ElfLayout layout, ElfLayout.Section symbols, ElfLayout.Section names)
      throws IOException {
    try {
      return Optional.of(
          new SymbolTable(
              layout.reader(bytes(channel, symbols.offset(), symbols.size())),
              layout.reader(bytes(channel, names.offset(), names.size()))));
    } catch (MalformedFileException damaged) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(FileChannel channel, long offset, long size)
      throws IOException, MalformedFileException {
    long largest = Math.min(256 << 20, Runtime.getRuntime().maxMemory() / 4);
    if (offset < 0
        || size < 0
        || size > largest
        || offset > channel.size()
        || size > channel.size() - offset) {
      throw new MalformedFileException(size + " bytes at " + offset);
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) size);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw new MalformedFileException("became shorter");
      }
    }
    return buffer.array();
  }
}
