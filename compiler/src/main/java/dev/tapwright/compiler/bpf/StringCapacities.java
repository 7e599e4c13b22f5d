package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Bindings;
import dev.tapwright.compiler.analysis.Callee;
import dev.tapwright.compiler.analysis.ContextAccess;
import dev.tapwright.compiler.analysis.DerivedProbe;
import dev.tapwright.compiler.analysis.Function;
import dev.tapwright.compiler.analysis.Program;
import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.assembler.Assembly;
import dev.tapwright.compiler.assembler.AssemblyReader;
import dev.tapwright.compiler.machine.ByteStrings;
import dev.tapwright.compiler.probe.Placement;
import dev.tapwright.syntax.tree.AssignmentOperator;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.EmbeddedCode;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.IndexElement;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntSupplier;

/**
 * How many bytes each string of a program may need, with its NUL: inferred from all that is ever
 * stored, in the kernel and in user space, so that buffers and keys are as small as the values can
 * be.
 */
final class StringCapacities {
  /** The longest message of a fault that {@code error()} does not raise, with its NUL. */
  private static final int FAULT_MESSAGE = 64;

  /** How often what is stored may grow before it is taken to have no bound. */
  private static final int PATIENCE = 4;

  /** Something that holds strings. */
  private sealed interface Holder {
    record Local(Bindings owner, int index) implements Holder {}

    record GlobalValue(int global) implements Holder {}

    record KeyPart(int global, int part) implements Holder {}

    record Result(int function) implements Holder {}

    record FaultMessage() implements Holder {}
  }

  /** A place in the program where something is stored in a holder. */
  private static final class Store {
    private final Holder holder;
    private final IntSupplier capacity;
    private boolean isPending = true;
    private boolean isEvaluated;
    private int raises;

    Store(Holder holder, IntSupplier capacity) {
      this.holder = holder;
      this.capacity = capacity;
    }
  }

  private final Program program;
  private final int most;
  private final Map<Holder, Integer> capacities = new HashMap<>();
  private final Deque<Store> pending = new ArrayDeque<>();

  /** The stores whose capacity depends on that of a holder. */
  private final Map<Holder, List<Store>> readers = new HashMap<>();

  /** The store that is looked at for the first time: what it reads is noted. */
  private Optional<Store> reading = Optional.empty();

  /** Infers them. */
  StringCapacities(Program program, int most) {
    this.program = program;
    this.most = most;
    capacities.put(new Holder.FaultMessage(), FAULT_MESSAGE);
    for (Variable.Global global : program.globals()) {
      global
          .initialValue()
          .ifPresent(
              value -> {
                if (value instanceof Expression.StringLiteral literal) {
                  int capacity = literal(literal);
                  raise(new Holder.GlobalValue(global.index()), () -> capacity);
                }
              });
    }
    for (DerivedProbe probe : program.probes()) {
      boolean isKernel = probe.attachPoint().placement() == Placement.KERNEL;
      probe
          .condition()
          .ifPresent(condition -> walk(condition, probe.bindings(), isKernel, Optional.empty()));
      probe.bodies().forEach(body -> walk(body, probe.bindings(), isKernel, Optional.empty()));
    }
    for (int i = 0; i < program.functions().size(); i++) {
      Function function = program.functions().get(i);
      Holder.Result result = new Holder.Result(i);
      walk(function.body(), function.bindings(), true, Optional.of(result));
      if (function.body() instanceof EmbeddedCode code
          && function.result() == Type.STRING
          && Assembly.isIn(code)) {
        raise(result, () -> ofAssembler(function, code));
      }
      function.nextOverload().ifPresent(next -> raise(result, () -> ofResult(next)));
    }
    while (!pending.isEmpty()) {
      settle(pending.remove());
    }
    readers.clear();
  }

  private int ofAssembler(Function function, EmbeddedCode code) {
    List<String> names = function.parameters().stream().map(Variable.Local::name).toList();
    return AssemblyReader.read(code, names, most).assembly().resultCapacity(most);
  }

  /** Most bytes that any string may have, with its NUL. */
  int most() {
    return most;
  }

  /** Of a local variable. */
  int ofLocal(Bindings owner, Variable.Local local) {
    return get(new Holder.Local(owner, local.index()));
  }

  /** Of a global variable's value, or of its elements' values. */
  int ofValue(Variable.Global global) {
    return get(new Holder.GlobalValue(global.index()));
  }

