package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.intrinsic.Intrinsic;
import dev.tapwright.compiler.intrinsic.Intrinsics;
import dev.tapwright.compiler.probe.Similar;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.Note;
import dev.tapwright.syntax.tree.Expression;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the functions that one handler or function calls. */
final class CallResolver {
  private static final int SIMILAR_NAMES = 5;

  private final Declarations declarations;
  private final Reports reports;
  private final Unit unit;

  CallResolver(Declarations declarations, Reports reports, Unit unit) {
    this.declarations = declarations;
    this.reports = reports;
    this.unit = unit;
  }

  /** Notes what a call calls; its arguments are not looked at. */
  void call(Expression.FunctionCall call) {
    String name = call.function().name();
    int count = call.arguments().size();
    List<FunctionUnit> named = declarations.functions().getOrDefault(name, List.of());
    Optional<FunctionUnit> function = choose(named.stream().filter(unit -> unit.arity() == count));
    if (function.isPresent()) {
      unit.calls().put(call, new CallTarget.Script(function.get()));
      return;
    }
    Optional<Intrinsic> intrinsic = Intrinsics.named(name, count);
    if (intrinsic.isPresent()) {
      unit.calls().put(call, new CallTarget.Provided(intrinsic.get()));
      return;
    }
    unit.erroneous().add(call);
    if (!named.isEmpty()) {
      Diagnostic mismatch = arityMismatch(call, named.getFirst().arity());
      reports.add(
          mismatch.withNote(
              new Note(
                  Optional.of(named.getFirst().declaration().name().span()), "declared here")));
    } else if (Intrinsics.named(name).isPresent()) {
      reports.add(
          arityMismatch(call, Intrinsics.named(name).get().signature().parameters().size()));
    } else {
      reports.error(
          AnalysisCodes.UNRESOLVED_FUNCTION,
          call.function().span(),
          Similar.append(
              "unresolved function " + name,
              "similar",
              Similar.to(name, functionNames(), SIMILAR_NAMES)));
    }
  }

  private static Diagnostic arityMismatch(Expression.FunctionCall call, int arity) {
    return Diagnostic.error(
        AnalysisCodes.FUNCTION_ARITY,
        call.function().span(),
        "arity mismatch found (function '%s' takes %d args)"
            .formatted(call.function().name(), arity));
  }

  /**
   * Of several functions of one name and arity, the one that runs first: lower priority before
   * higher, then by the text.
   */
  private static Optional<FunctionUnit> choose(Stream<FunctionUnit> candidates) {
    return candidates.min(Comparator.comparingLong(CallResolver::priority));
  }

  /**
   * Notes which function {@code next} goes on to: the one behind this in the order in which they
   * run.
   */
  void chainOverload(FunctionUnit current) {
    List<FunctionUnit> overloads =
        declarations.functions().getOrDefault(current.name(), List.of()).stream()
            .filter(other -> other.arity() == current.arity())
            .sorted(Comparator.comparingLong(CallResolver::priority))
            .toList();
    int next = overloads.indexOf(current) + 1;
    if (next < overloads.size()) {
      current.goesOnTo(overloads.get(next));
    }
  }

  private static long priority(FunctionUnit function) {
    return function.declaration().priority().map(Expression.NumberLiteral::value).orElse(0L);
  }

  private List<String> functionNames() {
    List<String> names = new ArrayList<>(declarations.functions().keySet());
    Intrinsics.all().forEach(intrinsic -> names.add(intrinsic.signature().name()));
    return names;
  }
}
