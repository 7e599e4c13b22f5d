package dev.tapwright.compiler.target;

import dev.tapwright.compiler.target.UserProgramFile.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads the notes that {@code <sys/sdt.h>} leaves in a program: one for each mark, with its place
 * and what its arguments are in.
 */
final class StaticMarks {
  private static final String OWNER = "stapsdt";
  private static final int TYPE = 3;

  private final ElfLayout layout;
  private final List<ElfLayout.Segment> segments;
  private final OptionalLong base;
  private final List<Mark> marks = new ArrayList<>();

  private StaticMarks(ElfLayout layout, List<ElfLayout.Segment> segments, OptionalLong base) {
    this.layout = layout;
    this.segments = segments;
    this.base = base;
  }

  /**
   * The marks of some note sections.
   *
   * @param segments those that are loaded
   * @param base where {@code .stapsdt.base} is: addresses in the notes are meant with it, and a
   *     program that was prelinked has moved since
   */
  static List<Mark> read(
      ElfLayout layout,
      List<ElfLayout.Segment> segments,
      List<BinaryReader> sections,
      OptionalLong base) {
    StaticMarks reader = new StaticMarks(layout, segments, base);
    for (BinaryReader section : sections) {
      try {
        reader.section(section);
      } catch (MalformedFileException damaged) {
        // The marks up to the damage are there; what follows cannot be told.
      }
    }
    return reader.marks;
  }

  private void section(BinaryReader section) throws MalformedFileException {
    long at = 0;
    while (at < section.length()) {
      long nameSize = section.unsignedWord(at);
      long size = section.unsignedWord(at + 4);
      int type = section.word(at + 8);
      int name = section.check(at + 12, nameSize);
      long description = at + 12 + aligned(nameSize);
      int start = section.check(description, size);
      if (type == TYPE
          && section.text(name, section.nameEnd(name, name + (int) nameSize)).equals(OWNER)) {
        mark(section, start, start + (int) size);
      }
      at = description + aligned(size);
    }
  }

  private static long aligned(long size) {
    return (size + 3) & ~3L;
  }

  private void mark(BinaryReader section, int start, int end) throws MalformedFileException {
    int word = layout.is64Bit() ? Long.BYTES : Integer.BYTES;
    int texts = section.check(start, 3L * word) + 3 * word;
    if (texts > end) {
      throw new MalformedFileException("a note of " + (end - start) + " bytes");
    }
    long written = address(section, start + word);
    long moved = base.isPresent() && written != 0 ? base.getAsLong() - written : 0;
    long place = address(section, start) + moved;
    long semaphore = address(section, start + 2 * word);
    int providerEnd = section.nameEnd(texts, end);
    int name = Math.min(providerEnd + 1, end);
    int nameEnd = section.nameEnd(name, end);
    int arguments = Math.min(nameEnd + 1, end);
    OptionalLong offset = offset(place, true);
    OptionalLong semaphoreOffset =
        semaphore == 0 ? OptionalLong.empty() : offset(semaphore + moved, false);
    if (offset.isPresent() && (semaphore == 0 || semaphoreOffset.isPresent())) {
      marks.add(
          new Mark(
              section.text(texts, providerEnd),
              section.text(name, nameEnd),
              place,
              offset.getAsLong(),
              semaphoreOffset,
              section.text(arguments, section.nameEnd(arguments, end))));
    }
  }

  private long address(BinaryReader section, int at) throws MalformedFileException {
    return layout.is64Bit() ? section.doubleWord(at) : section.unsignedWord(at);
  }

  private OptionalLong offset(long address, boolean isCode) {
    for (ElfLayout.Segment segment : segments) {
      if (segment.contains(address) && (segment.isExecutable() || !isCode)) {
        return OptionalLong.of(segment.fileOffsetOf(address));
      }
    }
    return OptionalLong.empty();
  }
}
