package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.LoweredValue.LiteralText;
import dev.tapwright.compiler.bpf.LoweredValue.Text;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Frame;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Expression;
import java.util.List;
import java.util.Optional;

/** Comparisons of strings: eight bytes at a time where both are short, else in a loop. */
final class TextComparison {
  private final HandlerLowering handler;
  private final CodeBuilder code;

  TextComparison(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /** Goes to one block where the comparison holds, else to the other. */
  void branch(Expression.Binary binary, int ifTrue, int ifFalse) {
    BinaryOperator operator = binary.operator();
    boolean isEquality = operator == BinaryOperator.EQUAL || operator == BinaryOperator.NOT_EQUAL;
    Restriction restriction = isEquality ? Restriction.STRING_COMPARISON : Restriction.STRING_ORDER;
    if (restriction.isBeyond(handler.tables.profile())) {
      handler.report(restriction, binary.span());
      code.jump(ifFalse);
      return;
    }
    Text left =
        handler.texts.kept(
            handler.texts.text(binary.left(), Optional.empty()), List.of(binary.right()));
    Text right = handler.texts.text(binary.right(), Optional.empty());
    code.at(binary.span());
    if (!isEquality || !(isByWords(left) && isByWords(right))) {
      handler.textFunctions.compare(left, right, Conditions.comparison(operator), ifTrue, ifFalse);
      return;
    }
    int equal = operator == BinaryOperator.EQUAL ? ifTrue : ifFalse;
    int different = operator == BinaryOperator.EQUAL ? ifFalse : ifTrue;
    int leftWords = Frame.roundedUp(left.capacity()) / 8;
    int rightWords = Frame.roundedUp(right.capacity()) / 8;
    for (int i = 0; i < wordsToCompare(left, leftWords, right, rightWords); i++) {
      Operand leftWord = i < leftWords ? handler.texts.word(left, i) : new Constant(0);
      Operand rightWord = i < rightWords ? handler.texts.word(right, i) : new Constant(0);
      int next = code.newBlock();
      code.branch(Comparison.EQUAL, leftWord, rightWord, next, different);
      code.start(next);
    }
    code.jump(equal);
  }

  /** What is behind the NUL that a literal ends with is NUL in a string that begins like it. */
  private static int wordsToCompare(Text left, int leftWords, Text right, int rightWords) {
    if (left instanceof LiteralText) {
      return leftWords;
    }
    return right instanceof LiteralText ? rightWords : Math.max(leftWords, rightWords);
  }

  private static boolean isByWords(Text text) {
    return text instanceof LiteralText || Texts.isPadded(text.capacity());
  }
}
