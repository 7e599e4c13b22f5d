package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.GlobalVariableDeclaration;
import dev.tapwright.syntax.tree.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A variable while it is being analysed. Compared by identity. */
final class VariableCell {
  /** What declares it. */
  enum Kind {
    LOCAL,
    PARAMETER,
    GLOBAL
  }

  static final int ARITY_UNKNOWN = -1;

  private final String name;
  private final Span declaration;
  private final Kind kind;
  private final TypeCell type;
  private final Optional<GlobalVariableDeclaration> global;
  private final List<TypeCell> indexes = new ArrayList<>();
  private int arity = ARITY_UNKNOWN;
  private Span arityOrigin;
  private boolean hasArityFault;
  private boolean isPrivate;

  private VariableCell(
      String name,
      Span declaration,
      Kind kind,
      TypeCell type,
      Optional<GlobalVariableDeclaration> global) {
    this.name = name;
    this.declaration = declaration;
    this.kind = kind;
    this.type = type;
    this.global = global;
    this.arityOrigin = declaration;
  }

  static VariableCell local(String name, Span declaration) {
    return new VariableCell(name, declaration, Kind.LOCAL, new TypeCell(), Optional.empty());
  }

  static VariableCell parameter(String name, Span declaration, Optional<TypeName> type) {
    TypeCell cell =
        type.map(written -> TypeCell.declared(typeOf(written), declaration))
            .orElseGet(TypeCell::new);
    VariableCell parameter =
        new VariableCell(name, declaration, Kind.PARAMETER, cell, Optional.empty());
    parameter.arity = 0;
    return parameter;
  }

  /**
   * @param isPrivate whether only its own file sees it
   */
  static VariableCell global(GlobalVariableDeclaration declaration, boolean isPrivate) {
    TypeCell cell =
        declaration
            .initialValue()
            .map(value -> TypeCell.declared(typeOf(value), value.span()))
            .orElseGet(TypeCell::new);
    VariableCell global =
        new VariableCell(
            declaration.name().name(),
            declaration.name().span(),
            Kind.GLOBAL,
            cell,
            Optional.of(declaration));
    if (declaration.initialValue().isPresent()) {
      global.arity = 0;
    }
    global.isPrivate = isPrivate;
    return global;
  }

  static Type typeOf(TypeName written) {
    return switch (written) {
      case LONG -> Type.LONG;
      case STRING -> Type.STRING;
    };
  }

  static Type typeOf(Expression.Literal literal) {
    return switch (literal) {
      case Expression.NumberLiteral number -> Type.LONG;
      case Expression.StringLiteral string -> Type.STRING;
    };
  }

  String name() {
    return name;
  }

  /** The name that SystemTap gives a global, which it shows in some places. */
  String mangledName() {
    return isPrivate
        ? "__private_" + declaration.source().name().replaceAll("[^A-Za-z0-9]", "_") + "_" + name
        : "__global_" + name;
  }

  Span declaration() {
    return declaration;
  }

  Kind kind() {
    return kind;
  }

  boolean isGlobal() {
    return kind == Kind.GLOBAL;
  }

  Optional<GlobalVariableDeclaration> globalDeclaration() {
    return global;
  }

  /** The type of its value, or of its elements. */
  TypeCell type() {
    return type;
  }

  /** The types of its indexes, as many as its arity. */
  List<TypeCell> indexes() {
    return indexes;
  }

  int arity() {
    return arity;
  }

  Span arityOrigin() {
    return arityOrigin;
  }

  /**
   * Notes that a use with another number of indexes is being reported; false when one has been
   * before.
   */
  boolean reportArityFault() {
    boolean isFirst = !hasArityFault;
    hasArityFault = true;
    return isFirst;
  }

  /** Where its types are not known, says nothing of that any more. */
  void silenceUntyped() {
    if (!type.isKnown()) {
      type.silence();
    }
    indexes.stream().filter(index -> !index.isKnown()).forEach(TypeCell::silence);
  }

  /** Fixes the number of indexes. */
  void setArity(int count, Span origin) {
    arity = count;
    arityOrigin = origin;
    while (indexes.size() < count) {
      indexes.add(new TypeCell());
    }
  }
}
