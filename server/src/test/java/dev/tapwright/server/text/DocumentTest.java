package dev.tapwright.server.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.junit.jupiter.api.Test;

class DocumentTest {
  private static Document document(String text) {
    return Document.of("file:///x.stp", 1, text, PositionEncoding.UTF_16);
  }

  private static TextDocumentContentChangeEvent change(
      int l1, int c1, int l2, int c2, String text) {
    return new TextDocumentContentChangeEvent(
        new Range(new Position(l1, c1), new Position(l2, c2)), text);
  }

  @Test
  void makesChangesOneAfterTheOther() {
    Document edited =
        document("one\ntwo\n")
            .edited(
                2,
                List.of(
                    change(0, 0, 0, 3, "1\n1½"), change(1, 2, 2, 1, ""), change(9, 9, 9, 9, "end")),
                PositionEncoding.UTF_16);
    assertThat(edited.text()).isEqualTo("1\n1½wo\nend");
    assertThat(edited.version()).isEqualTo(2);
  }

  @Test
  void takesAWholeNewText() {
    assertThat(
            document("x")
                .edited(
                    5, List.of(new TextDocumentContentChangeEvent("yz")), PositionEncoding.UTF_16)
                .text())
        .isEqualTo("yz");
  }

  @Test
  void takesARangeWrittenBackwards() {
    assertThat(
            document("abcdef")
                .edited(2, List.of(change(0, 4, 0, 1, "-")), PositionEncoding.UTF_16)
                .text())
        .isEqualTo("a-ef");
  }

  /** Any sequence of edits gives what the same edits of a plain string give. */
  @Test
  void agreesWithEditingAString() {
    Random random = new Random(7);
    String pieces = "ab\r\n\né😀{}\"";
    Document document = document("");
    StringBuilder expected = new StringBuilder();
    for (int version = 1; version <= 2000; version++) {
      int start = random.nextInt(expected.length() + 1);
      int end = Math.min(expected.length(), start + random.nextInt(6));
      // The protocol has no position between the two characters of a line end.
      if (splitsLineEnd(expected, start) || splitsLineEnd(expected, end)) {
        continue;
      }
      int from = random.nextInt(pieces.length());
      String text = pieces.substring(from, Math.min(pieces.length(), from + random.nextInt(4)));
      Range range = document.lines().range(start, end);
      document =
          document.edited(
              version,
              List.of(new TextDocumentContentChangeEvent(range, text)),
              PositionEncoding.UTF_16);
      expected.replace(start, end, text);
      assertThat(document.text()).isEqualTo(expected.toString());
    }
  }

  private static boolean splitsLineEnd(CharSequence text, int offset) {
    return offset > 0
        && offset < text.length()
        && text.charAt(offset - 1) == '\r'
        && text.charAt(offset) == '\n';
  }

  @Test
  void namesDocumentsByTheirPath() {
    assertThat(Uris.displayName("file:///home/a%20b/x.stp")).isEqualTo("/home/a b/x.stp");
    assertThat(Uris.displayName("untitled:Untitled-1")).isEqualTo("untitled:Untitled-1");
    assertThat(Uris.displayName("%%%")).isEqualTo("%%%");
    assertThat(Uris.path("file:relative")).isEmpty();
    assertThat(Uris.path("file://host/x")).isEmpty();
  }
}
