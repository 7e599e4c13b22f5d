package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.PatternTree.AliasForm;
import dev.tapwright.compiler.target.Lazy;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Script;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out what a script means. The order of the stages is in {@link #analyze}. Stateless; any
 * number of threads may analyse at once.
 */
public final class Analyzer {
  private Analyzer() {}

  /** Analyses a script. Never fails: what is wrong stands in the result's diagnostics. */
  public static AnalysisResult analyze(Script script, AnalysisInput input) {
    Reports reports = new Reports();
    Declarations declarations =
        Declarations.of(Nesting.check(script.declarations(), reports), reports);
    Names names = new Names(declarations, input.library(), reports);
    ProbeForms forms = new ProbeForms(declarations.aliases(), input.library());
    ProbeDeriver deriver = new ProbeDeriver(forms, names, input, reports);
    declarations.probes().forEach(deriver::derive);
    declarations.aliases().stream().map(AliasForm::declaration).distinct().forEach(deriver::look);
    resolveNames(names, deriver, input, reports);

    List<HandlerPlan> plans = deriver.plans();
    List<FunctionUnit> allFunctions = names.functions();
    Set<Unit> handlers = unitsOf(plans);
    Set<Unit> allUnits = new LinkedHashSet<>();
    allFunctions.forEach(function -> allUnits.add(function.unit()));
    allUnits.addAll(handlers);

    NeverAssigned.check(names, allUnits, deriver.unplaced(), reports);
    if (input.isOptimized()) {
      Elision.apply(allUnits, allFunctions, reports, names::isLibrary);
      plans = withoutEmpty(plans, names, reports);
    }
    handlers = unitsOf(plans);
    List<Unit> roots = new ArrayList<>(handlers);
    roots.addAll(deriver.unplaced());
    // SystemTap infers functions in the order of their names.
    List<FunctionUnit> functions =
        Reachability.from(roots).stream().sorted(Comparator.comparing(FunctionUnit::name)).toList();
    reports.beginTypes();
    TypeFixpoint.infer(functions, handlers, deriver.unplaced(), reports);
    List<Unit> used = new ArrayList<>(functions.stream().map(FunctionUnit::unit).toList());
    used.addAll(handlers);
    ForeachModifications.check(functions, used, reports);
    GlobalChecks.check(names.globals().toList(), used, reports);
    if (plans.isEmpty() && !reports.hasErrors()) {
      reports.error(
          AnalysisCodes.NO_PROBES, new Span(script.span().source(), 0, 0), "no probes found");
    }

    List<Diagnostic> diagnostics = reports.inOrder(names.places());
    List<HandlerPlan> sound =
        reports.hasErrors() ? SoundParts.of(plans, functions, diagnostics) : plans;
    Program program = ProgramBuilder.build(names, Reachability.from(unitsOf(sound)), sound);
    return new AnalysisResult(
        program,
        diagnostics,
        deriver.resolutions(),
        new Lazy<>(() -> NameTable.of(names, allUnits, deriver.resolutions().values())),
        contextFacts(allUnits),
        forms,
        names.places());
  }

  /**
   * Finds out what all names name. A name of the library may bring probes and functions with it,
   * whose names may bring more.
   */
  private static void resolveNames(
      Names names, ProbeDeriver deriver, AnalysisInput input, Reports reports) {
    names.functions().forEach(function -> resolve(function, names, input, reports));
    Set<Unit> resolved = Collections.newSetFromMap(new IdentityHashMap<>());
    boolean hasMore = true;
    while (hasMore) {
      for (Unit handler : unitsOf(deriver.plans())) {
        if (resolved.add(handler)) {
          SymbolResolver.resolveHandler(handler, names, reports);
        }
      }
      for (Unit handler : List.copyOf(deriver.unplaced())) {
        if (resolved.add(handler)) {
          SymbolResolver.resolveHandler(handler, names, new Reports());
        }
      }
      Optional<FunctionUnit> function = names.nextUnresolved();
      function.ifPresent(called -> resolve(called, names, input, reports));
      Optional<Declaration.Probe> probe = names.nextUnderived();
      probe.ifPresent(deriver::derive);
      hasMore = function.isPresent() || probe.isPresent();
    }
  }

  private static void resolve(
      FunctionUnit function, Names names, AnalysisInput input, Reports reports) {
    ContextBinding.bind(function.unit(), input, reports);
    SymbolResolver.resolveFunction(function, names, reports);
  }

  private static IdentityHashMap<Expression, ContextFact> contextFacts(Set<Unit> units) {
    IdentityHashMap<Expression, ContextFact> facts = new IdentityHashMap<>();
    units.forEach(unit -> unit.contextFacts().forEach(facts::putIfAbsent));
    return facts;
  }

  private static Set<Unit> unitsOf(List<HandlerPlan> plans) {
    Set<Unit> units = new LinkedHashSet<>();
    plans.forEach(plan -> units.add(plan.unit()));
    return units;
  }

  private static List<HandlerPlan> withoutEmpty(
      List<HandlerPlan> plans, Names names, Reports reports) {
    Set<Declaration.Probe> warned = Collections.newSetFromMap(new IdentityHashMap<>());
    List<HandlerPlan> kept = new ArrayList<>();
    for (HandlerPlan plan : plans) {
      if (plan.unit().condition().isEmpty()
          && plan.unit().bodies().stream().allMatch(Elision::isEmpty)) {
        if (warned.add(plan.declaration()) && !names.isLibrary(plan.declaration().span())) {
          reports.warning(
              AnalysisCodes.ELIDED_PROBE,
              keyword(plan.declaration()),
              "Probe '%s' has been elided".formatted(plan.name()));
        }
      } else {
        kept.add(plan);
      }
    }
    return kept;
  }

  private static Span keyword(Declaration.Probe probe) {
    Span span = probe.span();
    int length = probe.isPrivate() ? "private".length() : "probe".length();
    return new Span(
        span.source(),
        span.start(),
        Math.min(span.start() + length, span.end()),
        span.expansions());
  }
}
