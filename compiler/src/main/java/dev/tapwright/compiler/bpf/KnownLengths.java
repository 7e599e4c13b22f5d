package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.Scope.Place;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lengths of string variables that the kernel told as it read the string: {@code strlen()} need not
 * count. Only behind an assignment in the same block, if nothing else in the block changes the
 * variable.
 */
final class KnownLengths {
  /** A string that the kernel has read, and its bytes with the NUL. */
  private record Read(MemoryText place, Operand bytes) {}

  private final HandlerLowering handler;

  /** By the place of a variable: no two that are alive at a time have the same. */
  private Map<Place, Operand> known = new HashMap<>();

  private Optional<Read> last = Optional.empty();

  KnownLengths(HandlerLowering handler) {
    this.handler = handler;
  }

  /** The kernel has read a string. */
  void read(MemoryText place, Operand bytes) {
    last = Optional.of(new Read(place, bytes));
  }

  /** Lowers the statements of a block, and forgets behind it what holds in it. */
  void block(Statement.Block block) {
    Map<Place, Operand> outer = known;
    known = new HashMap<>(outer);
    Optional<VariableChanges> changes = Optional.empty();
    for (Statement statement : block.statements()) {
      last = Optional.empty();
      handler.statements.statement(statement);
      if (statement instanceof Statement.Evaluation(var _, Expression.Assignment assignment)
          && isRead(assignment.value())
          && handler.bindings().variableOf(assignment.target()).orElse(null)
              instanceof Variable.Local local
          && handler.scope().place(local) instanceof Place.OnStack place
          // What is read elsewhere, or cut as it is copied, says nothing of the variable.
          && last.filter(read -> read.place().equals(place.text())).isPresent()) {
        changes =
            changes.or(
                () -> Optional.of(VariableChanges.in(block.statements(), handler.bindings())));
        if (changes.get().of(local) == 1) {
          Operand bytes = last.get().bytes();
          known.put(place, handler.code.compute(Operation.SUBTRACT, bytes, new Constant(1)));
        }
      }
    }
    known = outer;
  }

  private boolean isRead(Expression value) {
    return value instanceof Expression.FunctionCall
        || handler.bindings().accessOf(value).isPresent();
  }

  /** What a call gives, if it asks for a length that is known. */
  Optional<LoweredValue> of(Expression.FunctionCall call) {
    Node argument = call.arguments().isEmpty() ? call : call.arguments().getFirst();
    return InvariantLengths.isLengthOfLocal(call, handler.bindings())
            && handler.bindings().variableOf(argument).orElse(null) instanceof Variable.Local local
        ? Optional.ofNullable(known.get(handler.scope().place(local))).map(LoweredValue.Number::new)
        : Optional.empty();
  }
}
