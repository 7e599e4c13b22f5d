package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Statement;
import dev.tapwright.syntax.tree.UnaryOperator;
import java.util.List;
import java.util.Optional;

/**
 * Looks whether the session still goes on: from {@code exit()} or an error on no handler begins to
 * do anything. Behind a condition that only looks, so that an event that is filtered out costs
 * nothing more.
 */
final class EndingCheck {
  private final HandlerLowering handler;
  private final CodeBuilder code;

  /** The only statement, if it is one whose condition only looks. */
  private Optional<Statement.If> filter = Optional.empty();

  private Optional<Check> check = Optional.empty();

  /** A block that is written once it is known whether there is anything to look at. */
  private record Check(int block, int running) {}

  EndingCheck(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /** Before bodies are lowered. */
  void before(List<Statement.Block> bodies) {
    filter =
        bodies.size() == 1
                && bodies.getFirst().statements().size() == 1
                && bodies.getFirst().statements().getFirst() instanceof Statement.If only
                && only.otherwise().isEmpty()
                && onlyLooks(only.condition())
            ? Optional.of(only)
            : Optional.empty();
  }

  /** Where the condition of a statement holds. */
  @SuppressWarnings("ReferenceEquality") // the very statement
  void behind(Statement.If branch) {
    if (check.isEmpty() && filter.filter(only -> only == branch).isPresent()) {
      Check here = new Check(code.newBlock(), code.newBlock());
      check = Optional.of(here);
      code.jump(here.block());
      code.start(here.running());
    }
  }

  private boolean onlyLooks(Expression condition) {
    return switch (condition) {
      case Expression.Binary binary when isCondition(binary.operator()) ->
          onlyLooks(binary.left()) && onlyLooks(binary.right());
      case Expression.Unary(var _, UnaryOperator operator, Expression operand)
          when operator == UnaryOperator.NOT ->
          onlyLooks(operand);
      default -> new PlainValues(handler.bindings()).isPlain(condition);
    };
  }

  private static boolean isCondition(BinaryOperator operator) {
    return operator.isComparison()
        || operator == BinaryOperator.LOGICAL_AND
        || operator == BinaryOperator.LOGICAL_OR;
  }

  /** Once the handler is lowered, and with it all that may end the session. */
  void finish() {
    check.ifPresent(
        here -> {
          int leave = code.newRareBlock();
          handler.inBlock(leave, code::end);
          handler.inBlock(
              here.block(),
              () -> {
                if (handler.tables.mayEnd()) {
                  write(code, handler.data.session(SessionLayout.STATE), leave);
                }
                code.jump(here.running());
              });
        });
  }

  /** Whether the handler begins with the check; known once it is lowered. */
  boolean isAtEntry() {
    return check.isEmpty() && handler.tables.mayEnd();
  }

  /** Writes it, here; code goes on where the session does. */
  static void write(CodeBuilder code, Address.Behind state, int leave) {
    int running = code.newBlock();
    Operand now = code.load(Size.DOUBLE, state);
    code.branch(Comparison.NOT_EQUAL, now, new Constant(0), leave, running);
    code.start(running);
  }
}
