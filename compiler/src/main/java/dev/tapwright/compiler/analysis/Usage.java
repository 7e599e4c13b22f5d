package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.AssignmentOperator;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.LoopVariable;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which variables some units read and write, which functions they call, and whether they do
 * anything beside that.
 */
final class Usage {
  private final Set<VariableCell> read = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<VariableCell> written = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<FunctionUnit> called = new LinkedHashSet<>();

  /** Adds what a unit does. */
  void add(Unit unit) {
    Deque<Node> pending = new ArrayDeque<>(unit.bodies());
    unit.condition().ifPresent(pending::add);
    while (!pending.isEmpty()) {
      visit(unit, pending.pop(), pending);
    }
  }

  /** Adds what other units do. */
  void add(Usage other) {
    read.addAll(other.read);
    written.addAll(other.written);
    called.addAll(other.called);
  }

  private void visit(Unit unit, Node node, Deque<Node> pending) {
    switch (node) {
      case Expression.Assignment assignment -> {
        if (assignment.operator() == AssignmentOperator.ASSIGN
            && assignment.target() instanceof Expression.Symbol target) {
          write(unit, target);
          pending.push(assignment.value());
          return;
        }
        writeTarget(unit, assignment.target());
      }
      case Expression.Step step -> writeTarget(unit, step.operand());
      case Expression.Symbol symbol -> {
        VariableCell cell = unit.variables().get(symbol);
        if (cell != null) {
          read.add(cell);
        }
      }
      case Expression.FunctionCall call -> {
        if (unit.calls().get(call) instanceof CallTarget.Script(FunctionUnit function)) {
          called.add(function);
        }
      }
      case LoopVariable variable -> write(unit, variable.name());
      case Statement.Try attempt -> attempt.message().ifPresent(message -> write(unit, message));
      case Statement.Delete delete -> writeTarget(unit, delete.target());
      default -> {}
    }
    for (Node child : Children.of(node)) {
      pending.push(child);
    }
  }

  private void writeTarget(Unit unit, Expression target) {
    switch (target) {
      case Expression.Symbol symbol -> write(unit, symbol);
      case Expression.ArrayElement element -> write(unit, element.array());
      default -> {}
    }
  }

  private void write(Unit unit, Node name) {
    VariableCell cell = unit.variables().get(name);
    if (cell != null) {
      written.add(cell);
    }
  }

  boolean reads(VariableCell cell) {
    return read.contains(cell);
  }

  boolean writes(VariableCell cell) {
    return written.contains(cell);
  }

  /** Variables that are written. */
  Set<VariableCell> written() {
    return written;
  }

  /** Functions of the script that are called, in the order of discovery. */
  Set<FunctionUnit> called() {
    return called;
  }
}
