package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.intrinsic.Intrinsic;
import dev.tapwright.compiler.intrinsic.Intrinsics;
import dev.tapwright.compiler.probe.Similar;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.Note;
import dev.tapwright.syntax.tree.Expression;
import java.util.List;
import java.util.Optional;

/** Finds the functions that one handler or function calls. */
final class CallResolver {
  private final Names names;
  private final Reports reports;
  private final Unit unit;

  CallResolver(Names names, Reports reports, Unit unit) {
    this.names = names;
    this.reports = reports;
    this.unit = unit;
  }

  /** Notes what a call calls; its arguments are not looked at. */
  void call(Expression.FunctionCall call) {
    String name = call.function().name();
    int count = call.arguments().size();
    List<FunctionUnit> functions = names.functions(name, count, call.function().span());
    if (!functions.isEmpty()) {
      // Which of them run depends on where there is a next; the names in all are looked up.
      functions.forEach(function -> names.call(function, call.function().span()));
      functions.getFirst().setOverloads(functions);
      unit.calls().put(call, new CallTarget.Script(functions.getFirst()));
      return;
    }
    Optional<Intrinsic> intrinsic = Intrinsics.named(name, count);
    if (intrinsic.isPresent()) {
      unit.calls().put(call, new CallTarget.Provided(intrinsic.get()));
      return;
    }
    unit.erroneous().add(call);
    Optional<FunctionUnit> other = names.anyFunction(name, call.function().span());
    if (other.isPresent()) {
      reports.add(
          arityMismatch(call, other.get().arity())
              .withNote(
                  new Note(Optional.of(other.get().declaration().name().span()), "declared here")));
    } else if (Intrinsics.named(name).isPresent()) {
      reports.add(
          arityMismatch(call, Intrinsics.named(name).get().signature().parameters().size()));
    } else {
      reports.error(
          AnalysisCodes.UNRESOLVED_FUNCTION,
          call.function().span(),
          Similar.append(
              "unresolved function " + name, "similar", names.similar(name, names::functionNames)));
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
   * Notes which function {@code next} goes on to: the one behind this in the order in which they
   * run.
   */
  void chainOverload(FunctionUnit current) {
    List<FunctionUnit> overloads = names.overloads(current);
    int next = overloads.indexOf(current) + 1;
    if (next < overloads.size()) {
      names.call(overloads.get(next), current.declaration().name().span());
      current.goesOnTo(overloads.get(next));
    }
  }
}
