package dev.tapwright.compiler.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Infers the types of functions and handlers until nothing more can be learnt of any, and then
 * reports. A unit is looked at again when a type that it depends on has been learnt elsewhere.
 */
final class TypeFixpoint {
  private record Item(Unit unit, Optional<FunctionUnit> function) {}

  private final List<Item> items = new ArrayList<>();
  private final Map<TypeCell, List<Integer>> dependents = new HashMap<>();
  private final BitSet pending = new BitSet();
  private final BitSet open = new BitSet();

  private TypeFixpoint() {}

  /**
   * Infers types in the order that is given, which decides what is called the first use of a
   * variable. A cell learns a type once, so that this ends.
   *
   * @param unplaced handlers of which nothing is reported
   */
  static void infer(
      Collection<FunctionUnit> functions,
      Collection<Unit> handlers,
      Collection<Unit> unplaced,
      Reports reports) {
    TypeFixpoint fixpoint = new TypeFixpoint();
    functions.forEach(function -> fixpoint.add(new Item(function.unit(), Optional.of(function))));
    handlers.forEach(handler -> fixpoint.add(new Item(handler, Optional.empty())));
    int reported = fixpoint.items.size();
    unplaced.forEach(handler -> fixpoint.add(new Item(handler, Optional.empty())));
    fixpoint.settle();
    unplaced.forEach(unit -> unit.variables().values().forEach(VariableCell::silenceUntyped));
    fixpoint.open.clear(reported, fixpoint.items.size());
    fixpoint.open.stream().forEach(index -> fixpoint.pass(index, Optional.of(reports)));
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
      TypeKnowledge knowledge = pass(index, Optional.empty());
      open.set(index, knowledge.isOpen());
      for (TypeCell cell : knowledge.learnt()) {
        dependents.getOrDefault(cell, List.of()).forEach(pending::set);
      }
      // It may have learnt what it did not know where it was first asked.
      if (knowledge.isOpen() && !knowledge.learnt().isEmpty()) {
        pending.set(index);
      }
      int next = pending.nextSetBit(index + 1);
      index = next < 0 ? pending.nextSetBit(0) : next;
    }
  }

  private TypeKnowledge pass(int index, Optional<Reports> reports) {
    Item item = items.get(index);
    return TypeInference.pass(item.unit(), item.function(), reports);
  }
}
