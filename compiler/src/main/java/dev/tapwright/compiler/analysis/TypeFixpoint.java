package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.analysis.TypeKnowledge.Phase;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Infers the types of functions and handlers until nothing more can be learnt of any, and then
 * reports. A unit is looked at again when it has learnt something, or a type that it depends on has
 * been learnt elsewhere.
 */
final class TypeFixpoint {
  private record Item(Unit unit, Optional<FunctionUnit> function) {}

  private final List<Item> items = new ArrayList<>();
  private final Map<TypeCell, List<Integer>> dependents = new HashMap<>();
  private final BitSet pending = new BitSet();
  private final Reports reports;
  private int reported;

  private TypeFixpoint(Reports reports) {
    this.reports = reports;
  }

  /**
   * Learns types in the order that is given, which decides what is called the first use of a
   * variable. Everything learns a type once, so that this ends.
   *
   * @param unplaced handlers of which nothing is reported
   */
  static TypeFixpoint learnt(
      Collection<FunctionUnit> functions,
      Collection<Unit> handlers,
      Collection<Unit> unplaced,
      Reports reports) {
    TypeFixpoint fixpoint = new TypeFixpoint(reports);
    functions.forEach(function -> fixpoint.add(new Item(function.unit(), Optional.of(function))));
    handlers.forEach(handler -> fixpoint.add(new Item(handler, Optional.empty())));
    fixpoint.reported = fixpoint.items.size();
    unplaced.forEach(handler -> fixpoint.add(new Item(handler, Optional.empty())));
    fixpoint.settle();
    return fixpoint;
  }

  /** Whether two types disagree. */
  boolean hasMismatch() {
    boolean hasMismatch = false;
    for (int i = 0; i < reported; i++) {
      hasMismatch |= pass(i, Phase.COUNTING).hasMismatch();
    }
    return hasMismatch;
  }

  /** Reports what disagrees, then what has no type. */
  void report() {
    for (Item unplaced : items.subList(reported, items.size())) {
      unplaced.unit().variables().values().forEach(VariableCell::silenceUntyped);
    }
    if (hasMismatch()) {
      for (int i = 0; i < reported; i++) {
        pass(i, Phase.MISMATCHES);
      }
    }
    reports.beginUntyped();
    for (int i = 0; i < reported; i++) {
      pass(i, Phase.UNRESOLVED);
    }
  }

  private void add(Item item) {
    int index = items.size();
    items.add(item);
    pending.set(index);
    Usage usage = item.unit().usage();
    usage.globals().forEach(cell -> depend(index, cell));
    usage.called().forEach(called -> depend(index, called));
    item.function().ifPresent(function -> depend(index, function));
    item.function().flatMap(FunctionUnit::nextOverload).ifPresent(next -> depend(index, next));
  }

  private void depend(int index, FunctionUnit function) {
    function.parameters().forEach(parameter -> depend(index, parameter));
    depend(index, function.result());
  }

  private void depend(int index, VariableCell variable) {
    depend(index, variable.type());
    variable.indexes().forEach(cell -> depend(index, cell));
  }

  private void depend(int index, TypeCell cell) {
    dependents.computeIfAbsent(cell, key -> new ArrayList<>(2)).add(index);
  }

  private void settle() {
    int index = pending.nextSetBit(0);
    while (index >= 0) {
      pending.clear(index);
      TypeKnowledge knowledge = pass(index, Phase.LEARNING);
      for (TypeCell cell : knowledge.learnt()) {
        dependents.getOrDefault(cell, List.of()).forEach(pending::set);
      }
      if (knowledge.hasLearnt()) {
        pending.set(index);
      }
      int next = pending.nextSetBit(index + 1);
      index = next < 0 ? pending.nextSetBit(0) : next;
    }
  }

  private TypeKnowledge pass(int index, Phase phase) {
    Item item = items.get(index);
    return TypeInference.pass(item.unit(), item.function(), phase, reports);
  }
}
