package dev.tapwright.server.feature;

import dev.tapwright.server.snapshot.Analysis;
import dev.tapwright.server.snapshot.Snapshot;
import dev.tapwright.server.text.Document;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.ProbePoint;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.SymbolKind;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** The outline: what a script declares. */
public final class DocumentSymbols {
  private DocumentSymbols() {}

  /**
   * The outline of a document.
   *
   * @param isHierarchical whether the client knows symbols with a range of their own
   */
  public static List<Either<SymbolInformation, DocumentSymbol>> of(
      Snapshot snapshot, Analysis analysis, boolean isHierarchical) {
    Document document = snapshot.document();
    return analysis.compilation().script().declarations().stream()
        .flatMap(declaration -> symbols(document, declaration))
        .map(
            symbol ->
                isHierarchical
                    ? Either.<SymbolInformation, DocumentSymbol>forRight(symbol)
                    : flat(document, symbol))
        .toList();
  }

  @SuppressWarnings("deprecation") // the flat form is what such clients know
  private static Either<SymbolInformation, DocumentSymbol> flat(
      Document document, DocumentSymbol symbol) {
    return Either.forLeft(
        new SymbolInformation(
            symbol.getName(), symbol.getKind(), new Location(document.uri(), symbol.getRange())));
  }

  private static Stream<DocumentSymbol> symbols(Document document, Declaration declaration) {
    return switch (declaration) {
      case Declaration.Probe probe ->
          symbol(
              document,
              "probe " + names(probe.points()),
              SymbolKind.Event,
              "",
              probe,
              probe.points().getFirst());
      case Declaration.Alias alias ->
          alias.names().stream()
              .flatMap(
                  name ->
                      symbol(
                          document,
                          text(name.point()),
                          SymbolKind.Interface,
                          "= " + names(alias.points()),
                          alias,
                          name.point()));
      case Declaration.Function function ->
          symbol(
              document,
              function.name().name(),
              SymbolKind.Function,
              parameters(function),
              function,
              function.name());
      case Declaration.Globals globals ->
          globals.variables().stream()
              .flatMap(
                  variable ->
                      symbol(
                          document,
                          variable.name().name(),
                          SymbolKind.Variable,
                          "global",
                          variable,
                          variable.name()));
      case Declaration.Embedded _ -> Stream.empty();
    };
  }

  private static Stream<DocumentSymbol> symbol(
      Document document, String name, SymbolKind kind, String detail, Node all, Node selection) {
    Span range = all.span().outermost();
    Span selected = selection.span().outermost();
    if (range.source() != document.source() || name.isBlank()) {
      return Stream.empty();
    }
    boolean isInside =
        selected.source() == range.source()
            && selected.start() >= range.start()
            && selected.end() <= range.end();
    Span inside = isInside ? selected : range;
    return Stream.of(
        new DocumentSymbol(
            name,
            kind,
            document.lines().range(range.start(), range.end()),
            document.lines().range(inside.start(), inside.end()),
            detail));
  }

  private static String names(List<ProbePoint> points) {
    return points.stream().map(DocumentSymbols::text).collect(Collectors.joining(", "));
  }

  private static String text(ProbePoint point) {
    return point.span().outermost().text().strip().replaceAll("\\s+", " ");
  }

  private static String parameters(Declaration.Function function) {
    return function.parameters().stream()
        .map(parameter -> parameter.name().name())
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
