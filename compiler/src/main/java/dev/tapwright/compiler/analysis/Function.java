package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.FunctionBody;
import java.util.List;
import java.util.OptionalInt;

/**
 * A function of the script or of a tapset, analysed.
 *
 * @param name as written
 * @param mangledName the name that SystemTap gives it, by which it lists functions
 * @param declaration the tree as written
 * @param body what is carried out: the body without what was elided
 * @param parameters the first of {@link Bindings#locals()}
 * @param result {@link Type#UNKNOWN} when it returns nothing
 * @param bindings of its body
 * @param nextOverload the place in {@link Program#functions()} of the function that {@code next}
 *     goes on to; empty when it has no {@code next}, or is the last of its name and arity
 * @param isOwn whether it is of our own library
 */
public record Function(
    String name,
    String mangledName,
    Declaration.Function declaration,
    FunctionBody body,
    List<Variable.Local> parameters,
    Type result,
    Bindings bindings,
    OptionalInt nextOverload,
    boolean isOwn) {
  /** Copies the list. */
  public Function {
    parameters = List.copyOf(parameters);
  }
}
