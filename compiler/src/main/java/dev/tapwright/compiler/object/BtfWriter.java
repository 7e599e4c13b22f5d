package dev.tapwright.compiler.object;

import java.util.List;

/**
 * Writes BTF (kernel, Documentation/bpf/btf.rst): type after type, numbered from 1, and a table of
 * names.
 *
 * <pre>
 *   type    u32 name   u32 info: bits 0–15 count, 24–28 kind   u32 size or type   then what the kind asks for
 * </pre>
 */
final class BtfWriter {
  private static final int INT = 1;
  private static final int POINTER = 2;
  private static final int ARRAY = 3;
  private static final int STRUCT = 4;
  private static final int FUNCTION = 12;
  private static final int PROTOTYPE = 13;
  private static final int VARIABLE = 14;
  private static final int DATA_SECTION = 15;

  private static final int SIGNED = 1;
  private static final int GLOBAL = 1;

  /** Linkage. */
  private static final int LOCAL = 0;

  private final ByteWriter types = new ByteWriter();
  private final NameTable names = new NameTable();
  private int count;

  /** A member of a structure; it begins where the one before ends. */
  record Member(String name, int type, int bits) {}

  /** A variable of a data section. */
  record Placed(int variable, int offset, int size) {}

  int integer(String name, int bytes, boolean isSigned) {
    int id = begin(names.add(name), INT, 0, bytes);
    types.putInt((isSigned ? SIGNED << 24 : 0) | (bytes * 8));
    return id;
  }

  int pointer(int type) {
    return begin(0, POINTER, 0, type);
  }

  int array(int element, int index, int elements) {
    int id = begin(0, ARRAY, 0, 0);
    types.putInt(element).putInt(index).putInt(elements);
    return id;
  }

  int structure(String name, List<Member> members) {
    int bits = members.stream().mapToInt(Member::bits).sum();
    int id = begin(names.add(name), STRUCT, members.size(), bits / 8);
    int offset = 0;
    for (Member member : members) {
      types.putInt(names.add(member.name())).putInt(member.type()).putInt(offset);
      offset += member.bits();
    }
    return id;
  }

  /** A prototype of one parameter. */
  int prototype(int result, String parameter, int type) {
    int id = begin(0, PROTOTYPE, 1, result);
    types.putInt(names.add(parameter)).putInt(type);
    return id;
  }

  int function(String name, int prototype) {
    return begin(names.add(name), FUNCTION, GLOBAL, prototype);
  }

  /** A function that no other file calls. */
  int localFunction(String name, int prototype) {
    return begin(names.add(name), FUNCTION, LOCAL, prototype);
  }

  int variable(String name, int type) {
    int id = begin(names.add(name), VARIABLE, 0, type);
    types.putInt(GLOBAL);
    return id;
  }

  int dataSection(String name, int size, List<Placed> variables) {
    int id = begin(names.add(name), DATA_SECTION, variables.size(), size);
    for (Placed variable : variables) {
      types.putInt(variable.variable()).putInt(variable.offset()).putInt(variable.size());
    }
    return id;
  }

  /** Where a name stands in the table of names. */
  int name(String text) {
    return names.add(text);
  }

  /** The whole of it. */
  byte[] toBytes() {
    byte[] typeBytes = types.toBytes();
    byte[] nameBytes = names.toBytes();
    return new ByteWriter()
        .putShort(0xeb9f)
        .putByte(1)
        .putByte(0)
        .putInt(24)
        .putInt(0)
        .putInt(typeBytes.length)
        .putInt(typeBytes.length)
        .putInt(nameBytes.length)
        .putBytes(typeBytes)
        .putBytes(nameBytes)
        .toBytes();
  }

  private int begin(int name, int kind, int elements, int sizeOrType) {
    types.putInt(name).putInt((kind << 24) | elements).putInt(sizeOrType);
    return ++count;
  }
}
