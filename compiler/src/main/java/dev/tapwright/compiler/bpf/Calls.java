package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Callee;
import dev.tapwright.compiler.analysis.Function;
import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.LoweredValue.Number;
import dev.tapwright.compiler.bpf.LoweredValue.Text;
import dev.tapwright.compiler.bpf.Scope.Place;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.intrinsic.Intrinsic;
import dev.tapwright.compiler.intrinsic.KernelOperand;
import dev.tapwright.compiler.intrinsic.Signature;
import dev.tapwright.compiler.probe.Placement;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.EmbeddedCode;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Calls: provided functions write themselves through {@link Emitter}; the script's functions are
 * written in at each call, a function that calls itself as often as calls may nest.
 */
final class Calls {
  /** More calls within calls than this are taken for a mistake. */
  private static final int DEEPEST = 64;

  /**
   * Steps of one handler at which writing functions in is given up: no kernel takes so many
   * instructions.
   */
  private static final int LARGEST = 1_000_000;

  /** And at which writing out a recursion is. */
  private static final int LARGEST_OF_RECURSION = 100_000;

  private final HandlerLowering handler;
  private final CodeBuilder code;

  Calls(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /**
   * Lowers a call.
   *
   * @param wanted where the caller will have a string
   * @return its value, if it has one
   */
  Optional<KernelOperand> call(Expression.FunctionCall call, Optional<MemoryText> wanted) {
    Optional<LoweredValue> computed =
        handler.loops.computed(call).or(() -> handler.lengths.of(call));
    if (computed.isPresent()) {
      return computed.map(value -> value);
    }
    return switch (handler.bindings().calleeOf(call).orElse(null)) {
      case Callee.Provided(Intrinsic intrinsic) -> provided(intrinsic, call, wanted);
      case Callee.ScriptFunction(int index) -> function(index, call);
      case null -> Optional.empty();
    };
  }

  private Optional<KernelOperand> provided(
      Intrinsic intrinsic, Expression.FunctionCall call, Optional<MemoryText> wanted) {
    Span name = call.function().span();
    if (!intrinsic.placements().contains(Placement.KERNEL)) {
      refuse(intrinsic.signature(), name);
      return Optional.empty();
    }
    if (isOfStrings(intrinsic.signature())
        && intrinsic.helpers().contains(Helper.PROBE_READ_STR)
        && Restriction.STRING_FUNCTION.isBeyond(handler.tables.profile())) {
      handler.report(Restriction.STRING_FUNCTION, name);
      return Optional.empty();
    }
    for (Helper helper : intrinsic.helpers()) {
      if (!handler.tables.profile().has(helper)) {
        handler.tables.report(
            Diagnostic.error(
                    KernelDiagnostics.HELPER,
                    name,
                    "%s() cannot be called on Linux %s: it needs the helper %s, which Linux %s brought"
                        .formatted(
                            intrinsic.signature().name(),
                            handler.tables.profile().name(),
                            helper.kernelName(),
                            helper.since()))
                .withNote("call it in an end or timer probe, which run in user space"));
        return Optional.empty();
      }
    }
    List<KernelOperand> arguments = new ArrayList<>();
    for (int i = 0; i < call.arguments().size(); i++) {
      LoweredValue argument = handler.value(call.arguments().get(i));
      List<Expression> following = call.arguments().subList(i + 1, call.arguments().size());
      arguments.add(argument instanceof Text text ? handler.texts.kept(text, following) : argument);
    }
    code.at(call.span());
    return intrinsic
        .emit(new Emitter(handler, call, wanted), arguments)
        .map(result -> result instanceof Text text ? handler.texts.limited(text) : result);
  }

  private static boolean isOfStrings(Signature signature) {
    return signature.result() == Signature.Result.STRING
        || signature.parameters().stream()
            .anyMatch(parameter -> parameter.type() == Signature.ValueType.STRING);
  }

  private void refuse(Signature signature, Span name) {
    handler.tables.report(Numbers.notSupported(name, signature.name() + "()"));
  }

  private Optional<KernelOperand> function(int index, Expression.FunctionCall call) {
    List<Integer> chain = chain(index);
    if (!isCarried(chain, call)) {
      return Optional.empty();
    }
    if (handler.scope().depth() > handler.tables.nesting()) {
      code.at(call.span());
      code.jump(
          handler.faults.block(
              "MAXNESTING exceeded",
              "identifier '" + call.function().name() + "'",
              call.function().span()));
      return Optional.empty();
    }
    Function first = handler.tables.program().functions().get(index);
    List<Place> arguments = parameters(first, call);
    code.at(call.span());
    Optional<Place> result = result(first, index);
    int end = code.newBlock();
    for (int overload : chain) {
      boolean isLast = overload == chain.getLast();
      Function function = handler.tables.program().functions().get(overload);
      int next = isLast ? exhausted(function, call) : code.newBlock();
      // Each begins with the arguments as they were given, whatever another did to its parameters.
      List<Place> places =
          new ArrayList<>(chain.size() == 1 ? arguments : copies(arguments, function));
      places.addAll(handler.places(function.bindings(), places.size()));
      Scope scope =
          new Scope(
              overload,
              function.bindings(),
              places,
              result,
              end,
              next,
              Optional.of(handler.scope()));
      handler.within(scope, () -> handler.loops.apart(() -> body(function, call)));
      code.jump(end);
      if (!isLast) {
        code.start(next);
        code.at(call.span());
      }
    }
    code.start(end);
    code.at(call.span());
    return result.map(
        place ->
            switch (place) {
              case Place.InRegister(var register) -> new Number(register);
              case Place.OnStack(MemoryText text) -> text;
            });
  }

  private void body(Function function, Expression.FunctionCall call) {
    switch (function.body()) {
      case Statement.Block block -> handler.statements.statement(block);
      case EmbeddedCode code -> AssemblyLowering.write(handler, function, code, call);
    }
  }

  /** A function, and those that {@code next} goes on to. */
  private List<Integer> chain(int index) {
    List<Integer> chain = new ArrayList<>();
    OptionalInt overload = OptionalInt.of(index);
    while (overload.isPresent()) {
      chain.add(overload.getAsInt());
      overload = handler.tables.program().functions().get(overload.getAsInt()).nextOverload();
    }
    return chain;
  }

  /** Whether functions can be written in; reports what hinders. */
  private boolean isCarried(List<Integer> chain, Expression.FunctionCall call) {
    Span name = call.function().span();
    if (chain.stream().anyMatch(handler.scope()::isWithin) && code.steps() > LARGEST_OF_RECURSION) {
      handler.tables.report(
          Diagnostic.error(
                  KernelDiagnostics.RECURSION,
                  name,
                  "function '%s' calls itself so often that its %d levels, each written out, make this handler too large for a kernel probe"
                      .formatted(call.function().name(), handler.tables.nesting()))
              .withNote(
                  "write it as a loop, allow fewer levels (-DMAXNESTING), or call it in an end or timer probe"));
      return false;
    }
    if (handler.scope().depth() > DEEPEST || code.steps() > LARGEST) {
      handler.tables.report(
          Diagnostic.error(
              KernelDiagnostics.TOO_MANY_INSTRUCTIONS,
              name,
              "the functions called here make this handler too large for a kernel probe"));
      return false;
    }
    return true;
  }

  /** Where {@code next} goes in the last function of a chain. */
  private int exhausted(Function function, Expression.FunctionCall call) {
    return hasNext(function.body())
        ? handler.faults.block(
            "all functions exhausted",
            "identifier '" + call.function().name() + "'",
            call.function().span())
        : -1;
  }

  private static boolean hasNext(Node node) {
    return node instanceof Statement.Next || Children.of(node).stream().anyMatch(Calls::hasNext);
  }

  private List<Place> copies(List<Place> arguments, Function function) {
    List<Place> copies = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      switch (arguments.get(i)) {
        case Place.InRegister(var register) -> {
          Place.InRegister copy = new Place.InRegister(code.fresh());
          code.copy(copy.register(), register);
          copies.add(copy);
        }
        case Place.OnStack(MemoryText text) -> {
          MemoryText copy = textPlace(function, function.parameters().get(i));
          handler.texts.copy(text, copy);
          copies.add(new Place.OnStack(copy));
        }
      }
    }
    return copies;
  }

