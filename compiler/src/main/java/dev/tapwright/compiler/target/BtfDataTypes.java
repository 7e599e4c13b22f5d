package dev.tapwright.compiler.target;

import dev.tapwright.compiler.target.KernelTypes.FunctionPrototype;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * C types out of a BTF file: the kernel's, or a module's, which knows the kernel's too. A damaged
 * description is an opaque type. Types of other files of the machine are those files' to tell of.
 */
final class BtfDataTypes implements DataTypes {
  /** No type that a person wrote is deeper; a damaged file may refer in circles. */
  private static final int DEEPEST = 32;

  private static final int SIGNED = 1;
  private static final int CHARACTER = 2;

  private final BtfFile types;
  private final BtfModules modules;
  private final Map<Integer, TypeShape> shapes = new ConcurrentHashMap<>();
  private final Map<String, OptionalLong> enumerators = new ConcurrentHashMap<>();
  private final Lazy<List<Integer>> enumerations = new Lazy<>(this::allEnumerations);

  BtfDataTypes(BtfFile types, BtfModules modules) {
    this.types = types;
    this.modules = modules;
  }

  /** The types that know a type. */
  private DataTypes holderOf(int type) {
    return types.has(type) ? this : modules.holder(type).dataTypes();
  }

  @Override
  public Optional<PrototypeTypes> typesOf(FunctionPrototype prototype) {
    int id = prototype.btfId();
    DataTypes holder = holderOf(id);
    if (holder != this) {
      return holder.typesOf(prototype);
    }
    try {
      // A tracepoint's handlers begin with the registered data.
      boolean isTracepoint = types.kind(id) == BtfKind.TYPEDEF;
      int function = isTracepoint ? types.reference(types.reference(id)) : types.reference(id);
      List<Integer> parameters = new ArrayList<>();
      for (int i = isTracepoint ? 1 : 0; i < types.elements(function); i++) {
        parameters.add(types.extraType(function, 2 * i + 1));
      }
      return Optional.of(new PrototypeTypes(types.reference(function), parameters));
    } catch (MalformedFileException damaged) {
      return Optional.empty();
    }
  }

  @Override
  public OptionalInt named(String name) {
    String plain = name.strip();
    int stars = 0;
    while (plain.endsWith("*")) {
      plain = plain.substring(0, plain.length() - 1).strip();
      stars++;
    }
    for (String qualifier : List.of("const ", "volatile ")) {
      plain = plain.startsWith(qualifier) ? plain.substring(qualifier.length()).strip() : plain;
    }
    try {
      int id = find(plain);
      for (int i = 0; i < stars && id != 0; i++) {
        id = types.pointerTo(id);
      }
      return id == 0 ? OptionalInt.empty() : OptionalInt.of(id);
    } catch (MalformedFileException damaged) {
      return OptionalInt.empty();
    }
  }

  private int find(String name) throws MalformedFileException {
    List<BtfKind> kinds =
        List.of(
            BtfKind.STRUCT,
            BtfKind.UNION,
            BtfKind.ENUM,
            BtfKind.ENUM64,
            BtfKind.TYPEDEF,
            BtfKind.INT,
            BtfKind.FLOAT);
    String tag = name;
    if (name.startsWith("struct ")) {
      kinds = List.of(BtfKind.STRUCT);
      tag = name.substring("struct ".length()).strip();
    } else if (name.startsWith("union ")) {
      kinds = List.of(BtfKind.UNION);
      tag = name.substring("union ".length()).strip();
    } else if (name.startsWith("enum ")) {
      kinds = List.of(BtfKind.ENUM, BtfKind.ENUM64);
      tag = name.substring("enum ".length()).strip();
    }
    for (BtfKind kind : kinds) {
      int id = types.named(tag, kind);
      if (id != 0) {
        return id;
      }
    }
    // As a compiler names the base types that have shorter names too.
    return switch (name) {
      case "unsigned" -> types.named("unsigned int", BtfKind.INT);
      case "long", "long long", "short" -> types.named(name + " int", BtfKind.INT);
      case "unsigned long" -> types.named("long unsigned int", BtfKind.INT);
      case "unsigned long long" -> types.named("long long unsigned int", BtfKind.INT);
      case "unsigned short" -> types.named("short unsigned int", BtfKind.INT);
      default -> 0;
    };
  }

  @Override
  public List<String> modulesWith(String name) {
    return modules.names().stream()
        .filter(
            module ->
                modules
                    .module(module)
                    .filter(own -> own.dataTypes().named(name).isPresent())
                    .isPresent())
        .toList();
  }

  @Override
  public TypeShape shape(int type) {
    DataTypes holder = holderOf(type);
    return holder == this ? shapes.computeIfAbsent(type, this::read) : holder.shape(type);
  }

  @Override
  public boolean isDeclaration(int type) {
    DataTypes holder = holderOf(type);
    if (holder != this) {
      return holder.isDeclaration(type);
    }
    try {
      return types.kind(stripped(type)) == BtfKind.FWD;
    } catch (MalformedFileException damaged) {
      return false;
    }
  }

