package dev.tapwright.compiler.target;

import java.util.List;
import java.util.Optional;

/** What a C type is, typedefs and qualifiers stripped; other types are named by their number. */
public sealed interface TypeShape {
  /**
   * A whole number.
   *
   * @param size bytes
   * @param isCharacter {@code char} and its kin, which make up strings
   */
  record Number(int size, boolean isSigned, boolean isCharacter) implements TypeShape {}

  /** A pointer, and the number of what it points to. */
  record Pointer(int target) implements TypeShape {}

  /** An array, and the number of its elements' type; a count of 0 is a flexible one. */
  record Array(int element, long count) implements TypeShape {}

  /**
   * A structure or union.
   *
   * @param name empty where it has none
   * @param size bytes
   */
  record Composite(boolean isUnion, String name, long size, List<Member> members)
      implements TypeShape {
    /** Copies the list. */
    public Composite {
      members = List.copyOf(members);
    }

    /** As C writes it: {@code struct foo}. */
    public String spelling() {
      return (isUnion ? "union " : "struct ") + (name.isEmpty() ? "{...}" : name);
    }
  }

  /**
   * A member.
   *
   * @param name empty for a structure or union whose members count as those of the one round it
   * @param type its type's number
   * @param bitOffset from the start of the structure
   * @param bitSize of a bit-field; 0 where it is none
   */
  record Member(String name, int type, long bitOffset, int bitSize) {}

  /** An enumeration. */
  record Enumeration(String name, int size, boolean isSigned, List<Enumerator> values)
      implements TypeShape {
    /** Copies the list. */
    public Enumeration {
      values = List.copyOf(values);
    }

    /** The name of a value; the first, where several have it. */
    public Optional<String> nameOf(long value) {
      return values.stream()
          .filter(enumerator -> enumerator.value() == value)
          .map(Enumerator::name)
          .findFirst();
    }

    /** Bytes of the longest name, or of the digits of a value without one, with a NUL. */
    public int nameCapacity() {
      int longest = values.stream().mapToInt(value -> value.name().length()).max().orElse(0);
      return 1 + Math.max(longest, Long.toString(Long.MIN_VALUE).length());
    }
  }

  /** A constant of an enumeration. */
  record Enumerator(String name, long value) {}

  /** A function, which only its address tells of. */
  record Function() implements TypeShape {}

  /** A number with a fraction. */
  record Floating(int size) implements TypeShape {}

  /** {@code void}, a structure that is declared and not described, or a type that is not known. */
  record Opaque() implements TypeShape {}
}
