package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.PatternTree.AliasForm;
import dev.tapwright.compiler.target.Lazy;
import dev.tapwright.syntax.DeepStack;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Script;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out what a script means. The order of the stages is in {@link #analyze}. Stateless; any
 * number of threads may analyse at once.
 */
public final class Analyzer {
  private Analyzer() {}

  /** Analyses a script. Never fails: what is wrong stands in the result's diagnostics. */
  public static AnalysisResult analyze(Script script, AnalysisInput input) {
    return DeepStack.call(() -> allStages(script, input));
  }

  private static AnalysisResult allStages(Script script, AnalysisInput input) {
    Reports reports = new Reports();
    Declarations declarations =
        Declarations.of(Nesting.check(script.declarations(), reports), reports);
    Names names = new Names(declarations, input.library(), reports);
    ProbeForms forms = new ProbeForms(declarations.aliases(), input.library());
    ProbeDeriver deriver = new ProbeDeriver(forms, names, input, reports);
    resolveNames(declarations.probes(), names, deriver, input, reports);
    declarations.aliases().stream().map(AliasForm::declaration).distinct().forEach(deriver::look);

    List<HandlerPlan> plans = deriver.plans();
    List<FunctionUnit> allFunctions = names.functions();
    Set<Unit> handlers = unitsOf(plans);
    Set<Unit> allUnits = new LinkedHashSet<>();
    allFunctions.forEach(function -> allUnits.add(function.unit()));
    allUnits.addAll(handlers);

    IdentityHashMap<VariableCell, Integer> order = UseOrder.of(handlers);
    NeverAssigned.check(names, allUnits, deriver.unplaced(), reports);
    // As SystemTap does, which looks for functions that nothing calls before it leaves calls out,
    // and for overloads that no next goes on to only behind types.
    List<FunctionUnit> functions =
        FunctionOrder.sorted(Reachability.withOverloads(roots(handlers, deriver)));
    if (input.isOptimized()) {
      Elision.apply(allUnits, allFunctions, reports, names::isLibrary);
      plans = withoutEmpty(plans, names, reports);
    }
    reports.beginTypes();
    handlers = unitsOf(plans);
    TypeFixpoint types = TypeFixpoint.learnt(functions, handlers, deriver.unplaced(), reports);
    if (print(handlers, functions)) {
      Set<Unit> printing = new LinkedHashSet<>(handlers);
      functions.forEach(function -> printing.add(function.unit()));
      functions = reached(printing, deriver);
      types = TypeFixpoint.learnt(functions, handlers, deriver.unplaced(), reports);
    }
    if (input.isOptimized() && !reports.hasErrors() && !types.hasMismatch()) {
      boolean hasChanged = fold(handlers, functions, names);
      if (hasChanged) {
        plans = withoutEmpty(plans, names, reports);
        handlers = unitsOf(plans);
      }
      int before = functions.size();
      functions = reached(handlers, deriver);
      if (hasChanged || functions.size() < before) {
        types = TypeFixpoint.learnt(functions, handlers, deriver.unplaced(), reports);
      }
    }
    types.report();
    List<Unit> used = new ArrayList<>(functions.stream().map(FunctionUnit::unit).toList());
    used.addAll(handlers);
    checkRegexes(used, reports);
    ForeachModifications.check(functions, used, reports);
    GlobalChecks.check(names.globals().toList(), used, reports);
    StatisticParameters.check(names.globals().toList(), used, reports);
    if (plans.isEmpty() && !reports.hasErrors()) {
      reports.error(
          AnalysisCodes.NO_PROBES, new Span(script.span().source(), 0, 0), "no probes found");
    }

    List<Diagnostic> diagnostics = reports.inOrder(names.places());
    boolean hasUnchecked = diagnostics.stream().anyMatch(reports::isUnchecked);
    List<HandlerPlan> sound =
        reports.hasErrors() || hasUnchecked ? SoundParts.of(plans, functions, diagnostics) : plans;
    Program program =
        ProgramBuilder.build(
            input.target(), names, Reachability.from(unitsOf(sound)), sound, order);
    Program summarized =
        hasUnchecked && !reports.hasErrors()
            ? ProgramBuilder.build(input.target(), names, functions, plans, order)
            : program;
    return new AnalysisResult(
        program,
        summarized,
        diagnostics,
        diagnostics.stream().filter(reports::isUnchecked).collect(Collectors.toUnmodifiableSet()),
        deriver.resolutions(),
        new Lazy<>(() -> NameTable.of(names, allUnits, deriver.resolutions().values())),
        contextFacts(allUnits),
        forms,
        names.places());
  }

  /**
   * Finds out what all names name: in probes, as their points are resolved, then in functions. A
   * name of the library may bring probes and functions with it, whose names may bring more.
   */
  private static void resolveNames(
      List<Declaration.Probe> probes,
      Names names,
      ProbeDeriver deriver,
      AnalysisInput input,
      Reports reports) {
    Set<Unit> resolved = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Declaration.Probe> pending = new ArrayDeque<>(probes);
    boolean hasMore = true;
    while (hasMore) {
      while (!pending.isEmpty()) {
        int plans = deriver.plans().size();
        int unplaced = deriver.unplaced().size();
        deriver.derive(pending.remove());
        List<HandlerPlan> made = deriver.plans();
        resolveHandlers(unitsOf(made.subList(plans, made.size())), resolved, names, reports);
        List<Unit> lost = deriver.unplaced();
        resolveHandlers(lost.subList(unplaced, lost.size()), resolved, names, new Reports());
      }
      List<FunctionUnit> functions = names.takeUnresolved();
      functions.forEach(called -> resolve(called, names, input, reports));
      names.nextUnderived().ifPresent(pending::add);
      hasMore = !functions.isEmpty() || !pending.isEmpty();
    }
    Reports unused = new Reports();
    for (FunctionUnit function : names.uncalled()) {
      resolve(function, names, input, unused);
    }
    reports.addUnused(unused);
  }

  private static void resolveHandlers(
      Collection<Unit> handlers, Set<Unit> resolved, Names names, Reports reports) {
    for (Unit handler : handlers) {
      if (resolved.add(handler)) {
        SymbolResolver.resolveHandler(handler, names, reports);
      }
    }
  }

  private static void resolve(
      FunctionUnit function, Names names, AnalysisInput input, Reports reports) {
    ContextBinding.bind(
        function.unit(), "function " + function.declaration().name().name(), input, reports);
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

  /** Functions that are called, in the order in which SystemTap infers them. */
  private static List<FunctionUnit> reached(Set<Unit> handlers, ProbeDeriver deriver) {
    return FunctionOrder.sorted(Reachability.from(roots(handlers, deriver)));
  }

  private static List<Unit> roots(Set<Unit> handlers, ProbeDeriver deriver) {
    List<Unit> roots = new ArrayList<>(handlers);
    roots.addAll(deriver.unplaced());
    return roots;
  }

  /** Checks regular expressions as text. */
  private static void checkRegexes(List<Unit> units, Reports reports) {
    for (Unit unit : units) {
      List<Node> roots = new ArrayList<>(unit.bodies());
      unit.condition().ifPresent(roots::add);
      for (Node root : roots) {
        checkRegexes(root, reports);
      }
    }
  }

  private static void checkRegexes(Node node, Reports reports) {
    if (node instanceof Expression.RegexMatch match) {
      RegexSyntax.fault(match.pattern().value())
          .ifPresent(
              message -> reports.error(AnalysisCodes.REGEX, match.pattern().span(), message));
    }
    Children.forEach(node, child -> checkRegexes(child, reports));
  }

  /** Puts together what is printed by the types of variables; whether there was any. */
  private static boolean print(Set<Unit> handlers, List<FunctionUnit> functions) {
    boolean isAny = false;
    for (Unit handler : handlers) {
      isAny |= AutocastPrinting.apply(handler);
    }
    for (FunctionUnit function : functions) {
      isAny |= AutocastPrinting.apply(function.unit());
    }
    return isAny;
  }

  /** Computes what is constant, and leaves out what has then no effect; whether there was any. */
  private static boolean fold(Set<Unit> handlers, List<FunctionUnit> functions, Names names) {
    Set<Unit> units = new LinkedHashSet<>(handlers);
    functions.forEach(function -> units.add(function.unit()));
    boolean isAnything = false;
    boolean hasChanged = true;
    while (hasChanged) {
      hasChanged = false;
      Purity purity = Purity.of(functions);
      for (Unit unit : units) {
        hasChanged |= ConstantFolding.apply(unit, purity);
      }
      hasChanged |= Elision.apply(units, functions, new Reports(), names::isLibrary);
      isAnything |= hasChanged;
    }
    return isAnything;
  }

  private static List<HandlerPlan> withoutEmpty(
      List<HandlerPlan> plans, Names names, Reports reports) {
    Set<Declaration.Probe> warned = Collections.newSetFromMap(new IdentityHashMap<>());
    List<HandlerPlan> kept = new ArrayList<>();
    for (HandlerPlan plan : plans) {
      if (!plan.isNeededEmpty()
          && plan.unit().condition().isEmpty()
          && plan.unit().bodies().stream().allMatch(Elision::isEmpty)) {
        if (warned.add(plan.declaration()) && !names.isLibrary(plan.declaration().span())) {
          reports.warning(
              AnalysisCodes.ELIDED_PROBE,
              keyword(plan.declaration().span(), plan.declaration().isPrivate()),
              "Probe '%s' has been elided".formatted(plan.name()));
        }
      } else {
        kept.add(plan);
      }
    }
    return kept;
  }

  /** The keyword that a probe or an alias begins with. */
  static Span keyword(Span span, boolean isPrivate) {
    int length = isPrivate ? "private".length() : "probe".length();
    return new Span(
        span.source(),
        span.start(),
        Math.min(span.start() + length, span.end()),
        span.expansions());
  }
}
