package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.AttachMethod;
import dev.tapwright.compiler.probe.PatternTree.AliasForm;
import dev.tapwright.compiler.probe.PatternTree.End;
import dev.tapwright.compiler.probe.PointAlternatives;
import dev.tapwright.compiler.probe.PointMatcher;
import dev.tapwright.compiler.probe.PointMatcher.Hit;
import dev.tapwright.compiler.probe.ProbeCodes;
import dev.tapwright.compiler.probe.ProbeContext;
import dev.tapwright.compiler.probe.ProbeFamilies;
import dev.tapwright.compiler.probe.ProbeFamily.ResolutionContext;
import dev.tapwright.compiler.probe.ProbeMatch;
import dev.tapwright.compiler.probe.ProbePointText;
import dev.tapwright.compiler.probe.Resolution;
import dev.tapwright.compiler.probe.SystemCallVariables;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.DiagnosticCode;
import dev.tapwright.syntax.diagnostic.Note;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.ProbeComponent;
import dev.tapwright.syntax.tree.ProbePoint;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Resolves the points of probes, through aliases, to the places where their handlers run. */
final class ProbeDeriver {
  private static final int MOST_FAULTY_PLACES = 5;

  /** More aliases of aliases than anybody writes. */
  private static final int MOST_ALIASES = 100;

  private final ProbeForms forms;
  private final Names names;
  private final AnalysisInput input;
  private final ResolutionContext context;
  private final Reports reports;
  private final IdentityHashMap<ProbePoint, PointResolution> resolutions = new IdentityHashMap<>();
  private final List<HandlerPlan> plans = new ArrayList<>();
  private final List<Unit> unplaced = new ArrayList<>();

  ProbeDeriver(ProbeForms forms, Names names, AnalysisInput input, Reports reports) {
    this.forms = forms;
    this.names = names;
    this.input = input;
    this.context = ProbeFamilies.context(input.target(), input.workingDirectory());
    this.reports = reports;
  }

  /** What was found, in the order of the script. */
  List<HandlerPlan> plans() {
    return plans;
  }

  /**
   * Handlers whose points could not be resolved, which has been reported. They will never run, but
   * what they use is not unused, nor untyped.
   */
  List<Unit> unplaced() {
    return unplaced;
  }

  /** What each point of a probe stands for. */
  IdentityHashMap<ProbePoint, PointResolution> resolutions() {
    return resolutions;
  }

  private static String subject(ProbePoint point) {
    return "probe " + ProbePointText.of(point);
  }

  void derive(Declaration.Probe probe) {
    Statement.Block body = probe.body();
    Unit plain = new Unit(List.of(body), Optional.empty());
    boolean dependsOnPlace = ContextBinding.dependsOnPlace(body);
    if (!dependsOnPlace) {
      ContextBinding.bind(plain, subject(probe.points().getFirst()), input, reports);
    }
    int before = plans.size();
    boolean isSufficed = false;
    for (ProbePoint point : probe.points()) {
      if (isSufficed) {
        // Still shown in an editor, though its handler never runs.
        new Derivation(probe, point, body, dependsOnPlace, plain, true).run();
      } else {
        isSufficed = new Derivation(probe, point, body, dependsOnPlace, plain, false).run();
      }
    }
    boolean hasProblem = probe.points().stream().anyMatch(this::hasProblem);
    if (plans.size() == before && hasProblem) {
      if (dependsOnPlace) {
        ContextBinding.bind(plain, subject(probe.points().getFirst()), input, new Reports());
      }
      unplaced.add(plain);
    }
  }

  /**
   * Finds out what the points of an alias stand for, for an editor to show. What is wrong with them
   * is said where a probe uses the alias.
   */
  void look(Declaration.Alias alias) {
    Declaration.Probe probe =
        new Declaration.Probe(alias.span(), false, alias.points(), alias.body());
    Unit plain = new Unit(List.of(alias.body()), Optional.empty());
    for (ProbePoint point : alias.points()) {
      new Derivation(probe, point, alias.body(), false, plain, true).run();
    }
  }

  private boolean hasProblem(ProbePoint point) {
    PointResolution resolution = resolutions.get(point);
    return resolution != null && !resolution.problems().isEmpty();
  }

