package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.grammar.ScriptLexer;
import dev.tapwright.syntax.tree.AssignmentOperator;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.UnaryOperator;

/** Which operator a token's type stands for. */
final class Operators {
  private Operators() {}

  static BinaryOperator logic(int type) {
    return switch (type) {
      case ScriptLexer.LOGICAL_OR -> BinaryOperator.LOGICAL_OR;
      case ScriptLexer.LOGICAL_AND -> BinaryOperator.LOGICAL_AND;
      case ScriptLexer.OR -> BinaryOperator.OR;
      case ScriptLexer.EXCLUSIVE_OR -> BinaryOperator.EXCLUSIVE_OR;
      default -> BinaryOperator.AND;
    };
  }

  static BinaryOperator arithmetic(int type) {
    return switch (type) {
      case ScriptLexer.LESS -> BinaryOperator.LESS;
      case ScriptLexer.GREATER -> BinaryOperator.GREATER;
      case ScriptLexer.LESS_OR_EQUAL -> BinaryOperator.LESS_OR_EQUAL;
      case ScriptLexer.GREATER_OR_EQUAL -> BinaryOperator.GREATER_OR_EQUAL;
      case ScriptLexer.EQUAL -> BinaryOperator.EQUAL;
      case ScriptLexer.NOT_EQUAL -> BinaryOperator.NOT_EQUAL;
      case ScriptLexer.SHIFT_LEFT -> BinaryOperator.SHIFT_LEFT;
      case ScriptLexer.SHIFT_RIGHT -> BinaryOperator.SHIFT_RIGHT;
      case ScriptLexer.SHIFT_RIGHT_UNSIGNED -> BinaryOperator.SHIFT_RIGHT_UNSIGNED;
      case ScriptLexer.DOT -> BinaryOperator.CONCATENATE;
      case ScriptLexer.PLUS -> BinaryOperator.ADD;
      case ScriptLexer.MINUS -> BinaryOperator.SUBTRACT;
      case ScriptLexer.STAR -> BinaryOperator.MULTIPLY;
      case ScriptLexer.DIVIDE -> BinaryOperator.DIVIDE;
      default -> BinaryOperator.MODULO;
    };
  }

  static UnaryOperator unary(int type) {
    return switch (type) {
      case ScriptLexer.PREFIX_PLUS -> UnaryOperator.PLUS;
      case ScriptLexer.PREFIX_MINUS -> UnaryOperator.MINUS;
      case ScriptLexer.NOT -> UnaryOperator.NOT;
      default -> UnaryOperator.COMPLEMENT;
    };
  }

  static AssignmentOperator assignment(int type) {
    return switch (type) {
      case ScriptLexer.ASSIGN -> AssignmentOperator.ASSIGN;
      case ScriptLexer.AGGREGATE -> AssignmentOperator.AGGREGATE;
      case ScriptLexer.ADD_ASSIGN -> AssignmentOperator.ADD;
      case ScriptLexer.SUBTRACT_ASSIGN -> AssignmentOperator.SUBTRACT;
      case ScriptLexer.MULTIPLY_ASSIGN -> AssignmentOperator.MULTIPLY;
      case ScriptLexer.DIVIDE_ASSIGN -> AssignmentOperator.DIVIDE;
      case ScriptLexer.MODULO_ASSIGN -> AssignmentOperator.MODULO;
      case ScriptLexer.SHIFT_LEFT_ASSIGN -> AssignmentOperator.SHIFT_LEFT;
      case ScriptLexer.SHIFT_RIGHT_ASSIGN -> AssignmentOperator.SHIFT_RIGHT;
      case ScriptLexer.AND_ASSIGN -> AssignmentOperator.AND;
      case ScriptLexer.EXCLUSIVE_OR_ASSIGN -> AssignmentOperator.EXCLUSIVE_OR;
      case ScriptLexer.OR_ASSIGN -> AssignmentOperator.OR;
      default -> AssignmentOperator.CONCATENATE;
    };
  }
}
