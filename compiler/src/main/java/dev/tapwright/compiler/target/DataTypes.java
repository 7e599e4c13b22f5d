package dev.tapwright.compiler.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * C types as the kernel sees them, or as one of its modules does, which has types of its own. Each
 * is known by a number that holds for one machine: the numbers of one are good for all others.
 * Number 0 is {@code void}, or a type that is not known.
 */
public interface DataTypes {
  /** Where no types are known. */
  DataTypes NONE =
      new DataTypes() {
        @Override
        public Optional<PrototypeTypes> typesOf(KernelTypes.FunctionPrototype prototype) {
          return Optional.empty();
        }

        @Override
        public OptionalInt named(String name) {
          return OptionalInt.empty();
        }

        @Override
        public TypeShape shape(int type) {
          return new TypeShape.Opaque();
        }

        @Override
        public String spelling(int type) {
          return "void";
        }

        @Override
        public OptionalLong enumerator(String name) {
          return OptionalLong.empty();
        }
      };

  /** The types of a prototype that this kernel's {@link KernelTypes} have given. */
  Optional<PrototypeTypes> typesOf(KernelTypes.FunctionPrototype prototype);

  /**
   * The type of a name: {@code task_struct}, {@code struct task_struct}, {@code pid_t}, {@code
   * unsigned long}, {@code struct page *}; a module's own come before the kernel's. Without its
   * keyword a name is a structure's first, then a union's, an enumeration's, a typedef's and a base
   * type's.
   */
  OptionalInt named(String name);

  /** The loaded modules whose types have that name. Reads those of all of them. */
  default List<String> modulesWith(String name) {
    return List.of();
  }

  /** What a type is; opaque where the number names none. */
  TypeShape shape(int type);

  /**
   * Whether a structure or union is declared only, where the number stands: what it is, another
   * number of the same name tells.
   */
  default boolean isDeclaration(int type) {
    return false;
  }

  /** As C writes it. */
  String spelling(int type);

  /** The same of what a typedef stands for: {@code int} for {@code pid_t}. */
  default String plainSpelling(int type) {
    return spelling(type);
  }

  /** The value of a constant of any enumeration. */
  OptionalLong enumerator(String name);

  /**
   * The members of a structure or union that have names, those of its parts without names among
   * them; none where it is neither.
   */
  default List<TypeShape.Member> members(int type) {
    List<TypeShape.Member> members = new ArrayList<>();
    addMembers(type, members, 0);
    return members;
  }

  private void addMembers(int type, List<TypeShape.Member> members, int depth) {
    if (shape(type) instanceof TypeShape.Composite composite) {
      for (TypeShape.Member member : composite.members()) {
        if (!member.name().isEmpty()) {
          members.add(member);
        } else if (depth < 16) {
          addMembers(member.type(), members, depth + 1);
        }
      }
    }
  }

  /** Bytes of a type; 0 where that is not known. */
  default long size(int type) {
    return size(type, 0);
  }

  private long size(int type, int depth) {
    return switch (shape(type)) {
      case TypeShape.Number number -> number.size();
      case TypeShape.Pointer _ -> Long.BYTES;
      case TypeShape.Array array ->
          // A damaged description may go round in circles.
          depth > 16 ? 0 : array.count() * size(array.element(), depth + 1);
      case TypeShape.Composite composite -> composite.size();
      case TypeShape.Enumeration enumeration -> enumeration.size();
      case TypeShape.Floating floating -> floating.size();
      case TypeShape.Function _, TypeShape.Opaque _ -> 0;
    };
  }

  /**
   * The numbers of a prototype's types.
   *
   * @param result 0 for none
   * @param parameters in order
   */
  record PrototypeTypes(int result, List<Integer> parameters) {
    /** Copies the list. */
    public PrototypeTypes {
      parameters = List.copyOf(parameters);
    }
  }
}
