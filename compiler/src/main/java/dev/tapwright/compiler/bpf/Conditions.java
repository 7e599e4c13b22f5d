package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.UnaryOperator;

/** Expressions as conditions of branches: {@code && || !} and comparisons need no value. */
final class Conditions {
  private final HandlerLowering handler;
  private final CodeBuilder code;

  Conditions(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /** Goes to one block where the condition is not 0, else to the other. */
  void branch(Expression condition, int ifTrue, int ifFalse) {
    if (!handler.nested(condition.span(), () -> lower(condition, ifTrue, ifFalse))) {
      code.jump(ifFalse);
    }
  }

  private void lower(Expression condition, int ifTrue, int ifFalse) {
    switch (condition) {
      case Expression.Unary(var _, UnaryOperator operator, Expression operand)
          when operator == UnaryOperator.NOT ->
          branch(operand, ifFalse, ifTrue);
      case Expression.Binary binary when binary.operator() == BinaryOperator.LOGICAL_AND -> {
        int both = code.newBlock();
        branch(binary.left(), both, ifFalse);
        code.start(both);
        branch(binary.right(), ifTrue, ifFalse);
      }
      case Expression.Binary binary when binary.operator() == BinaryOperator.LOGICAL_OR -> {
        int second = code.newBlock();
        branch(binary.left(), ifTrue, second);
        code.start(second);
        branch(binary.right(), ifTrue, ifFalse);
      }
      case Expression.Binary binary when binary.operator().isComparison() ->
          comparison(binary, ifTrue, ifFalse);
      case Expression.RegexMatch match -> handler.regexMatching.branch(match, ifTrue, ifFalse);
      case Expression.Membership membership -> handler.arrays.contains(membership, ifTrue, ifFalse);
      default -> {
        Operand value = handler.numbers.number(condition);
        code.at(condition.span());
        handler.branchNotZero(value, ifTrue, ifFalse);
      }
    }
  }

  private void comparison(Expression.Binary binary, int ifTrue, int ifFalse) {
    if (handler.bindings().typeOf(binary.left()) == Type.STRING) {
      new TextComparison(handler).branch(binary, ifTrue, ifFalse);
      return;
    }
    Operand left = handler.numbers.number(binary.left());
    Operand right = handler.numbers.number(binary.right());
    code.at(binary.span());
    code.branch(comparison(binary.operator()), left, right, ifTrue, ifFalse);
  }

  /** The comparison of an operator. */
  static Comparison comparison(BinaryOperator operator) {
    return switch (operator) {
      case LESS -> Comparison.LESS;
      case GREATER -> Comparison.GREATER;
      case LESS_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
      case GREATER_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
      case EQUAL -> Comparison.EQUAL;
      case NOT_EQUAL -> Comparison.NOT_EQUAL;
      default -> throw new IllegalArgumentException("not a comparison: " + operator);
    };
  }
}
