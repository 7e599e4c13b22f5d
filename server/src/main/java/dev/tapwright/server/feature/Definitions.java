package dev.tapwright.server.feature;

import dev.tapwright.server.snapshot.Analysis;
import dev.tapwright.server.snapshot.Snapshot;
import dev.tapwright.server.text.Document;
import dev.tapwright.syntax.tree.Node;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;

/**
 * Where a name is declared.
 *
 * @param translator finds the place of a span
 */
public record Definitions(DiagnosticTranslator translator) {
  /** The declarations of what is named at a position. */
  public List<Location> at(Snapshot snapshot, Analysis analysis, Position position) {
    Document document = snapshot.document();
    NodePath path =
        NodePath.to(document, analysis.compilation().script(), document.lines().offset(position));
    for (Node node : path.nodes().reversed()) {
      Optional<Location> location =
          analysis
              .facts()
              .nameOf(node)
              .flatMap(name -> translator.location(document, name.declaration()));
      if (location.isPresent()) {
        return List.of(location.get());
      }
    }
    return List.of();
  }
}
