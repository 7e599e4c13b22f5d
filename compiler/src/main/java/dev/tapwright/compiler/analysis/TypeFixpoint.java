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
  private final BitSet mismatched = new BitSet();
  private final BitSet complaining = new BitSet();
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

  /** Whether two types, or a format and its values, disagree. */
  boolean hasMismatch() {
    int first = mismatched.nextSetBit(0);
    return first >= 0 && first < reported;
  }

  /** Reports what disagrees, then what has no type. */
  void report() {
    for (Item unplaced : items.subList(reported, items.size())) {
      unplaced.unit().variables().values().forEach(VariableCell::silenceUntyped);
    }
    if (hasMismatch()) {
      complain(Phase.MISMATCHES);
    }
    reports.beginUntyped();
    complain(Phase.UNRESOLVED);
  }

  private void complain(Phase phase) {
    complaining.stream().takeWhile(index -> index < reported).forEach(index -> pass(index, phase));
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
      // The last pass over each learns nothing, and sees what the phases that report see.
      TypeKnowledge knowledge = pass(index, Phase.LEARNING);
      mismatched.set(index, knowledge.hasMismatch());
      complaining.set(index, knowledge.hasComplaints());
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
