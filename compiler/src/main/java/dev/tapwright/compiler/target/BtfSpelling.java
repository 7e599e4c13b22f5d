package dev.tapwright.compiler.target;

/**
 * Types as C writes them. C wraps a declaration round its name: what a type adds stands before the
 * name, such as a pointer's star, or behind it, such as an array's size, and brackets part the two
 * where behind would bind first.
 */
final class BtfSpelling {
  /** No type that a person wrote is deeper; a damaged file may refer in circles. */
  private static final int DEEPEST = 32;

  /** Characters; what is longer is damaged, since the parts of prototypes can multiply. */
  private static final int LONGEST = 4096;

  private final BtfFile types;

  BtfSpelling(BtfFile types) {
    this.types = types;
  }

  /** The spelling of a type. */
  String of(int type) throws MalformedFileException {
    return declare(type, "", 0);
  }

  /**
   * @param declarator what has been written so far, round the place of the name
   */
  private String declare(int type, String declarator, int depth) throws MalformedFileException {
    if (depth > DEEPEST || declarator.length() > LONGEST) {
      throw new MalformedFileException("type " + type + " is too deep");
    }
    return switch (types.kind(type)) {
      case VOID -> base("void", declarator);
      case INT, FLOAT, TYPEDEF -> base(types.name(type), declarator);
      case STRUCT -> base("struct " + tag(type), declarator);
      case UNION -> base("union " + tag(type), declarator);
      case ENUM, ENUM64 -> base("enum " + tag(type), declarator);
      case FWD -> base((types.flag(type) ? "union " : "struct ") + tag(type), declarator);
      case PTR ->
          declare(
              types.reference(type), pointer(types.reference(type), "*" + declarator), depth + 1);
      case ARRAY ->
          declare(
              types.extraType(type, 0),
              declarator + "[" + Integer.toUnsignedString(types.extra(type, 2)) + "]",
              depth + 1);
      case CONST -> qualify("const", type, declarator, depth);
      case VOLATILE -> qualify("volatile", type, declarator, depth);
      case RESTRICT -> qualify("restrict", type, declarator, depth);
      case TYPE_TAG -> declare(types.reference(type), declarator, depth + 1);
      case FUNC_PROTO ->
          declare(
              types.reference(type), declarator + "(" + parameters(type, depth) + ")", depth + 1);
      case FUNC, VAR, DATASEC, DECL_TAG ->
          throw new MalformedFileException("type " + type + " has no spelling");
    };
  }

  /** A star before something that goes behind the name needs brackets. */
  private String pointer(int target, String declarator) throws MalformedFileException {
    int behind = target;
    for (int i = 0; i < DEEPEST && types.kind(behind) == BtfKind.TYPE_TAG; i++) {
      behind = types.reference(behind);
    }
    BtfKind kind = types.kind(behind);
    return kind == BtfKind.ARRAY || kind == BtfKind.FUNC_PROTO
        ? "(" + declarator + ")"
        : declarator;
  }

  /** A qualifier of a pointer stands behind its star, of anything else in front of all. */
  private String qualify(String qualifier, int type, String declarator, int depth)
      throws MalformedFileException {
    int qualified = types.reference(type);
    if (types.kind(qualified) == BtfKind.PTR) {
      return declare(
          qualified, declarator.isEmpty() ? qualifier : qualifier + " " + declarator, depth + 1);
    }
    return qualifier + " " + declare(qualified, declarator, depth + 1);
  }

  private String parameters(int prototype, int depth) throws MalformedFileException {
    int count = types.elements(prototype);
    if (count == 0) {
      return "void";
    }
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < count; i++) {
      int type = types.extraType(prototype, 2 * i + 1);
      if (i > 0) {
        list.append(", ");
      }
      list.append(type == 0 && i == count - 1 ? "..." : declare(type, "", depth + 1));
      if (list.length() > LONGEST) {
        throw new MalformedFileException("prototype " + prototype + " is too long");
      }
    }
    return list.toString();
  }

  private String tag(int type) throws MalformedFileException {
    String name = types.name(type);
    return name.isEmpty() ? "{...}" : name;
  }

  private static String base(String name, String declarator) {
    return declarator.isEmpty() ? name : name + " " + declarator;
  }
}