  private TypeShape read(int type) {
    try {
      int id = stripped(type);
      return switch (types.kind(id)) {
        case INT -> {
          int encoding = types.extra(id, 0) >>> 24;
          int size = types.size(id);
          boolean isCharacter =
              size == 1
                  && ((encoding & CHARACTER) != 0
                      || types.name(id).toLowerCase(Locale.ROOT).contains("char"));
          yield new TypeShape.Number(size, (encoding & SIGNED) != 0, isCharacter);
        }
        case PTR -> new TypeShape.Pointer(types.reference(id));
        case ARRAY ->
            new TypeShape.Array(types.extraType(id, 0), types.extra(id, 2) & 0xffff_ffffL);
        case STRUCT, UNION -> composite(id);
        case ENUM -> enumeration(id, 2);
        case ENUM64 -> enumeration(id, 3);
        case FWD -> {
          int described =
              types.named(types.name(id), types.flag(id) ? BtfKind.UNION : BtfKind.STRUCT);
          yield described == 0 ? new TypeShape.Opaque() : composite(described);
        }
        case FLOAT -> new TypeShape.Floating(types.size(id));
        case FUNC_PROTO -> new TypeShape.Function();
        default -> new TypeShape.Opaque();
      };
    } catch (MalformedFileException damaged) {
      return new TypeShape.Opaque();
    }
  }

  private int stripped(int type) throws MalformedFileException {
    int id = type;
    for (int i = 0; i < DEEPEST; i++) {
      switch (types.kind(id)) {
        case TYPEDEF, CONST, VOLATILE, RESTRICT, TYPE_TAG -> id = types.reference(id);
        default -> {
          return id;
        }
      }
    }
    throw new MalformedFileException("type " + type + " is too deep");
  }

  private TypeShape composite(int id) throws MalformedFileException {
    List<TypeShape.Member> members = new ArrayList<>();
    boolean hasBitFields = types.flag(id);
    for (int i = 0; i < types.elements(id); i++) {
      int offset = types.extra(id, 3 * i + 2);
      members.add(
          new TypeShape.Member(
              types.nameAt(types.extra(id, 3 * i)),
              types.extraType(id, 3 * i + 1),
              hasBitFields ? offset & 0xff_ffff : offset & 0xffff_ffffL,
              hasBitFields ? offset >>> 24 : 0));
    }
    return new TypeShape.Composite(
        types.kind(id) == BtfKind.UNION, types.name(id), types.size(id) & 0xffff_ffffL, members);
  }

  private TypeShape enumeration(int id, int words) throws MalformedFileException {
    boolean isSigned = types.flag(id);
    List<TypeShape.Enumerator> values = new ArrayList<>();
    for (int i = 0; i < types.elements(id); i++) {
      values.add(
          new TypeShape.Enumerator(
              types.nameAt(types.extra(id, words * i)), value(id, words, i, isSigned)));
    }
    return new TypeShape.Enumeration(types.name(id), types.size(id), isSigned, values);
  }

  private long value(int id, int words, int index, boolean isSigned) throws MalformedFileException {
    int low = types.extra(id, words * index + 1);
    if (words == 3) {
      return ((long) types.extra(id, words * index + 2) << 32) | (low & 0xffff_ffffL);
    }
    return isSigned ? low : low & 0xffff_ffffL;
  }

  @Override
  public String spelling(int type) {
    DataTypes holder = holderOf(type);
    if (holder != this) {
      return holder.spelling(type);
    }
    try {
      return new BtfSpelling(types).of(type);
    } catch (MalformedFileException damaged) {
      return "void";
    }
  }

  @Override
  public String plainSpelling(int type) {
    DataTypes holder = holderOf(type);
    if (holder != this) {
      return holder.plainSpelling(type);
    }
    try {
      return spelling(stripped(type));
    } catch (MalformedFileException damaged) {
      return "void";
    }
  }

  @Override
  public OptionalLong enumerator(String name) {
    return enumerators.computeIfAbsent(name, this::enumeratorIn);
  }

  private OptionalLong enumeratorIn(String name) {
    OptionalLong own = ownEnumerator(name);
    return own.isEmpty() && types.base().isPresent()
        ? modules.kernel().dataTypes().enumerator(name)
        : own;
  }

  private OptionalLong ownEnumerator(String name) {
    try {
      for (int id : enumerations.get()) {
        int words = types.kind(id) == BtfKind.ENUM ? 2 : 3;
        for (int i = 0; i < types.elements(id); i++) {
          if (types.isNameAt(types.extra(id, words * i), name)) {
            return OptionalLong.of(value(id, words, i, types.flag(id)));
          }
        }
      }
      return OptionalLong.empty();
    } catch (MalformedFileException damaged) {
      return OptionalLong.empty();
    }
  }

  /** The enumerations of the file itself, up to the first damage. */
  private List<Integer> allEnumerations() {
    List<Integer> found = new ArrayList<>();
    try {
      for (int id : types.types().toArray()) {
        BtfKind kind = types.kind(id);
        if (kind == BtfKind.ENUM || kind == BtfKind.ENUM64) {
          found.add(id);
        }
      }
      return found;
    } catch (MalformedFileException damaged) {
      return found;
    }
  }
}
