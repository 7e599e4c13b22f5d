package dev.tapwright.compiler.driver;

import dev.tapwright.compiler.analysis.AnalysisCodes;
import dev.tapwright.compiler.probe.ProbeCodes;
import dev.tapwright.syntax.ParseResult;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.DiagnosticCode;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What mistakes of syntax leave uncertain, so that nobody hears an echo of them. What the parser
 * made of a statement with a mistake is a guess; beside it a variable may lack the assignment that
 * told its type, and where the mistake is outside of statements, any name may lack its declaration.
 */
final class SyntaxDamage {
  /** What is said where a declaration is not there. */
  private static final Set<DiagnosticCode> OF_ABSENT_DECLARATIONS =
      Set.of(
          AnalysisCodes.UNRESOLVED_FUNCTION,
          AnalysisCodes.FUNCTION_ARITY,
          AnalysisCodes.UNRESOLVED_ARRAY,
          AnalysisCodes.LOCAL_STATISTIC,
          AnalysisCodes.INVALID_DELETE,
          AnalysisCodes.CONDITION,
          ProbeCodes.MISMATCH,
          ProbeCodes.TRUNCATED);

  /** Where each uncertain stretch of a text starts, and where those up to there end. */
  private final IdentityHashMap<SourceText, NavigableMap<Integer, Integer>> uncertain;

  private final boolean isDeclarationLost;

  private SyntaxDamage(List<Span> uncertain, boolean isDeclarationLost) {
    this.uncertain = new IdentityHashMap<>();
    for (Span span : uncertain.stream().sorted(Comparator.comparingInt(Span::start)).toList()) {
      NavigableMap<Integer, Integer> stretches =
          this.uncertain.computeIfAbsent(span.source(), _ -> new TreeMap<>());
      int before = stretches.isEmpty() ? 0 : stretches.lastEntry().getValue();
      stretches.put(span.start(), Math.max(before, span.end()));
    }
    this.isDeclarationLost = isDeclarationLost;
  }

  /** What the errors of pass 1 leave uncertain. */
  static SyntaxDamage of(ParseResult parsed) {
    List<Span> uncertain = new ArrayList<>();
    boolean isDeclarationLost = false;
    IdentityHashMap<Declaration, List<Span>> heads = new IdentityHashMap<>();
    for (Diagnostic diagnostic : parsed.diagnostics()) {
      if (diagnostic.isError()) {
        Span mistake = diagnostic.span().outermost();
        Optional<Declaration> declaration = lastBefore(mistake, parsed.script().declarations());
        Optional<Span> statements =
            declaration.flatMap(
                there ->
                    spoiltStatements(
                        mistake, there, heads.computeIfAbsent(there, SyntaxDamage::heads)));
        boolean isInside =
            declaration.filter(it -> mistake.start() < it.span().outermost().end()).isPresent();
        uncertain.add(
            statements
                .or(() -> declaration.filter(_ -> isInside).map(it -> it.span().outermost()))
                .orElse(mistake));
        isDeclarationLost |= !isInside || statements.isEmpty();
      }
    }
    return new SyntaxDamage(uncertain, isDeclarationLost);
  }

  /** Whether it may be there only because of a mistake of syntax. */
  boolean echoes(Diagnostic diagnostic) {
    if (uncertain.isEmpty()) {
      return false;
    }
    // Warnings speak of a use or an effect that is missing.
    return !diagnostic.isError()
        || diagnostic.code().equals(AnalysisCodes.NO_PROBES)
        || diagnostic.code().equals(AnalysisCodes.UNRESOLVED_TYPE)
        || (isDeclarationLost && OF_ABSENT_DECLARATIONS.contains(diagnostic.code()))
        || isUncertain(diagnostic.span())
        || diagnostic.notes().stream()
            .flatMap(note -> note.span().stream())
            .anyMatch(this::isUncertain);
  }

  private boolean isUncertain(Span span) {
    Span place = span.outermost();
    NavigableMap<Integer, Integer> stretches = uncertain.get(place.source());
    Map.Entry<Integer, Integer> last =
        stretches == null ? null : stretches.lowerEntry(Math.max(place.end(), place.start() + 1));
    return last != null && last.getValue() > place.start();
  }

  private static Optional<Declaration> lastBefore(Span mistake, List<Declaration> declarations) {
    return declarations.stream()
        .filter(declaration -> declaration.span().outermost().source() == mistake.source())
        .filter(declaration -> declaration.span().outermost().start() <= mistake.start())
        .max(Comparator.comparingInt(declaration -> declaration.span().outermost().start()));
  }

  /**
   * What of a declaration is uncertain for a mistake in its statements or behind them. A mistake
   * shows at the token that cannot follow: what it spoils is the statement around that token, or
   * the one before it, and what stands on its line.
   */
  private static Optional<Span> spoiltStatements(
      Span mistake, Declaration declaration, List<Span> heads) {
    SourceText source = mistake.source();
    int line = source.lineOf(mistake.start());
    int lineEnd = source.lineStart(line) + source.line(line).length();
    List<Span> spoilt = new ArrayList<>();
    for (Span head : heads) {
      boolean isOnLine = source.lineOf(head.start()) <= line && line <= source.lineOf(head.end());
      if (isOnLine) {
        spoilt.add(head);
      }
    }
    heads.stream()
        .filter(head -> head.start() < mistake.start())
        .max(Comparator.comparingInt(Span::start))
        .ifPresent(spoilt::add);
    int end = Math.max(mistake.end(), Math.min(lineEnd, declaration.span().outermost().end()));
    return spoilt.stream().anyMatch(head -> head.start() < mistake.start())
        ? Optional.of(
            new Span(
                source,
                spoilt.stream().mapToInt(Span::start).min().orElseThrow(),
                Math.max(end, spoilt.stream().mapToInt(Span::end).max().orElseThrow())))
        : Optional.empty();
  }

  /** The statements of a declaration in the order of the text, each without those in it. */
  private static List<Span> heads(Declaration declaration) {
    List<Span> heads = new ArrayList<>();
    addHeads(declaration, heads);
    return heads.stream()
        .filter(head -> head.source() == declaration.span().outermost().source())
        .toList();
  }

  private static void addHeads(Node node, List<Span> heads) {
    if (node instanceof Statement && !(node instanceof Statement.Block)) {
      Span whole = node.span().outermost();
      int end =
          Children.of(node).stream()
              .filter(Statement.class::isInstance)
              .map(child -> child.span().outermost())
              .filter(child -> child.source() == whole.source())
              .mapToInt(Span::start)
              .filter(start -> start > whole.start())
              .min()
              .orElse(whole.end());
      heads.add(new Span(whole.source(), whole.start(), end));
    }
    Children.forEach(node, child -> addHeads(child, heads));
  }
}
