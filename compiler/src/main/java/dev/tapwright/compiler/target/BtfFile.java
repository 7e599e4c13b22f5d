package dev.tapwright.compiler.target;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A BTF file (Documentation/bpf/btf.rst), the kernel's or a module's: a header, then types one
 * after the other, numbered from 1, then names.
 *
 * <pre>
 *   header  u16 magic 0xeb9f   u8 version 1   u8 flags   u32 header length
 *           u32 type offset    u32 type length   u32 name offset   u32 name length    (offsets from the header's end)
 *   type    u32 name           u32 info: bits 0–15 count, 24–28 kind, 31 flag         u32 size or type
 *           then what the kind asks for
 * </pre>
 *
 * <p>A module's file goes on where the kernel's ends: its first type has the number behind the
 * kernel's last, its names begin behind the kernel's names, and it refers to both. All modules use
 * the same numbers so. Here each has a range of its own, and references are translated when they
 * are read; whoever has a module's types has the kernel's too, under the kernel's numbers.
 *
 * <p>The index is two arrays: where each type begins, and a hash table of the names of functions,
 * tracepoints and data types. A type is decoded when it is asked for. Nothing in the file is
 * trusted: offsets are checked, and references are followed only so far.
 */
final class BtfFile {
  private static final int MAGIC = 0xeb9f;

  /** What a reference to a type that is not there is: no type has that number. */
  private static final int NOWHERE = -1;

  /**
   * Static functions may share a name a few dozen times; a file that goes on is made to waste time.
   */
  private static final int MOST_COLLISIONS = 1000;

  private final BinaryReader reader;
  private final int namesStart;
  private final int namesEnd;

  /** The file that this one goes on from. */
  private final Optional<BtfFile> base;

  /** How many bytes of names that has. */
  private final int baseNames;

  /** The number of the first type here, as the file has it. */
  private final int written;

  /** The same as everything else here has it. */
  private final int first;

  private final int[] typeOffsets;
  private final int typeCount;

  /** Open addressing; 0 is free, else one more than the place of a type. */
  private final int[] placesByName;

  /** For each type a pointer to it, where there is one; few scripts ask. */
  private final Lazy<Map<Integer, Integer>> pointers = new Lazy<>(this::findPointers);

  private BtfFile(byte[] file, Optional<BtfFile> base, int first) throws MalformedFileException {
    this.reader = readerOf(file);
    this.base = base;
    this.baseNames = base.map(kernel -> kernel.namesEnd - kernel.namesStart).orElse(0);
    this.written = base.map(BtfFile::end).orElse(1);
    this.first = first;
    long headerLength = reader.unsignedWord(4);
    int typesStart = reader.check(headerLength + reader.unsignedWord(8), reader.unsignedWord(12));
    int typesEnd = typesStart + reader.word(12);
    this.namesStart = reader.check(headerLength + reader.unsignedWord(16), reader.unsignedWord(20));
    this.namesEnd = namesStart + reader.word(20);

    int[] offsets = new int[Math.max(16, (typesEnd - typesStart) / 20)];
    int count = 0;
    int indexed = 0;
    int at = typesStart;
    while (at < typesEnd) {
      if (count == offsets.length) {
        offsets = Arrays.copyOf(offsets, count * 2);
      }
      offsets[count++] = at;
      int info = reader.word(at + 4L);
      BtfKind kind = BtfKind.of(info >>> 24 & 0x1f);
      if (isIndexed(kind)) {
        indexed++;
      }
      at += 12 + kind.extraBytes(info & 0xffff);
    }
    this.typeOffsets = offsets;
    this.typeCount = count;
    if (end() < first) {
      throw new MalformedFileException(count + " types from " + first);
    }
    this.placesByName = new int[Integer.highestOneBit(Math.max(16, indexed)) * 4];
    for (int place = 0; place < count; place++) {
      index(place);
    }
  }

  /** Reads the bytes of a kernel's file. */
  static BtfFile parse(byte[] file) throws MalformedFileException {
    return new BtfFile(file, Optional.empty(), 1);
  }

  /**
   * Reads the bytes of a module's file.
   *
   * @param kernel the file of the kernel that the module belongs to
   * @param first the number that its first type is to have; none of the kernel's
   */
  static BtfFile parse(byte[] file, BtfFile kernel, int first) throws MalformedFileException {
    return new BtfFile(file, Optional.of(kernel), first);
  }

  private static BinaryReader readerOf(byte[] file) throws MalformedFileException {
    BinaryReader little = new BinaryReader(file, false);
    BinaryReader reader = little.unsignedShort(0) == MAGIC ? little : new BinaryReader(file, true);
    if (reader.unsignedShort(0) != MAGIC || reader.unsignedByte(2) != 1) {
      throw new MalformedFileException("not BTF of version 1");
    }
    return reader;
  }

  /** The numbers of the types here, without those of the file that this one goes on from. */
  IntStream types() {
    return IntStream.range(first, end());
  }

  /** The number behind that of the last type. */
  int end() {
    return first + typeCount;
  }

  /** Whether a number is that of a type, here or in the file that this one goes on from. */
  boolean has(int type) {
    return type >= first ? type < end() : base.map(kernel -> kernel.has(type)).orElse(type == 0);
  }

  Optional<BtfFile> base() {
    return base;
  }

  // ---- one type

  BtfKind kind(int type) throws MalformedFileException {
    return type == 0 ? BtfKind.VOID : BtfKind.of(word(type, 4) >>> 24 & 0x1f);
  }

  /** How many members, parameters or values follow. */
  int elements(int type) throws MalformedFileException {
    return word(type, 4) & 0xffff;
  }

  /** The flag in the highest bit of the information. */
  boolean flag(int type) throws MalformedFileException {
    return word(type, 4) < 0;
  }

  /** The type that a pointer, a typedef, a function and so on refer to. */
  int reference(int type) throws MalformedFileException {
    return holder(type).number(word(type, 8));
  }

  /** The bytes of a number, a structure and so on. */
  int size(int type) throws MalformedFileException {
    return word(type, 8);
  }

  String name(int type) throws MalformedFileException {
    return nameAt(word(type, 0));
  }

  /** A word of what follows the first twelve bytes. */
  int extra(int type, int index) throws MalformedFileException {
    return word(type, 12 + 4L * index);
  }

  /** The type that such a word refers to. */
  int extraType(int type, int index) throws MalformedFileException {
    return holder(type).number(extra(type, index));
  }

  private int word(int type, long offset) throws MalformedFileException {
    BtfFile holder = holder(type);
    return holder.reader.word(holder.offset(type) + offset);
  }

  private BtfFile holder(int type) {
    return type < first && base.isPresent() ? base.get() : this;
  }

  private int offset(int type) throws MalformedFileException {
    int place = type - first;
    if (place < 0 || place >= typeCount) {
      throw new MalformedFileException("type " + type + " of " + typeCount + " from " + first);
    }
    return typeOffsets[place];
  }

  /** The number of what the file calls so. */
  private int number(int reference) {
    int place = reference - written;
    if (place < 0) {
      return reference;
    }
    return place < typeCount ? first + place : NOWHERE;
  }

  // ---- names

  String nameAt(int nameOffset) throws MalformedFileException {
    BtfFile names = namesAt(nameOffset);
    int start = names.nameStart(nameOffset);
    return names.reader.text(start, names.reader.nameEnd(start, names.namesEnd));
  }

  /** Whether a name is that one. */
  boolean isNameAt(int nameOffset, String expected) throws MalformedFileException {
    return isNameAt(nameOffset, expected.getBytes(StandardCharsets.UTF_8));
  }

  private boolean isNameAt(int nameOffset, byte[] expected) throws MalformedFileException {
    BtfFile names = namesAt(nameOffset);
    int end = names.nameStart(nameOffset) + expected.length;
    return end < names.namesEnd && names.reader.bytes()[end] == 0 && beginsAt(nameOffset, expected);
  }

  /** Whether a name begins so. */
  boolean beginsAt(int nameOffset, byte[] prefix) throws MalformedFileException {
    BtfFile names = namesAt(nameOffset);
    int start = names.nameStart(nameOffset);
    int end = start + prefix.length;
    return end <= names.namesEnd
        && Arrays.equals(names.reader.bytes(), start, end, prefix, 0, prefix.length);
  }

  /** The place of the name of a type. */
  int nameOffset(int type) throws MalformedFileException {
    return word(type, 0);
  }

  private BtfFile namesAt(int nameOffset) {
    return nameOffset >= 0 && nameOffset < baseNames ? base.orElse(this) : this;
  }

  private int nameStart(int nameOffset) throws MalformedFileException {
    int place = nameOffset - baseNames;
    if (place < 0 || place >= namesEnd - namesStart) {
      throw new MalformedFileException("name at " + nameOffset);
    }
    return namesStart + place;
  }

  // ---- finding types

  /** The types that have a name to be found by, in no order. */
  IntStream named() {
    return IntStream.of(placesByName).filter(place -> place != 0).map(place -> first + place - 1);
  }

  /** The type of a kind and name here or in the file that this one goes on from; 0 for none. */
  int named(String name, BtfKind kind) throws MalformedFileException {
    int own = ownNamed(name, kind);
    return own == 0 && base.isPresent() ? base.get().named(name, kind) : own;
  }

  /** The type of a kind and name here; 0 where there is none. */
  int ownNamed(String name, BtfKind kind) throws MalformedFileException {
    if (name.isEmpty()) {
      return 0;
    }
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    int hash = kind.number();
    for (byte character : wanted) {
      hash = hash * 31 + character;
    }
    int mask = placesByName.length - 1;
    for (int slot = spread(hash) & mask; placesByName[slot] != 0; slot = (slot + 1) & mask) {
      int type = first + placesByName[slot] - 1;
      if (kind(type) == kind && isNameAt(nameOffset(type), wanted)) {
        return type;
      }
    }
    return 0;
  }

  /** A pointer to a type; 0 where there is none. */
  int pointerTo(int target) {
    int own = pointers.get().getOrDefault(target, 0);
    return own == 0 ? base.map(kernel -> kernel.pointerTo(target)).orElse(0) : own;
  }

  private Map<Integer, Integer> findPointers() {
    Map<Integer, Integer> found = new HashMap<>();
    try {
      for (int type = end() - 1; type >= first; type--) {
        if (kind(type) == BtfKind.PTR) {
          found.put(reference(type), type);
        }
      }
    } catch (MalformedFileException damaged) {
      // Those behind the damage are not known.
      return found;
    }
    return found;
  }

  private void index(int place) throws MalformedFileException {
    int at = typeOffsets[place];
    int kind = reader.word(at + 4L) >>> 24 & 0x1f;
    int nameOffset = reader.word(at);
    if (!isIndexed(BtfKind.of(kind)) || nameOffset == 0) {
      return;
    }
    BtfFile names = namesAt(nameOffset);
    byte[] bytes = names.reader.bytes();
    int hash = kind;
    for (int i = names.nameStart(nameOffset); i < names.namesEnd && bytes[i] != 0; i++) {
      hash = hash * 31 + bytes[i];
    }
    int mask = placesByName.length - 1;
    int slot = spread(hash) & mask;
    for (int tries = 0; placesByName[slot] != 0; tries++) {
      if (tries == MOST_COLLISIONS) {
        return;
      }
      slot = (slot + 1) & mask;
    }
    placesByName[slot] = place + 1;
  }

  private static boolean isIndexed(BtfKind kind) {
    return switch (kind) {
      case FUNC, TYPEDEF, STRUCT, UNION, ENUM, ENUM64, INT, FLOAT -> true;
      default -> false;
    };
  }

  private static int spread(int hash) {
    return (hash * 0x9e3779b9) >>> 8;
  }
}