  /** Resolves one point of one probe. */
  private final class Derivation {
    private final Declaration.Probe probe;
    private final ProbePoint point;
    private final Statement.Block handler;
    private final boolean isOfPlace;
    private final Unit plain;
    private final boolean isSuperfluous;
    private final List<ProbeMatch> matches = new ArrayList<>();
    private final Set<AliasForm> usedAliases = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();

    Derivation(
        Declaration.Probe probe,
        ProbePoint point,
        Statement.Block handler,
        boolean isOfPlace,
        Unit plain,
        boolean isSuperfluous) {
      this.probe = probe;
      this.point = point;
      this.handler = handler;
      this.isOfPlace = isOfPlace;
      this.plain = plain;
      this.isSuperfluous = isSuperfluous;
    }

    /** Whether points after this one are not needed. */
    boolean run() {
      boolean isSufficed =
          points(
              List.of(point), List.of(), new Path(List.of(), List.of(), Optional.empty(), false));
      if (!isSuperfluous
          && matches.stream().anyMatch(match -> match.method() == AttachMethod.UNAVAILABLE)) {
        reports.warning(
            ProbeCodes.KPROBES_UNAVAILABLE,
            point.span(),
            "kernel %s cannot attach to its functions: it was built without kprobes (CONFIG_KPROBES)"
                .formatted(context.target().profile().name()));
      }
      resolutions.put(
          point,
          new PointResolution(
              point, matches, usedAliases.stream().map(AliasForm::declaration).toList(), problems));
      return isSufficed;
    }

    private boolean points(List<ProbePoint> points, List<ProbeComponent.Named> suffix, Path path) {
      for (ProbePoint written : points) {
        if (path.holds(written)) {
          problem(
              ProbeCodes.ALIAS_RECURSION,
              written.span(),
              "recursive loop in alias expansion of " + ProbePointText.of(written),
              path.points().getFirst());
          continue;
        }
        if (path.aliases().size() > MOST_ALIASES) {
          problem(
              AnalysisCodes.NESTING,
              written.span(),
              "aliases nested more than %d levels deep".formatted(MOST_ALIASES),
              path.points().getFirst());
          continue;
        }
        Path inner = path.at(written);
        for (PointAlternatives.Alternative alternative : PointAlternatives.of(written)) {
          List<ProbeComponent.Named> components = new ArrayList<>(alternative.components());
          components.addAll(suffix);
          if (components.isEmpty()) {
            continue;
          }
          boolean isOptional =
              path.mayMiss() || alternative.presence() != ProbePoint.Presence.REQUIRED;
          boolean isFound =
              alternative(components, isOptional, inner.when(alternative.condition()), written);
          if (isFound && alternative.presence() == ProbePoint.Presence.SUFFICIENT) {
            return true;
          }
        }
      }
      return false;
    }

    private boolean alternative(
        List<ProbeComponent.Named> components, boolean isOptional, Path path, ProbePoint written) {
      return switch (forms.match(components)) {
        case PointMatcher.Problem problem -> {
          if (!isOptional) {
            problem(problem.code(), problem.span(), problem.message(), written);
          }
          yield false;
        }
        case PointMatcher.Hits hits -> {
          boolean isFound = false;
          boolean mayMiss = isOptional || hits.hits().getFirst().isFromWildcard();
          for (Hit hit : hits.hits()) {
            isFound |= hit(hit, mayMiss, path, components.getFirst().nameSpan(), written);
          }
          if (!isFound && mayMiss && !isOptional) {
            Span wildcard =
                components.stream()
                    .filter(component -> component.name().indexOf('*') >= 0)
                    .findFirst()
                    .orElse(components.getFirst())
                    .nameSpan();
            problem(
                ProbeCodes.MISMATCH,
                wildcard,
                "probe point mismatch: didn't find any wildcard matches",
                written);
          }
          yield isFound;
        }
      };
    }

