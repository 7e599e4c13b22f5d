package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Identifier;
import dev.tapwright.syntax.tree.LoopVariable;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which variables some units read and write, which globals they name, and which functions they
 * call. Of one unit it is had from {@link Unit#usage}.
 */
final class Usage {
  private final Map<VariableCell, Integer> reads = new HashMap<>();
  private final Set<VariableCell> written = new HashSet<>();
  private final Set<VariableCell> globals = new LinkedHashSet<>();
  private final Set<FunctionUnit> called = new LinkedHashSet<>();

  private int callDepth;

  private Usage() {}

  /** What one unit does, whose names have been resolved. */
  static Usage in(Unit unit) {
    Usage usage = new Usage();
    unit.bodies().forEach(body -> usage.visit(unit, body));
    unit.condition().ifPresent(condition -> usage.visit(unit, condition));
    return usage;
  }

  /** What a part of a unit does. */
  static Usage in(Unit unit, Node part) {
    Usage usage = new Usage();
    usage.visit(unit, part);
    return usage;
  }

  /** What some units do together. */
  static Usage of(Collection<Unit> units) {
    Usage all = new Usage();
    for (Unit unit : units) {
      Usage usage = unit.usage();
      usage.reads.forEach((cell, count) -> all.reads.merge(cell, count, Integer::sum));
      all.written.addAll(usage.written);
      all.globals.addAll(usage.globals);
      all.called.addAll(usage.called);
    }
    return all;
  }

  private void visit(Unit unit, Node node) {
    switch (node) {
      case Expression.Symbol symbol -> {
        VariableCell cell = unit.variables().get(symbol);
        if (cell != null) {
          reads.merge(cell, 1, Integer::sum);
          name(unit, symbol);
        }
        return;
      }
      case Identifier identifier -> {
        name(unit, identifier);
        return;
      }
      case Expression.Assignment assignment -> {
        write(unit, assignment.target());
        if (assignment.operator().operation().isEmpty()
            && assignment.target() instanceof Expression.Symbol target) {
          name(unit, target);
          visit(unit, assignment.value());
          return;
        }
      }
      case Expression.Step step -> write(unit, step.operand());
      case Expression.FunctionCall call -> {
        if (unit.calls().get(call) instanceof CallTarget.Script(FunctionUnit function)) {
          called.add(function);
          if (callDepth > 0) {
            // SystemTap looks for a next only in what is called outside of arguments.
            called.addAll(function.overloads());
          }
        }
        callDepth++;
        call.arguments().forEach(argument -> visit(unit, argument));
        callDepth--;
        return;
      }
      case LoopVariable variable -> write(unit, variable.name());
      case Statement.Try attempt -> attempt.message().ifPresent(message -> write(unit, message));
      case Statement.Delete delete -> write(unit, delete.target());
      // SystemTap looks up indexes before their array.
      case Expression.ArrayElement element -> {
        element.indexes().forEach(index -> visit(unit, index));
        visit(unit, element.array());
        return;
      }
      case Statement.Foreach loop -> {
        loop.value().ifPresent(value -> visit(unit, value));
        loop.keys().forEach(key -> visit(unit, key));
        loop.slice().forEach(index -> visit(unit, index));
        visit(unit, loop.array());
        loop.limit().ifPresent(limit -> visit(unit, limit));
        visit(unit, loop.body());
        return;
      }
      case Expression.Membership membership -> {
        membership.indexes().forEach(index -> visit(unit, index));
        visit(unit, membership.array());
        return;
      }
      default -> {}
    }
    Children.forEach(node, child -> visit(unit, child));
  }

  private void write(Unit unit, Node target) {
    Node name = target instanceof Expression.ArrayElement element ? element.array() : target;
    VariableCell cell = unit.variables().get(name);
    if (cell != null) {
      written.add(cell);
    }
  }

  private void name(Unit unit, Node name) {
    VariableCell cell = unit.variables().get(name);
    if (cell != null && cell.isGlobal()) {
      globals.add(cell);
    }
  }

  boolean reads(VariableCell cell) {
    return reads.containsKey(cell);
  }

  /** Variables that are read, and in how many places. */
  Map<VariableCell, Integer> reads() {
    return Collections.unmodifiableMap(reads);
  }

  boolean writes(VariableCell cell) {
    return written.contains(cell);
  }

  /** Variables that are written. */
  Set<VariableCell> written() {
    return Collections.unmodifiableSet(written);
  }

  /** The globals that are named, in the order in which they are looked up. */
  Set<VariableCell> globals() {
    return Collections.unmodifiableSet(globals);
  }

  /** Functions of the script that are called, in the order of the text. */
  Set<FunctionUnit> called() {
    return Collections.unmodifiableSet(called);
  }
}
