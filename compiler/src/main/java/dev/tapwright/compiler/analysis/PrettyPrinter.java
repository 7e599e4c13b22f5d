package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.ContextVariable;
import dev.tapwright.compiler.target.DataTypes;
import dev.tapwright.compiler.target.TypeShape;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.PrintFormat;
import dev.tapwright.syntax.tree.Expression;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Makes {@code $x$} and {@code $$parms} into the {@code sprintf} that they stand for. One of a
 * printer makes one text.
 */
final class PrettyPrinter {
  /**
   * As many as fill a string of SystemTap's default length; of the others {@code ...} is written.
   */
  private static final int MOST_VALUES = 32;

  private static final int DEEPEST = 8;

  private final DataTypes data;
  private final Expression place;
  private final IdentityHashMap<Expression, ContextAccess> accesses;
  private final StringBuilder text = new StringBuilder();
  private final List<FormatPart> parts = new ArrayList<>();
  private final List<Expression> values = new ArrayList<>();

  /**
   * @param place what is printed: the values' nodes hold it
   * @param accesses where to put how to get at the values
   */
  PrettyPrinter(
      DataTypes data, Expression place, IdentityHashMap<Expression, ContextAccess> accesses) {
    this.data = data;
    this.place = place;
    this.accesses = accesses;
  }

  /** What has been written, as an expression. */
  Expression result() {
    Span span = place.span();
    if (parts.isEmpty()) {
      return new Expression.StringLiteral(span, text.toString());
    }
    flush();
    return new Expression.Print(
        span,
        true,
        Expression.PrintForm.FORMATTED,
        Optional.of(new PrintFormat(parts)),
        Optional.of(new Expression.StringLiteral(span, "")),
        false,
        values);
  }

  /** Writes text as it stands. */
  void write(String plain) {
    text.append(plain);
  }

  private void flush() {
    if (!text.isEmpty()) {
      parts.add(new FormatPart.Text(text.toString()));
      text.setLength(0);
    }
  }

  private boolean isFull() {
    return values.size() >= MOST_VALUES;
  }

  private void value(FormatPart.Flag flag, FormatPart.Conversion conversion, ContextAccess access) {
    if (isFull()) {
      write("...");
      return;
    }
    flush();
    parts.add(
        new FormatPart.Directive(
            flag, new FormatPart.Size.Absent(), new FormatPart.Size.Absent(), conversion));
    // A node of its own for each value: what is known of nodes is kept by their identity.
    Expression node = new Expression.PrettyPrint(place.span(), place, true);
    accesses.put(node, access);
    values.add(node);
  }

  /** {@code name=0x1f}: a variable as {@code $$parms} has it. */
  void variable(ContextVariable variable, AccessPath path) throws AccessFault {
    write(variable.name() + "=");
    switch (path.shape()) {
      case TypeShape.Composite _ -> write("{...}");
      case TypeShape.Floating _ -> write("?");
      default ->
          value(
              FormatPart.Flag.ALTERNATE,
              FormatPart.Conversion.HEXADECIMAL,
              path.number(place.span()));
    }
  }

  /**
   * A value as {@code $x$} has it.
   *
   * @param isDeep with the structures and arrays in it
   */
  void pretty(AccessPath path, boolean isDeep) throws AccessFault {
    boolean isPointer =
        path.form() == AccessPath.Form.POINTER || path.shape() instanceof TypeShape.Pointer;
    Optional<ContextAccess> string = path.text();
    if (string.isPresent()) {
      string(string.get());
    } else if (isPointer && path.target().shape() instanceof TypeShape.Composite composite) {
      members(path.target(), composite, 0, isDeep, 1);
    } else {
      inner(path, isDeep, 0);
    }
  }

  private void string(ContextAccess access) {
    write("\"");
    value(FormatPart.Flag.NONE, FormatPart.Conversion.STRING, access);
    write("\"");
  }

  /**
   * @param level how many structures and arrays it stands in
   */
  private void inner(AccessPath path, boolean isDeep, int level) throws AccessFault {
    boolean isOpen = (isDeep || level == 0) && level < DEEPEST;
    switch (path.shape()) {
      case TypeShape.Composite composite -> {
        if (isOpen) {
          members(path, composite, 0, isDeep, level + 1);
        } else {
          write("{...}");
        }
      }
      case TypeShape.Array(int element, long count) -> {
        Optional<ContextAccess> string = path.text();
        if (isOpen && string.isPresent()) {
          string(string.get());
        } else if (isOpen && count > 0) {
          write("[");
          inner(path.at(0, 0, element, "", ""), isDeep, level + 1);
          write(count > 1 ? ", ...]" : "]");
        } else {
          write("[...]");
        }
      }
      case TypeShape.Pointer _ -> {
        Optional<ContextAccess> string = path.text();
        if (string.isPresent()) {
          string(string.get());
        } else {
          value(FormatPart.Flag.NONE, FormatPart.Conversion.POINTER, path.number(place.span()));
        }
      }
      case TypeShape.Number number -> number(path, number);
      case TypeShape.Enumeration enumeration ->
          value(
              FormatPart.Flag.NONE,
              enumeration.isSigned()
                  ? FormatPart.Conversion.SIGNED
                  : FormatPart.Conversion.UNSIGNED,
              path.number(place.span()));
      case TypeShape.Floating _ -> write("?");
      case TypeShape.Function _ -> write("?");
      case TypeShape.Opaque _ -> {
        if (path.form() == AccessPath.Form.OBJECT) {
          write("?");
        } else {
          value(FormatPart.Flag.NONE, FormatPart.Conversion.POINTER, path.number(place.span()));
        }
      }
    }
  }

  private void number(AccessPath path, TypeShape.Number number) throws AccessFault {
    if (number.size() > Long.BYTES) {
      write("?");
    } else if (number.isCharacter()) {
      write("'");
      value(FormatPart.Flag.ALTERNATE, FormatPart.Conversion.CHARACTER, path.number(place.span()));
      write("'");
    } else {
      value(
          FormatPart.Flag.NONE,
          number.isSigned() ? FormatPart.Conversion.SIGNED : FormatPart.Conversion.UNSIGNED,
          path.number(place.span()));
    }
  }

  private void members(
      AccessPath path, TypeShape.Composite composite, long before, boolean isDeep, int level)
      throws AccessFault {
    write("{");
    String separator = "";
    for (TypeShape.Member member : composite.members()) {
      boolean hasName = !member.name().isEmpty();
      TypeShape shape = data.shape(member.type());
      if (!hasName && !(shape instanceof TypeShape.Composite)) {
        // Padding.
        continue;
      }
      if (isFull()) {
        write(separator + "...");
        break;
      }
      String kind =
          shape instanceof TypeShape.Composite inner && inner.isUnion() ? "<union>" : "<class>";
      write(separator + (hasName ? "." + member.name() : kind) + "=");
      separator = ", ";
      inner(
          path.at(
              before + member.bitOffset(),
              member.bitSize(),
              member.type(),
              composite.spelling(),
              member.name()),
          isDeep,
          level);
    }
    write("}");
  }
}