    private boolean hit(Hit hit, boolean mayMiss, Path path, Span span, ProbePoint written) {
      return switch (hit.end()) {
        case End.Family family ->
            switch (family.family().resolve(hit.point(), context)) {
              case Resolution.Found(List<ProbeMatch> found) -> {
                if (isSuperfluous) {
                  matches.addAll(found);
                  yield true;
                }
                checkFile(hit, path, found);
                if (plan(path, found)) {
                  matches.addAll(found);
                  yield true;
                }
                yield false;
              }
              case Resolution.NotFound(
                      DiagnosticCode code,
                      Supplier<String> message,
                      Optional<Span> place) -> {
                if (!mayMiss) {
                  problem(code, place.orElse(span), message.get(), written);
                }
                yield false;
              }
              case Resolution.NotSupported(String message, Optional<Span> place) -> {
                if (!hit.isFromWildcard()) {
                  problem(ProbeCodes.NOT_SUPPORTED, place.orElse(span), message, written);
                  // Said once; no "no match" on top of it.
                  yield true;
                }
                yield false;
              }
            };
        case End.Alias(AliasForm form) -> alias(form, hit, mayMiss, path, span, written);
      };
    }

    /** Says of a function that was found by its name alone that its file was not looked at. */
    private void checkFile(Hit hit, Path path, List<ProbeMatch> found) {
      if (path.aliases().isEmpty()
          && found.getFirst().method() != AttachMethod.NOT_CARRIED
          && hit.point().namesSourceFile()) {
        reports.warning(
            ProbeCodes.SOURCE_FILE,
            point.span(),
            "the function is found by its name; that it is from that source file is known only from debuginfo, which is not read yet");
      }
    }

    /**
     * Plans the handler, once for all places where it means the same; whether there is one, faulty
     * or not.
     */
    private boolean plan(Path path, List<ProbeMatch> found) {
      boolean isPlanned = false;
      Map<ProbeContext, List<ProbeMatch>> alike = new LinkedHashMap<>();
      if (dependsOnPlace(path)) {
        found.forEach(
            match ->
                alike.computeIfAbsent(contextOf(match, path), key -> new ArrayList<>()).add(match));
      } else {
        alike.put(ProbeContext.none(), found);
      }
      int faulty = 0;
      for (Map.Entry<ProbeContext, List<ProbeMatch>> entry : alike.entrySet()) {
        // What is wrong at many places of one pattern need not be said of each.
        if (faulty < MOST_FAULTY_PLACES) {
          switch (plan(path, entry.getKey(), entry.getValue())) {
            case SOUND -> isPlanned = true;
            case FAULTY -> {
              isPlanned = true;
              faulty++;
            }
            case MISSED -> {}
          }
        }
      }
      return isPlanned;
    }

    /** Plans the handler for one place. */
    private Planned plan(Path path, ProbeContext place, List<ProbeMatch> there) {
      EntryValues entries = new EntryValues(plans.size(), point.span());
      Reports ofUnit = new Reports();
      Unit unit = unit(path, place, entries, ofUnit);
      if (path.mayMiss()
          && ofUnit.errors().stream().anyMatch(error -> names.isLibrary(error.span()))) {
        // The library asks for what this kernel does not have, at a point that need not exist.
        return Planned.MISSED;
      }
      reports.addAll(ofUnit);
      if (!entries.isEmpty()) {
        entries.globals().forEach(global -> names.declare(global, point.span()));
        List<ProbeMatch> entered =
            there.stream().flatMap(match -> match.entry(context.target()).stream()).toList();
        Unit entry = new Unit(List.of(entries.atEntry()), path.condition());
        ContextBinding.bind(
            entry,
            subject(point),
            contextOf(entered.getFirst(), path),
            input,
            EntryValues.NONE,
            reports);
        plans.add(
            new HandlerPlan(probe, point, path.aliases(), path.aliasPoints(), entered, entry));
      }
      plans.add(new HandlerPlan(probe, point, path.aliases(), path.aliasPoints(), there, unit));
      return unit.erroneous().isEmpty() ? Planned.SOUND : Planned.FAULTY;
    }

    /** A place's variables, with those of the system call that the path leads through. */
    private ProbeContext contextOf(ProbeMatch match, Path path) {
      ProbeContext place = match.context(context.target());
      for (AliasForm form : path.aliases()) {
        if (form.components().size() > 1 && form.components().getFirst().name().equals("syscall")) {
          return SystemCallVariables.added(
              place, form.components().get(1).name(), context.target());
        }
      }
      return place;
    }

    private boolean dependsOnPlace(Path path) {
      return isOfPlace
          || path.aliases().stream()
              .map(AliasForm::declaration)
              .anyMatch(
                  alias ->
                      ContextBinding.dependsOnPlace(alias.body())
                          || alias.epilogue().filter(ContextBinding::dependsOnPlace).isPresent());
    }

