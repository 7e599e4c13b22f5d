package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.DiagnosticCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gathers what one parse finds wrong. */
final class DiagnosticCollector {
  /** More than anybody reads. */
  private static final int MOST = 1000;

  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Set<Integer> errors = new HashSet<>();
  private final List<Distrust> distrusted = new ArrayList<>();

  /** A stretch of a text in which a mistake is the echo of one before it. */
  private record Distrust(SourceText source, int from, int to) {
    boolean holds(Span span) {
      return span.source().equals(source) && span.start() > from && span.start() <= to;
    }
  }

  /** Whether something has been reported of the very place. */
  boolean hasErrorAt(Span span) {
    return errors.contains(span.start());
  }

  boolean hasErrors() {
    return !errors.isEmpty();
  }

  /**
   * Takes what the parser will complain of behind a token, up to an offset, for the token's fault.
   */
  void distrust(Span token, int to) {
    distrusted.add(new Distrust(token.source(), token.start(), to));
  }

  void add(Diagnostic diagnostic) {
    boolean isEcho =
        !diagnostic.code().equals(SyntaxCodes.INVALID_TOKEN)
            && distrusted.stream().anyMatch(stretch -> stretch.holds(diagnostic.span()));
    if (diagnostics.size() < MOST && !isEcho) {
      diagnostics.add(diagnostic);
    }
    if (diagnostic.isError()) {
      errors.add(diagnostic.span().start());
    }
  }

  void error(DiagnosticCode code, Span span, String message) {
    add(Diagnostic.error(code, span, message));
  }

  void warning(DiagnosticCode code, Span span, String message) {
    add(Diagnostic.warning(code, span, message));
  }

  /** What was found, in the order of the text. */
  List<Diagnostic> inOrder() {
    diagnostics.sort((left, right) -> compare(left.span(), right.span()));
    return diagnostics;
  }

  /** Of two places in one use of a macro, the one that comes first within the macro. */
  private static int compare(Span left, Span right) {
    int leftUses = left.expansions().size();
    int rightUses = right.expansions().size();
    for (int i = 0; i <= Math.min(leftUses, rightUses); i++) {
      Span leftPlace = i == leftUses ? left : left.expansions().get(leftUses - 1 - i);
      Span rightPlace = i == rightUses ? right : right.expansions().get(rightUses - 1 - i);
      if (leftPlace.start() != rightPlace.start()) {
        return Integer.compare(leftPlace.start(), rightPlace.start());
      }
    }
    return 0;
  }
}