  private MemoryText textPlace(Function function, Variable.Local parameter) {
    int capacity = handler.tables.capacities().ofLocal(function.bindings(), parameter);
    return new MemoryText(handler.memory.allocate(capacity), capacity);
  }

  private List<Place> parameters(Function function, Expression.FunctionCall call) {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < function.parameters().size() && i < call.arguments().size(); i++) {
      Expression argument = call.arguments().get(i);
      Variable.Local parameter = function.parameters().get(i);
      if (parameter.type() == Type.STRING) {
        MemoryText place = textPlace(function, parameter);
        Text text = handler.texts.text(argument, Optional.of(place));
        handler.texts.copy(text, place);
        places.add(new Place.OnStack(place));
      } else {
        Operand value = handler.numbers.number(argument);
        Place.InRegister place = new Place.InRegister(code.fresh());
        code.copy(place.register(), value);
        places.add(place);
      }
    }
    return places;
  }

  private Optional<Place> result(Function function, int index) {
    return switch (function.result()) {
      case STRING ->
          Optional.of(handler.texts.emptyPlace(handler.tables.capacities().ofResult(index)));
      case LONG -> {
        Place.InRegister place = new Place.InRegister(code.fresh());
        code.copy(place.register(), new Constant(0));
        yield Optional.of(place);
      }
      case UNKNOWN, STATISTICS -> Optional.empty();
    };
  }
}
