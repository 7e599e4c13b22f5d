package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Expression;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A variable. Compared by identity of declaration: two variables of one name in two handlers are
 * two.
 */
public sealed interface Variable {
  /** As written in the script. */
  String name();

  /** The type of its value, or of its elements' values. */
  Type type();

  /** Where it was declared, or first used. */
  Span declaration();

  /**
   * A variable of one handler or function; parameters first.
   *
   * @param index its place among the handler's variables, from 0
   */
  record Local(String name, Type type, Span declaration, int index) implements Variable {}

  /**
   * A variable of the whole program.
   *
   * @param mangledName the name that SystemTap gives it, which it shows in some places
   * @param index its place in {@link Program#globals()}
   * @param indexTypes types of the keys of an array; empty for a scalar
   * @param size most elements, when the script says
   * @param wraps whether a full array drops its oldest element
   */
  record Global(
      String name,
      String mangledName,
      Type type,
      Span declaration,
      int index,
      List<Type> indexTypes,
      OptionalLong size,
      boolean wraps,
      Optional<Expression.Literal> initialValue)
      implements Variable {
    /** Copies the list. */
    public Global {
      indexTypes = List.copyOf(indexTypes);
    }

    /** Whether it is an array. */
    public boolean isArray() {
      return !indexTypes.isEmpty();
    }
  }
}