  /** Of a part of an array's key. */
  int ofKey(Variable.Global global, int part) {
    return get(new Holder.KeyPart(global.index(), part));
  }

  /** Of what a function returns. */
  int ofResult(int function) {
    return get(new Holder.Result(function));
  }

  private int get(Holder holder) {
    reading.ifPresent(store -> readers.computeIfAbsent(holder, _ -> new ArrayList<>()).add(store));
    return capacities.getOrDefault(holder, 1);
  }

  /** Notes that something of a capacity is stored. */
  private void raise(Holder holder, IntSupplier capacity) {
    pending.add(new Store(holder, capacity));
  }

  private void settle(Store store) {
    store.isPending = false;
    reading = store.isEvaluated ? Optional.empty() : Optional.of(store);
    int capacity = Math.min(most, store.capacity.getAsInt());
    reading = Optional.empty();
    store.isEvaluated = true;
    if (capacity <= get(store.holder)) {
      return;
    }
    store.raises++;
    capacities.put(store.holder, store.raises > PATIENCE ? most : capacity);
    for (Store reader : readers.getOrDefault(store.holder, List.of())) {
      if (!reader.isPending) {
        reader.isPending = true;
        pending.add(reader);
      }
    }
  }

  private int literal(Expression.StringLiteral literal) {
    return bytes(literal).length() + 1;
  }

  /** What a literal has as a value: no more than any string. */
  String bytes(Expression.StringLiteral literal) {
    return ByteStrings.cut(ByteStrings.ofScript(literal.value()), most - 1);
  }

  private void walk(
      Node root, Bindings bindings, boolean isKernel, Optional<Holder.Result> result) {
    Deque<Node> nodes = new ArrayDeque<>();
    nodes.push(root);
    while (!nodes.isEmpty()) {
      Node node = nodes.pop();
      switch (node) {
        case Expression.Assignment assignment -> assignment(assignment, bindings);
        case Expression.Step(var _, var _, var _, Expression.ArrayElement element) ->
            key(element.array(), element.indexes(), bindings);
        case Expression.ArrayElement element when isKernel ->
            key(element.array(), element.indexes(), bindings);
        case Expression.Membership membership when isKernel ->
            key(membership.array(), membership.indexes(), bindings);
        case Expression.FunctionCall call -> call(call, bindings);
        case Statement.Return(var _, Optional<Expression> value)
            when result.isPresent() && value.isPresent() -> {
          if (bindings.typeOf(value.get()) == Type.STRING) {
            raise(result.get(), () -> of(value.get(), bindings));
          }
        }
        case Statement.Foreach loop -> foreach(loop, bindings);
        case Statement.Try(var _, var _, var message, var _) ->
            message
                .flatMap(bindings::variableOf)
                .ifPresent(
                    variable ->
                        raise(holder(variable, bindings), () -> get(new Holder.FaultMessage())));
        default -> {}
      }
      Children.of(node).forEach(nodes::push);
    }
  }

  private void assignment(Expression.Assignment assignment, Bindings bindings) {
    if (assignment.target() instanceof Expression.ArrayElement element) {
      key(element.array(), element.indexes(), bindings);
    }
    if (bindings.typeOf(assignment.value()) != Type.STRING) {
      return;
    }
    holder(assignment.target(), bindings)
        .ifPresent(
            holder ->
                raise(
                    holder,
                    assignment.operator() == AssignmentOperator.CONCATENATE
                        ? () -> get(holder) + of(assignment.value(), bindings) - 1
                        : () -> of(assignment.value(), bindings)));
  }

  private void key(Expression array, List<IndexElement> indexes, Bindings bindings) {
    if (bindings.variableOf(array).orElse(null) instanceof Variable.Global global) {
      for (int i = 0; i < indexes.size(); i++) {
        if (indexes.get(i) instanceof Expression index && bindings.typeOf(index) == Type.STRING) {
          raise(new Holder.KeyPart(global.index(), i), () -> of(index, bindings));
        }
      }
    }
  }