    private boolean alias(
        AliasForm form, Hit hit, boolean mayMiss, Path path, Span span, ProbePoint written) {
      usedAliases.add(form);
      forms.fileOf(form).ifPresent(file -> names.take(file, form.declaration(), point.span()));
      int before = plans.size() + problems.size() + (isSuperfluous ? matches.size() : 0);
      points(form.declaration().points(), hit.suffix(), path.through(form, mayMiss));
      boolean isFound =
          plans.size() + problems.size() + (isSuperfluous ? matches.size() : 0) > before;
      if (!isFound && !mayMiss) {
        problem(
            ProbeCodes.NO_MATCH,
            span,
            "no match",
            written,
            new Note(Optional.empty(), "resolution failed in alias expansion builder", true));
      }
      return isFound;
    }

    private void problem(
        DiagnosticCode code, Span span, String message, ProbePoint written, Note... context) {
      problems.add(message);
      if (!isSuperfluous) {
        Diagnostic diagnostic = Diagnostic.error(code, span, message);
        for (Note note : context) {
          diagnostic = diagnostic.withNote(note);
        }
        reports.add(
            diagnostic.withNote(
                new Note(Optional.of(written.span()), "while resolving probe point", true)));
      }
    }

    private Unit unit(Path path, ProbeContext place, EntryValues entries, Reports ofUnit) {
      if (path.aliases().isEmpty() && path.condition().isEmpty() && !isOfPlace) {
        return plain;
      }
      Unit unit = new Unit(bodies(path), path.condition());
      ContextBinding.bind(unit, subject(point), place, input, entries, ofUnit);
      return unit;
    }

    /** The handler, and round it the bodies of the aliases that lead to it. */
    private List<Statement.Block> bodies(Path path) {
      if (path.aliases().isEmpty()) {
        return List.of(handler);
      }
      List<Statement.Block> bodies = new ArrayList<>();
      bodies.add(new ProbeWriteFolding(List.of(handler)).block(handler));
      // The outermost alias is nearest to the handler.
      for (AliasForm form : path.aliases().reversed()) {
        ProbeWriteFolding folding = new ProbeWriteFolding(bodies);
        Statement.Block body = folding.block(form.declaration().body());
        if (form.isEpilogue()) {
          bodies.addLast(body);
        } else {
          bodies.addFirst(body);
          form.declaration().epilogue().map(folding::block).ifPresent(bodies::addLast);
        }
      }
      return bodies;
    }
  }

  /** What became of a handler at a place. */
  private enum Planned {
    SOUND,
    FAULTY,
    /** It is not there, and need not be. */
    MISSED
  }

  /**
   * The way from the written point to where derivation stands.
   *
   * @param aliases innermost first
   * @param points the point of each of them, and last the written one
   * @param condition all the conditions on the way
   * @param mayMiss whether a point on the way need not exist, so that nothing behind it must
   */
  private record Path(
      List<AliasForm> aliases,
      List<ProbePoint> points,
      Optional<Expression> condition,
      boolean mayMiss) {
    Path at(ProbePoint point) {
      List<ProbePoint> extended = new ArrayList<>(points);
      extended.addFirst(point);
      return new Path(aliases, extended, condition, mayMiss);
    }

    @SuppressWarnings("ReferenceEquality") // two points may look alike
    boolean holds(ProbePoint point) {
      return points.stream().anyMatch(passed -> passed == point);
    }

    Path through(AliasForm form, boolean isOptional) {
      List<AliasForm> extended = new ArrayList<>(aliases);
      extended.addFirst(form);
      return new Path(extended, points, condition, mayMiss || isOptional);
    }

    Path when(Optional<Expression> added) {
      if (added.isEmpty()) {
        return this;
      }
      Expression right = added.get();
      return new Path(
          aliases,
          points,
          Optional.of(
              condition
                  .<Expression>map(
                      left ->
                          new Expression.Binary(
                              right.span(), BinaryOperator.LOGICAL_AND, right.span(), right, left))
                  .orElse(right)),
          mayMiss);
    }

    List<ProbePoint> aliasPoints() {
      return points.subList(0, points.size() - 1);
    }
  }
}
