package dev.tapwright.syntax.tree;

import dev.tapwright.syntax.Span;
import java.util.Optional;

/**
 * One variable of a {@code global} or {@code private} declaration.
 *
 * @param span the variable with what belongs to it
 * @param wraps {@code %}: when the array is full, the oldest element makes place
 * @param size {@code [N]}: the most elements that the array may have
 * @param initialValue a literal, only for scalars
 */
public record GlobalVariableDeclaration(
    Span span,
    Identifier name,
    boolean wraps,
    Optional<Expression.NumberLiteral> size,
    Optional<Expression.Literal> initialValue)
    implements Node {}
