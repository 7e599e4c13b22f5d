package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayList;
import java.util.List;

/** Rewrites the bodies of a unit; calls that are copied go on calling what they called. */
abstract class UnitRewriter extends TreeRewriter {
  final Unit unit;

  UnitRewriter(Unit unit) {
    this.unit = unit;
  }

  /** Rewrites all bodies; whether that changed any. */
  @SuppressWarnings("ReferenceEquality") // identity tells whether something was rewritten
  final boolean rewrite() {
    List<Statement.Block> rewritten = new ArrayList<>();
    boolean hasChanged = false;
    for (Statement.Block body : unit.bodies()) {
      Statement.Block result = body(body);
      hasChanged |= result != body;
      rewritten.add(result);
    }
    if (hasChanged) {
      unit.setBodies(rewritten);
    }
    return hasChanged;
  }

  /** Rewrites a body, which stays a block. */
  Statement.Block body(Statement.Block body) {
    return block(body);
  }

  @Override
  final void copied(Expression.FunctionCall from, Expression.FunctionCall to) {
    CallTarget target = unit.calls().get(from);
    if (target != null) {
      unit.calls().put(to, target);
    }
  }
}
