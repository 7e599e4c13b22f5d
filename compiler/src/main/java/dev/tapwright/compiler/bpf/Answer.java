package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Bindings;
import dev.tapwright.compiler.analysis.ContextAccess;
import dev.tapwright.compiler.analysis.DerivedProbe;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What a handler answers the kernel that asks its security modules, {@code $return}: 0, or the
 * number of an error, negative. A handler that is ended by a fault answers 0. From Linux 6.12 on
 * the verifier wants to see that it is nothing else.
 */
final class Answer {
  private static final Constant ZERO = new Constant(0);

  /** {@code MAX_ERRNO} of {@code include/linux/err.h}; all of its bits are ones. */
  private static final long LAST_ERROR = 4095;

  private final HandlerLowering handler;
  private final CodeBuilder code;
  private final Optional<Virtual> given;

  Answer(HandlerLowering handler, DerivedProbe probe) {
    this.handler = handler;
    this.code = handler.code;
    given = isGiven(probe) ? Optional.of(code.fresh()) : Optional.empty();
  }

  /** Whether a handler answers anything. */
  static boolean isGiven(DerivedProbe probe) {
    if (!(probe.attachPoint() instanceof AttachPoint.SecurityHook)) {
      return false;
    }
    Deque<Node> pending = new ArrayDeque<>(probe.bodies());
    while (!pending.isEmpty()) {
      Node node = pending.pop();
      boolean isAnswer =
          switch (node) {
            case Expression.Assignment assignment ->
                isAnswer(assignment.target(), probe.bindings());
            case Expression.Step step -> isAnswer(step.operand(), probe.bindings());
            default -> false;
          };
      if (isAnswer) {
        return true;
      }
      Children.of(node).forEach(pending::push);
    }
    return false;
  }

  /** Whether an expression is the answer. */
  static boolean isAnswer(Expression expression, Bindings bindings) {
    return bindings.accessOf(expression).filter(ContextAccess::isAnswer).isPresent();
  }

  /** At the start of the handler. */
  void begin() {
    given.ifPresent(
        answer -> {
          handler.keepWhole();
          code.copy(answer, ZERO);
        });
  }

  /** What has been assigned last. */
  Operand value() {
    return given.<Operand>map(answer -> answer).orElse(ZERO);
  }

  /** Where it is kept, in a handler that assigns to it. */
  Virtual register() {
    return given.orElseThrow();
  }

  /** Behind an assignment: a number that is no answer is a fault, and taken back. */
  void check(Span place) {
    int wrong = code.newRareBlock();
    int low = code.newBlock();
    int good = code.newBlock();
    code.branch(Comparison.GREATER, register(), ZERO, wrong, low);
    code.start(low);
    code.branch(Comparison.LESS, register(), new Constant(-LAST_ERROR), wrong, good);
    handler.inBlock(
        wrong,
        () -> {
          code.copy(register(), ZERO);
          code.jump(
              handler.faults.block(
                  "invalid return value of a security hook", "identifier '$return'", place));
        });
    code.start(good);
  }

  /** Ends the handler. */
  void end() {
    if (given.isEmpty()) {
      code.end();
      return;
    }
    Operand error = code.compute(Operation.SUBTRACT, ZERO, given.get());
    Operand inRange = code.compute(Operation.AND, error, new Constant(LAST_ERROR));
    code.end(code.compute(Operation.SUBTRACT, ZERO, inRange));
  }
}
