package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.PatternTree;
import dev.tapwright.compiler.target.Lazy;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.ProbePoint;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What analysis found out about a script. Immutable; results are kept by the identity of the tree's
 * nodes.
 */
public final class AnalysisResult {
  private final Program soundProgram;
  private final Program summarizedProgram;
  private final Set<Diagnostic> untranslatable;
  private final List<Diagnostic> diagnostics;
  private final IdentityHashMap<ProbePoint, PointResolution> resolutions;
  private final Lazy<IdentityHashMap<Node, NameFacts>> names;
  private final IdentityHashMap<Expression, ContextFact> contextFacts;
  private final ProbeForms probePoints;
  private final LibraryPlaces places;

  AnalysisResult(
      Program soundProgram,
      Program summarizedProgram,
      List<Diagnostic> diagnostics,
      Set<Diagnostic> untranslatable,
      IdentityHashMap<ProbePoint, PointResolution> resolutions,
      Lazy<IdentityHashMap<Node, NameFacts>> names,
      IdentityHashMap<Expression, ContextFact> contextFacts,
      ProbeForms probePoints,
      LibraryPlaces places) {
    this.soundProgram = soundProgram;
    this.summarizedProgram = summarizedProgram;
    this.untranslatable = Set.copyOf(untranslatable);
    this.diagnostics = List.copyOf(diagnostics);
    this.resolutions = new IdentityHashMap<>(resolutions);
    this.names = names;
    this.contextFacts = new IdentityHashMap<>(contextFacts);
    this.probePoints = probePoints;
    this.places = places;
  }

  /**
   * What a name in the script names.
   *
   * @param declaration where that is declared, or first used
   * @param description it and its type, as {@code -p2} prints it: {@code count:long [string]}
   */
  public record NameFacts(Span declaration, String description) {}

  /** What the script means; empty when there are errors. */
  public Optional<Program> program() {
    return diagnostics.stream().anyMatch(Diagnostic::isError)
        ? Optional.empty()
        : Optional.of(soundProgram);
  }

  /**
   * What {@code -p2} tells of the script: with all that cannot be translated, as long as nothing
   * else is wrong; empty when something is.
   */
  public Optional<Program> summarizedProgram() {
    return diagnostics.stream()
            .anyMatch(diagnostic -> diagnostic.isError() && !untranslatable.contains(diagnostic))
        ? Optional.empty()
        : Optional.of(summarizedProgram);
  }

  /** Those of the diagnostics that SystemTap has only when it translates. */
  public Set<Diagnostic> untranslatable() {
    return untranslatable;
  }

  /**
   * What those handlers mean that are free of errors, themselves and in all they call: for later
   * stages to check. The whole program when there are no errors.
   */
  public Program soundProgram() {
    return soundProgram;
  }

  /** Everything that is wrong or worth knowing, in the order of the text. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /**
   * What a point of a probe or an alias of the script stands for; empty in declarations left out.
   */
  public Optional<PointResolution> resolutionOf(ProbePoint point) {
    return Optional.ofNullable(resolutions.get(point));
  }

  /**
   * What an expression names of the traced program's data: a context variable, a cast, a member, an
   * element, or a variable of the script that holds the address of something. In a handler that
   * stands at several places, at the first.
   */
  public Optional<ContextFact> contextFactOf(Expression expression) {
    return Optional.ofNullable(contextFacts.get(expression));
  }

  /**
   * What a name names.
   *
   * @param node a {@link dev.tapwright.syntax.tree.Expression.Symbol}, the {@link
   *     dev.tapwright.syntax.tree.Identifier} of a call, parameter, loop variable or {@code catch},
   *     or the component of a probe point that begins an alias' name
   */
  public Optional<NameFacts> nameOf(Node node) {
    return Optional.ofNullable(names.get().get(node));
  }

  /** All nodes that name what is declared at a place, in no order. */
  public List<Node> usesOf(Span declaration) {
    return names.get().entrySet().stream()
        .filter(entry -> entry.getValue().declaration().equals(declaration))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The forms that probe points may have here: families', the script's aliases, the library's. */
  public PatternTree probePoints() {
    synchronized (probePoints) {
      return probePoints.all();
    }
  }

  /** The tapset library that it was analysed with. */
  public TapsetLibrary library() {
    return probePoints.library();
  }

  /**
   * The place in the script that led analysis to a place in a library file; for a place in the
   * script, that.
   */
  public Span userPlaceOf(Span span) {
    return places.userPlace(span);
  }
}
