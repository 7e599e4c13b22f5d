package dev.tapwright.server.feature;

import dev.tapwright.server.run.RunCommands;
import dev.tapwright.server.snapshot.Analysis;
import dev.tapwright.server.snapshot.Snapshot;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Declaration;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.Command;

/** <i>Run</i>, above the first probe: a script runs as a whole. */
public final class CodeLenses {
  private CodeLenses() {}

  /** The lenses of a document. */
  public static List<CodeLens> of(Snapshot snapshot, Analysis analysis) {
    Optional<Span> first =
        analysis.compilation().script().declarations().stream()
            .filter(Declaration.Probe.class::isInstance)
            .map(probe -> probe.span().outermost())
            .filter(span -> span.source() == snapshot.document().source())
            .findFirst();
    return first.stream()
        .map(
            span ->
                new CodeLens(
                    snapshot.document().lines().range(span.start(), span.start()),
                    new Command("▶ Run", RunCommands.RUN, List.of(snapshot.document().uri())),
                    null))
        .toList();
  }
}
