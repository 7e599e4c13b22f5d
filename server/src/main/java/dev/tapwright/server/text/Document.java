package dev.tapwright.server.text;

import dev.tapwright.syntax.SourceText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;

/**
 * One version of a document.
 *
 * @param uri as the client writes it
 * @param version the client's number for it
 * @param source the text, named by its path
 * @param lines its lines
 */
public record Document(String uri, int version, SourceText source, LineIndex lines) {
  /** A document of that text. */
  public static Document of(String uri, int version, String text, PositionEncoding encoding) {
    return new Document(
        uri, version, new SourceText(Uris.displayName(uri), text), new LineIndex(text, encoding));
  }

  /** A document of that text. */
  public static Document of(String uri, int version, SourceText source, PositionEncoding encoding) {
    return new Document(uri, version, source, new LineIndex(source.text(), encoding));
  }

  /** The text. */
  public String text() {
    return source.text();
  }

  /** The folder that its file lies in; empty for a document without a file. */
  public Optional<Path> folder() {
    return Uris.path(uri).map(Path::getParent);
  }

  /**
   * The next version: the changes are made one after the other, each on the result of the one
   * before.
   */
  public Document edited(
      int newVersion, List<TextDocumentContentChangeEvent> changes, PositionEncoding encoding) {
    String text = text();
    LineIndex index = lines;
    for (TextDocumentContentChangeEvent change : changes) {
      String replacement = change.getText() == null ? "" : change.getText();
      Range range = change.getRange();
      if (range == null) {
        text = replacement;
      } else {
        int a = index.offset(range.getStart());
        int b = index.offset(range.getEnd());
        text = text.substring(0, Math.min(a, b)) + replacement + text.substring(Math.max(a, b));
      }
      index = new LineIndex(text, encoding);
    }
    return new Document(uri, newVersion, new SourceText(source.name(), text), index);
  }
}
