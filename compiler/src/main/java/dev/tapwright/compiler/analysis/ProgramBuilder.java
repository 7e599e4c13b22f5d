package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.ProbeMatch;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.FunctionBody;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.ProbePoint;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Turns units without errors into an immutable {@link Program}. */
final class ProgramBuilder {
  private final IdentityHashMap<VariableCell, Variable.Global> globals = new IdentityHashMap<>();
  private final List<Variable.Global> globalList = new ArrayList<>();
  private final IdentityHashMap<FunctionUnit, Integer> functionIndexes = new IdentityHashMap<>();
  private final IdentityHashMap<Unit, Bindings> bindings = new IdentityHashMap<>();

  private final RegisterUse registers;

  private ProgramBuilder(RegisterUse registers) {
    this.registers = registers;
  }

  /**
   * @param order in which globals are listed
   */
  static Program build(
      Target target,
      Names names,
      Collection<FunctionUnit> reached,
      List<HandlerPlan> plans,
      IdentityHashMap<VariableCell, Integer> order) {
    List<FunctionUnit> functions = names.functions().stream().filter(reached::contains).toList();
    ProgramBuilder builder = new ProgramBuilder(RegisterUse.of(target, functions));
    List<Unit> units = new ArrayList<>(functions.stream().map(FunctionUnit::unit).toList());
    plans.stream().map(HandlerPlan::unit).distinct().forEach(units::add);
    Usage usage = Usage.of(units);
    names
        .globals()
        .filter(global -> usage.reads(global) || usage.writes(global))
        .sorted(Comparator.comparing(global -> order.getOrDefault(global, Integer.MAX_VALUE)))
        .forEach(builder::addGlobal);
    for (FunctionUnit function : functions) {
      builder.functionIndexes.put(function, builder.functionIndexes.size());
    }
    List<Function> builtFunctions =
        functions.stream()
            .map(function -> builder.function(function, names.isOwn(function.declaration().span())))
            .toList();
    List<DerivedProbe> probes =
        plans.stream().flatMap(plan -> builder.probes(plan).stream()).toList();
    return new Program(builder.globalList, builtFunctions, probes, names.places());
  }

  private void addGlobal(VariableCell cell) {
    var declaration = cell.globalDeclaration().orElseThrow();
    Variable.Global global =
        new Variable.Global(
            cell.name(),
            cell.mangledName(),
            cell.type().type(),
            cell.declaration(),
            globalList.size(),
            cell.indexes().stream().map(TypeCell::type).toList(),
            declaration
                .size()
                .map(size -> OptionalLong.of(size.value()))
                .orElseGet(OptionalLong::empty),
            declaration.wraps(),
            declaration.initialValue());
    globals.put(cell, global);
    globalList.add(global);
  }

  private Function function(FunctionUnit function, boolean isOwn) {
    Bindings bound = bindings(function.unit());
    return new Function(
        function.name(),
        function.mangledName(),
        function.declaration(),
        body(function),
        bound.locals().subList(0, function.arity()),
        function.result().type(),
        bound,
        function
            .nextOverload()
            .map(next -> OptionalInt.of(functionIndexes.getOrDefault(next, -1)))
            .filter(next -> next.getAsInt() >= 0)
            .orElseGet(OptionalInt::empty),
        isOwn);
  }

  private static FunctionBody body(FunctionUnit function) {
    List<Statement.Block> bodies = function.unit().bodies();
    return bodies.isEmpty() ? function.declaration().body() : bodies.getFirst();
  }

  private List<DerivedProbe> probes(HandlerPlan plan) {
    Bindings bound = bindings(plan.unit());
    List<ProbePoint> origins = new ArrayList<>(plan.aliasPoints());
    origins.add(plan.point());
    List<DerivedProbe> probes = new ArrayList<>();
    for (ProbeMatch found : plan.matches()) {
      ProbeMatch match = registers.place(found, plan.unit());
      probes.add(
          new DerivedProbe(
              match.attachPoint(),
              match.processes(),
              match.resolvedName(),
              match.comment(),
              origins,
              plan.aliases().stream().map(form -> form.declaration()).toList(),
              plan.declaration(),
              plan.unit().condition(),
              plan.unit().bodies(),
              bound));
    }
    return probes;
  }

  private Bindings bindings(Unit unit) {
    return bindings.computeIfAbsent(unit, this::bind);
  }

  private Bindings bind(Unit unit) {
    Usage usage = unit.usage();
    IdentityHashMap<VariableCell, Variable.Local> locals = new IdentityHashMap<>();
    List<Variable.Local> localList = new ArrayList<>();
    for (VariableCell cell : unit.locals().values()) {
      if (cell.kind() == VariableCell.Kind.PARAMETER || usage.reads(cell) || usage.writes(cell)) {
        Variable.Local local =
            new Variable.Local(
                cell.name(), cell.type().type(), cell.declaration(), localList.size());
        locals.put(cell, local);
        localList.add(local);
      }
    }
    IdentityHashMap<Node, Variable> variables = new IdentityHashMap<>();
    unit.variables()
        .forEach(
            (node, cell) ->
                Optional.<Variable>ofNullable(
                        cell.isGlobal() ? globals.get(cell) : locals.get(cell))
                    .ifPresent(variable -> variables.put(node, variable)));
    IdentityHashMap<Expression.FunctionCall, Callee> callees = new IdentityHashMap<>();
    unit.calls()
        .forEach(
            (call, target) -> {
              switch (target) {
                case CallTarget.Script(FunctionUnit function) -> {
                  Integer index = functionIndexes.get(function);
                  if (index != null) {
                    callees.put(call, new Callee.ScriptFunction(index));
                  }
                }
                case CallTarget.Provided(var intrinsic) ->
                    callees.put(call, new Callee.Provided(intrinsic));
              }
            });
    return new Bindings(localList, unit.types(), variables, callees, unit.accesses());
  }
}
