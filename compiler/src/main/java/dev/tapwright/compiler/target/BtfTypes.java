package dev.tapwright.compiler.target;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The kernel's BTF (Documentation/bpf/btf.rst): a header, then types one after the other, numbered
 * from 1, then names.
 *
 * <pre>
 *   header  u16 magic 0xeb9f   u8 version 1   u8 flags   u32 header length
 *           u32 type offset    u32 type length   u32 name offset   u32 name length    (offsets from the header's end)
 *   type    u32 name           u32 info: bits 0–15 count, 24–28 kind, 31 flag         u32 size or type
 *           then what the kind asks for
 * </pre>
 *
 * <p>The index is two arrays: where each type begins, and a hash table of the names of functions,
 * tracepoints and data types. A type is decoded when it is asked for. Nothing in the file is
 * trusted: offsets are checked, and references are followed only so far.
 */
final class BtfTypes implements KernelTypes {
  private static final int MAGIC = 0xeb9f;
  private static final String TRACEPOINT_PREFIX = "btf_trace_";

  /**
   * Static functions may share a name a few dozen times; a file that goes on is made to waste time.
   */
  private static final int MOST_COLLISIONS = 1000;

  private static final byte[] TRACEPOINT_PREFIX_BYTES =
      TRACEPOINT_PREFIX.getBytes(StandardCharsets.UTF_8);

  private final BinaryReader reader;
  private final int namesStart;
  private final int namesEnd;
  private final int[] typeOffsets;
  private final int typeCount;

  /** Open addressing; 0 is free, else a type's number. */
  private final int[] idsByName;

  /** For each type a pointer to it, 0 where there is none; few scripts ask. */
  private final Lazy<int[]> pointers = new Lazy<>(this::findPointers);

  private final DataTypes dataTypes = new BtfDataTypes(this);

  private BtfTypes(byte[] file) throws MalformedFileException {
    this.reader = readerOf(file);
    long headerLength = reader.unsignedWord(4);
    int typesStart = reader.check(headerLength + reader.unsignedWord(8), reader.unsignedWord(12));
    int typesEnd = typesStart + reader.word(12);
    this.namesStart = reader.check(headerLength + reader.unsignedWord(16), reader.unsignedWord(20));
    this.namesEnd = namesStart + reader.word(20);

    int[] offsets = new int[Math.max(16, (typesEnd - typesStart) / 20)];
    int count = 1;
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
    this.idsByName = new int[Integer.highestOneBit(Math.max(16, indexed)) * 4];
    for (int id = 1; id < count; id++) {
      index(id);
    }
  }

  /** Reads a file's bytes. */
  static BtfTypes parse(byte[] file) throws MalformedFileException {
    return new BtfTypes(file);
  }

  private static BinaryReader readerOf(byte[] file) throws MalformedFileException {
    BinaryReader little = new BinaryReader(file, false);
    BinaryReader reader = little.unsignedShort(0) == MAGIC ? little : new BinaryReader(file, true);
    if (reader.unsignedShort(0) != MAGIC || reader.unsignedByte(2) != 1) {
      throw new MalformedFileException("not BTF of version 1");
    }
    return reader;
  }

  @Override
  public Optional<FunctionPrototype> function(String name) {
    try {
      int id = find(name.getBytes(StandardCharsets.UTF_8), BtfKind.FUNC);
      return id == 0
          ? Optional.empty()
          : Optional.of(prototype(name, id, reference(id), 0, List.of()));
    } catch (MalformedFileException damaged) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<FunctionPrototype> tracepoint(String name) {
    try {
      int id = find((TRACEPOINT_PREFIX + name).getBytes(StandardCharsets.UTF_8), BtfKind.TYPEDEF);
      if (id == 0) {
        return Optional.empty();
      }
      int pointer = reference(id);
      if (kind(pointer) != BtfKind.PTR) {
        return Optional.empty();
      }
      // The typedef's parameters have no names; the function that calls the handlers has the same
      // ones with names.
      List<String> names =
          function("__traceiter_" + name).map(BtfTypes::parameterNames).orElse(List.of());
      return Optional.of(prototype(name, id, reference(pointer), 1, names));
    } catch (MalformedFileException damaged) {
      return Optional.empty();
    }
  }

  @Override
  public DataTypes dataTypes() {
    return dataTypes;
  }

  @Override
  public List<String> tracepointNames() {
    TreeSet<String> names = new TreeSet<>();
    for (int id : idsByName) {
      if (id != 0) {
        try {
          if (kind(id) == BtfKind.TYPEDEF
              && startsWith(
                  reader.bytes(), nameStart(reader.word(offset(id))), TRACEPOINT_PREFIX_BYTES)) {
            names.add(name(id).substring(TRACEPOINT_PREFIX.length()));
          }
        } catch (MalformedFileException damaged) {
          // That one has no name; the others may.
        }
      }
    }
    return List.copyOf(names);
  }

  /** How many types there are, with {@code void}. */
  int typeCount() {
    return typeCount;
  }

  BtfKind kind(int id) throws MalformedFileException {
    return id == 0 ? BtfKind.VOID : BtfKind.of(info(id) >>> 24 & 0x1f);
  }

  /** How many members, parameters or values follow. */
  int elements(int id) throws MalformedFileException {
    return info(id) & 0xffff;
  }

  /** The flag in the highest bit of the information. */
  boolean flag(int id) throws MalformedFileException {
    return info(id) < 0;
  }

  /** The type that a pointer, a typedef, a function and so on refer to. */
  int reference(int id) throws MalformedFileException {
    return reader.word(offset(id) + 8L);
  }

  String name(int id) throws MalformedFileException {
    return nameAt(reader.word(offset(id)));
  }

  /** A word of what follows the first twelve bytes. */
  int extra(int id, int index) throws MalformedFileException {
    return reader.word(offset(id) + 12L + 4L * index);
  }

  String nameAt(int nameOffset) throws MalformedFileException {
    int start = nameStart(nameOffset);
    return reader.text(start, reader.nameEnd(start, namesEnd));
  }

  /** Whether a name is that one. */
  boolean isNameAt(int nameOffset, String expected) throws MalformedFileException {
    int start = nameStart(nameOffset);
    int length = expected.length();
    byte[] bytes = reader.bytes();
    if (start + length >= namesEnd || bytes[start + length] != 0) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[start + i] != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The type of a kind and name; 0 where there is none. */
  int named(String name, BtfKind kind) throws MalformedFileException {
    return name.isEmpty() ? 0 : find(name.getBytes(StandardCharsets.UTF_8), kind);
  }

  /** A pointer to a type; 0 where there is none. */
  int pointerTo(int target) {
    return target > 0 && target < typeCount ? pointers.get()[target] : 0;
  }

  private int[] findPointers() {
    int[] found = new int[typeCount];
    try {
      for (int id = typeCount - 1; id > 0; id--) {
        int target = kind(id) == BtfKind.PTR ? reference(id) : 0;
        if (target > 0 && target < typeCount) {
          found[target] = id;
        }
      }
    } catch (MalformedFileException damaged) {
      // Those behind the damage are not known.
      return found;
    }
    return found;
  }

  private int info(int id) throws MalformedFileException {
    return reader.word(offset(id) + 4L);
  }

  private int offset(int id) throws MalformedFileException {
    if (id <= 0 || id >= typeCount) {
      throw new MalformedFileException("type " + id + " of " + typeCount);
    }
    return typeOffsets[id];
  }

  private int nameStart(int nameOffset) throws MalformedFileException {
    if (nameOffset < 0 || nameOffset >= namesEnd - namesStart) {
      throw new MalformedFileException("name at " + nameOffset);
    }
    return namesStart + nameOffset;
  }

  private FunctionPrototype prototype(
      String name, int btfId, int type, int skipped, List<String> names)
      throws MalformedFileException {
    if (kind(type) != BtfKind.FUNC_PROTO) {
      throw new MalformedFileException("type " + type + " is no prototype");
    }
    BtfSpelling spelling = new BtfSpelling(this);
    List<TypedParameter> parameters = new ArrayList<>();
    int count = elements(type);
    for (int i = skipped; i < count; i++) {
      int parameterType = extra(type, 2 * i + 1);
      String written = nameAt(extra(type, 2 * i));
      String parameterName = written.isEmpty() && names.size() == count ? names.get(i) : written;
      boolean isEllipsis = parameterType == 0 && i == count - 1;
      parameters.add(
          new TypedParameter(parameterName, isEllipsis ? "..." : spelling.of(parameterType)));
    }
    return new FunctionPrototype(name, btfId, spelling.of(reference(type)), parameters);
  }

  private static List<String> parameterNames(FunctionPrototype prototype) {
    return prototype.parameters().stream().map(TypedParameter::name).toList();
  }

  private void index(int id) throws MalformedFileException {
    int at = typeOffsets[id];
    int kind = reader.word(at + 4L) >>> 24 & 0x1f;
    if (!isIndexed(BtfKind.of(kind)) || reader.word(at) == 0) {
      return;
    }
    int start = nameStart(reader.word(at));
    byte[] bytes = reader.bytes();
    int hash = kind;
    for (int i = start; i < namesEnd && bytes[i] != 0; i++) {
      hash = hash * 31 + bytes[i];
    }
    int mask = idsByName.length - 1;
    int slot = spread(hash) & mask;
    for (int tries = 0; idsByName[slot] != 0; tries++) {
      if (tries == MOST_COLLISIONS) {
        return;
      }
      slot = (slot + 1) & mask;
    }
    idsByName[slot] = id;
  }

  private static boolean isIndexed(BtfKind kind) {
    return switch (kind) {
      case FUNC, TYPEDEF, STRUCT, UNION, ENUM, ENUM64, INT, FLOAT -> true;
      default -> false;
    };
  }

  private int find(byte[] name, BtfKind kind) throws MalformedFileException {
    int hash = kind.number();
    for (byte character : name) {
      hash = hash * 31 + character;
    }
    int mask = idsByName.length - 1;
    for (int slot = spread(hash) & mask; idsByName[slot] != 0; slot = (slot + 1) & mask) {
      int id = idsByName[slot];
      int start = nameStart(reader.word(typeOffsets[id]));
      int end = start + name.length;
      if (kind(id) == kind
          && end < namesEnd
          && reader.bytes()[end] == 0
          && Arrays.equals(reader.bytes(), start, end, name, 0, name.length)) {
        return id;
      }
    }
    return 0;
  }

  private static int spread(int hash) {
    return (hash * 0x9e3779b9) >>> 8;
  }

  private static boolean startsWith(byte[] bytes, int start, byte[] prefix) {
    return bytes.length - start > prefix.length
        && Arrays.equals(bytes, start, start + prefix.length, prefix, 0, prefix.length);
  }
}
