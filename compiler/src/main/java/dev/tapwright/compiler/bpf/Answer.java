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
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What a handler answers the kernel that asks it: {@code $return} at a security hook, {@code
 * $verdict} at a hook of the packet filter. A handler that is ended by a fault gives the plain
 * answer. The verifier wants to see that no other answers are given than the kernel follows, at
 * security hooks from Linux 6.12 on.
 */
final class Answer {
  /** What the kernel follows. */
  private enum Sort {
    /** 0, or the number of an error, negative; {@code MAX_ERRNO} is the last. */
    PERMISSION(0, -4095, 0, "invalid return value of a security hook", "identifier '$return'"),
    /** {@code NF_DROP}, {@code NF_ACCEPT}. */
    VERDICT(1, 0, 1, "BPF can only drop (0) or accept (1) a packet", "identifier '$verdict'");

    final int plain;
    final long least;
    final long most;
    final String otherwise;
    final String token;

    Sort(int plain, long least, long most, String otherwise, String token) {
      this.plain = plain;
      this.least = least;
      this.most = most;
      this.otherwise = otherwise;
      this.token = token;
    }

    static Optional<Sort> of(AttachPoint attachPoint) {
      return switch (attachPoint) {
        case AttachPoint.SecurityHook _ -> Optional.of(PERMISSION);
        case AttachPoint.PacketHook _ -> Optional.of(VERDICT);
        default -> Optional.empty();
      };
    }
  }

  private static final Constant ZERO = new Constant(0);

  private final HandlerLowering handler;
  private final CodeBuilder code;
  private final Optional<Sort> sort;
  private final Optional<Virtual> given;

  Answer(HandlerLowering handler, DerivedProbe probe) {
    this.handler = handler;
    this.code = handler.code;
    sort = Sort.of(probe.attachPoint());
    given = sort.isPresent() && isGiven(probe) ? Optional.of(code.fresh()) : Optional.empty();
  }

  /** What the kernel is answered where the handler says nothing. */
  static int plain(AttachPoint attachPoint) {
    return Sort.of(attachPoint).map(sort -> sort.plain).orElse(0);
  }

  /** Whether a handler answers anything. */
  private static boolean isGiven(DerivedProbe probe) {
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
    // A function that goes through a loop's turns has no result for the kernel.
    if (given.isPresent() || sort.filter(asked -> asked.plain != 0).isPresent()) {
      handler.keepWhole();
    }
    given.ifPresent(answer -> code.copy(answer, plainAnswer()));
  }

  /** What has been assigned last. */
  Operand value() {
    return given.<Operand>map(answer -> answer).orElseGet(this::plainAnswer);
  }

  private Constant plainAnswer() {
    return new Constant(sort.map(asked -> asked.plain).orElse(0));
  }

  /** Where it is kept, in a handler that assigns to it. */
  Virtual register() {
    return given.orElseThrow();
  }

  /**
   * Behind an assignment: a number that is no answer is a fault, and taken back.
   *
   * @param value what has been assigned
   */
  void check(Operand value, Span place) {
    Sort asked = sort.orElseThrow();
    if (value instanceof Constant(long number)) {
      if (number < asked.least || number > asked.most) {
        handler.tables.report(
            Diagnostic.error(KernelDiagnostics.NOT_SUPPORTED, place, asked.otherwise));
      }
      return;
    }
    int wrong = code.newRareBlock();
    int low = code.newBlock();
    int good = code.newBlock();
    code.branch(Comparison.GREATER, register(), new Constant(asked.most), wrong, low);
    code.start(low);
    code.branch(Comparison.LESS, register(), new Constant(asked.least), wrong, good);
    handler.inBlock(
        wrong,
        () -> {
          code.copy(register(), plainAnswer());
          code.jump(handler.faults.block(asked.otherwise, asked.token, place));
        });
    code.start(good);
  }

  /** Ends the handler. */
  void end() {
    if (given.isEmpty()) {
      code.end();
      return;
    }
    code.end(
        switch (sort.orElseThrow()) {
          case PERMISSION -> {
            // All bits of the last error are ones.
            Constant mask = new Constant(-Sort.PERMISSION.least);
            Operand error = code.compute(Operation.SUBTRACT, ZERO, given.get());
            yield code.compute(Operation.SUBTRACT, ZERO, code.compute(Operation.AND, error, mask));
          }
          case VERDICT -> code.compute(Operation.AND, given.get(), new Constant(Sort.VERDICT.most));
        });
  }
}
