package dev.tapwright.compiler.assembler;

import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.EmbeddedCode;
import java.util.ArrayList;
import java.util.List;

/** What is found wrong with a block, at places in its text. */
final class AssemblyProblems {
  /** Characters of the mark that the block begins with. */
  private static final int OPENING = 2;

  private final EmbeddedCode code;
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  AssemblyProblems(EmbeddedCode code) {
    this.code = code;
  }

  /** The place in the script of a stretch of the block's text. */
  Span span(int start, int end) {
    int first = code.span().start() + OPENING;
    return new Span(code.span().source(), first + start, first + end, code.span().expansions());
  }

  /** Says what is wrong at a stretch. */
  void add(int start, int end, String message) {
    add(Diagnostic.error(AssemblyCodes.ASSEMBLER, span(start, end), message));
  }

  /** Says what is wrong with a piece. */
  void add(AssemblyToken token, String message) {
    add(token.start(), token.end(), message);
  }

  /** Adds a diagnostic. */
  void add(Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
  }

  /** What was found. */
  List<Diagnostic> diagnostics() {
    return List.copyOf(diagnostics);
  }
}