  private void call(Expression.FunctionCall call, Bindings bindings) {
    switch (bindings.calleeOf(call).orElse(null)) {
      case Callee.ScriptFunction(int index) -> {
        OptionalInt overload = OptionalInt.of(index);
        while (overload.isPresent()) {
          Function function = program.functions().get(overload.getAsInt());
          parameters(function, call, bindings);
          overload = function.nextOverload();
        }
      }
      case Callee.Provided _ ->
          // Whichever of them raises a fault of that message.
          call.arguments().stream()
              .filter(argument -> bindings.typeOf(argument) == Type.STRING)
              .forEach(argument -> raise(new Holder.FaultMessage(), () -> of(argument, bindings)));
      case null -> {}
    }
  }

  private void parameters(Function function, Expression.FunctionCall call, Bindings bindings) {
    for (int i = 0; i < Math.min(call.arguments().size(), function.parameters().size()); i++) {
      Expression argument = call.arguments().get(i);
      if (bindings.typeOf(argument) == Type.STRING) {
        raise(new Holder.Local(function.bindings(), i), () -> of(argument, bindings));
      }
    }
  }

  private void foreach(Statement.Foreach loop, Bindings bindings) {
    if (!(bindings.variableOf(loop.array()).orElse(null) instanceof Variable.Global global)) {
      return;
    }
    loop.value()
        .flatMap(value -> bindings.variableOf(value.name()))
        .ifPresent(variable -> raise(holder(variable, bindings), () -> ofValue(global)));
    for (int i = 0; i < loop.keys().size(); i++) {
      int part = i;
      bindings
          .variableOf(loop.keys().get(i).name())
          .ifPresent(variable -> raise(holder(variable, bindings), () -> ofKey(global, part)));
    }
  }

  private static Holder holder(Variable variable, Bindings bindings) {
    return switch (variable) {
      case Variable.Local local -> new Holder.Local(bindings, local.index());
      case Variable.Global global -> new Holder.GlobalValue(global.index());
    };
  }

  private static Optional<Holder> holder(Expression target, Bindings bindings) {
    Expression named = target instanceof Expression.ArrayElement element ? element.array() : target;
    return bindings.variableOf(named).map(variable -> holder(variable, bindings));
  }

  /** Of an expression's value. */
  int of(Expression expression, Bindings bindings) {
    return bindings
        .accessOf(expression)
        .map(this::of)
        .orElseGet(() -> ofScript(expression, bindings));
  }

  /** Of a string of the traced program. */
  private int of(ContextAccess access) {
    return switch (access.steps().getLast()) {
      case ContextAccess.Step.Text(int limit) when limit > 0 -> (int) Math.min(most, limit + 1L);
      case ContextAccess.Step.EnumeratorName(var enumeration) ->
          Math.min(most, enumeration.nameCapacity());
      default -> most;
    };
  }

  private int ofScript(Expression expression, Bindings bindings) {
    return switch (expression) {
      case Expression.StringLiteral literal -> literal(literal);
      case Expression.Symbol _, Expression.ArrayElement _ ->
          holder(expression, bindings).map(this::get).orElse(most);
      case Expression.Conditional(var _, var _, Expression then, Expression otherwise) ->
          Math.max(of(then, bindings), of(otherwise, bindings));
      case Expression.Attempt(var _, Expression value, Expression otherwise) ->
          Math.max(of(value, bindings), of(otherwise, bindings));
      case Expression.Binary(
              var _,
              BinaryOperator operator,
              var _,
              Expression left,
              Expression right)
          when operator == BinaryOperator.CONCATENATE ->
          Math.min(most, of(left, bindings) + of(right, bindings) - 1);
      case Expression.Assignment assignment ->
          assignment.operator() == AssignmentOperator.ASSIGN
              ? of(assignment.value(), bindings)
              : holder(assignment.target(), bindings).map(this::get).orElse(most);
      case Expression.FunctionCall call ->
          switch (bindings.calleeOf(call).orElse(null)) {
            case Callee.ScriptFunction(int index) -> ofResult(index);
            case Callee.Provided(var intrinsic) ->
                Math.min(most, intrinsic.resultCapacity(numbers(call)).orElse(most));
            case null -> most;
          };
      case Expression.Print print when print.asString() ->
          Math.min(
              most, FormatCapacity.of(print, bindings, most, argument -> of(argument, bindings)));
      default -> most;
    };
  }

  private static List<OptionalLong> numbers(Expression.FunctionCall call) {
    return call.arguments().stream()
        .map(
            argument ->
                argument instanceof Expression.NumberLiteral literal
                    ? OptionalLong.of(literal.value())
                    : OptionalLong.empty())
        .toList();
  }
}
