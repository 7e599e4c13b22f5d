package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.target.DataTypes;
import dev.tapwright.compiler.target.TypeShape;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Identifier;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Makes a value as {@code $x$} has it: a {@code sprintf} of all that is in it, and {@code ERROR}
 * where something of it cannot be read. A printer makes one text.
 */
final class PrettyPrinter {
  /** Of the others {@code ...} is written. */
  private static final int MOST_VALUES = 32;

  /** Of pointers to pointers: a script may follow a ring of them. */
  private static final int MOST_POINTERS = 8;

  private final DataTypes data;
  private final Expression place;
  private final IdentityHashMap<Expression, ContextAccess> accesses;
  private final String quotingFunction;
  private final FormattedText text;
  private boolean canFail;

  private PrettyPrinter(Unit unit, Expression place, boolean isUser) {
    this.data = unit.dataTypes();
    this.place = place;
    this.accesses = unit.accesses();
    this.quotingFunction = unit.quotingFunction(isUser);
    this.text = new FormattedText(place.span());
  }

  /**
   * What stands for a value.
   *
   * @param unit where it is printed; gets how to get at what is in the value
   * @param place what is printed: the values' nodes hold it
   * @param isDeep with the structures and arrays in it
   */
  static Expression print(Unit unit, Expression place, AccessPath path, boolean isDeep)
      throws AccessFault {
    return new PrettyPrinter(unit, place, path.isUser()).pretty(path, isDeep);
  }

  private Expression pretty(AccessPath path, boolean isDeep) throws AccessFault {
    outermost(path, isDeep);
    Expression result = text.result();
    Span span = place.span();
    return canFail
        ? new Expression.Attempt(span, result, new Expression.StringLiteral(span, "ERROR"))
        : result;
  }

  /** Follows pointers: that of the value itself is not what is asked for. */
  private void outermost(AccessPath path, boolean isDeep) throws AccessFault {
    AccessPath value = path;
    for (int i = 0; i < MOST_POINTERS && value.isPointer() && value.text().isEmpty(); i++) {
      AccessPath target = value.target();
      switch (target.shape()) {
        case TypeShape.Function _ -> {
          text.write("<function>:");
          number("%p", value);
          return;
        }
        case TypeShape.Opaque _ -> {
          if (target.spelling().endsWith("void")) {
            number("%p", value);
          } else {
            text.write("{...}");
          }
          return;
        }
        default -> value = target;
      }
    }
    inner(value, isDeep, 0);
  }

  private boolean isFull() {
    return text.values() >= MOST_VALUES;
  }

  private void value(String directive, Expression value) {
    if (isFull()) {
      text.write("...");
    } else {
      text.write(directive, value);
    }
  }

  /** A value that is printed, and which there may be none of at its address. */
  private Expression read(ContextAccess access) {
    canFail |= access.steps().stream().anyMatch(ContextAccess.Step.Load.class::isInstance);
    return node(access);
  }

  /** A node of its own for each value: what is known of nodes is kept by their identity. */
  private Expression node(ContextAccess access) {
    Expression node = new Expression.PrettyPrint(place.span(), place, true);
    accesses.put(node, access);
    return node;
  }

  private void number(String directive, AccessPath path) throws AccessFault {
    value(directive, read(path.number(place.span())));
  }

  /** In quotes; the address where it cannot be read. */
  private void string(AccessPath path, ContextAccess characters) throws AccessFault {
    Span span = place.span();
    if (path.isPointer()) {
      value("%s", call(quotingFunction, read(path.number(span))));
      return;
    }
    // An array: no further than it reaches.
    FormattedText address = new FormattedText(span);
    address.write("0x");
    address.write("%x", read(path.address(span)));
    value(
        "%s",
        new Expression.Attempt(span, call("string_quoted", node(characters)), address.result()));
  }

  private Expression call(String function, Expression argument) {
    return new Expression.FunctionCall(
        place.span(), new Identifier(place.span(), function), List.of(argument));
  }

  /**
   * @param level how many structures and arrays it stands in
   */
  private void inner(AccessPath path, boolean isDeep, int level) throws AccessFault {
    boolean isOpen = isDeep || level == 0;
    Optional<ContextAccess> string = path.text();
    switch (path.shape()) {
      case TypeShape.Composite composite -> {
        if (isOpen) {
          members(path, composite, isDeep, level + 1);
        } else {
          text.write("{...}");
        }
      }
      case TypeShape.Array(int element, long count) -> {
        AccessPath first = path.at(0, 0, element, "", "");
        if (isOpen && string.isPresent()) {
          string(path, string.get());
        } else if (isOpen && first.shape() instanceof TypeShape.Array) {
          // One of several dimensions is one long array.
          inner(first, isDeep, level);
        } else if (isOpen) {
          text.write("[");
          inner(first, isDeep, level + 1);
          text.write(", ...]");
        } else {
          text.write("[...]");
        }
      }
      case TypeShape.Pointer _ -> {
        if (string.isPresent()) {
          string(path, string.get());
        } else {
          number("%p", path);
        }
      }
      case TypeShape.Number number -> number(path, number);
      case TypeShape.Enumeration enumeration -> number(enumeration.isSigned() ? "%i" : "%u", path);
      case TypeShape.Floating _ -> text.write("?");
      case TypeShape.Function _ -> text.write("?");
      case TypeShape.Opaque _ -> {
        if (path.form() == AccessPath.Form.OBJECT) {
          text.write("?");
        } else {
          number("%p", path);
        }
      }
    }
  }

  private void number(AccessPath path, TypeShape.Number number) throws AccessFault {
    if (number.size() > Long.BYTES) {
      text.write("?");
    } else if (number.isCharacter() && path.bits().isEmpty()) {
      text.write("'");
      number("%#c", path);
      text.write("'");
    } else {
      boolean isTruth = data.plainSpelling(path.type()).equals("_Bool");
      number(number.isSigned() || isTruth ? "%i" : "%u", path);
    }
  }

  private void members(AccessPath path, TypeShape.Composite composite, boolean isDeep, int level)
      throws AccessFault {
    text.write("{");
    String separator = "";
    for (TypeShape.Member member : composite.members()) {
      boolean hasName = !member.name().isEmpty();
      TypeShape shape = data.shape(member.type());
      if (!hasName && !(shape instanceof TypeShape.Composite)) {
        // Padding.
        continue;
      }
      if (isFull()) {
        text.write(separator + "...");
        break;
      }
      String kind =
          shape instanceof TypeShape.Composite inner && inner.isUnion() ? "<union>" : "<class>";
      text.write(separator + (hasName ? "." + member.name() : kind) + "=");
      separator = ", ";
      inner(
          path.at(
              member.bitOffset(),
              member.bitSize(),
              member.type(),
              composite.spelling(),
              member.name()),
          isDeep,
          level);
    }
    text.write("}");
  }
}
