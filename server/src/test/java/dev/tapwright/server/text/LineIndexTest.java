package dev.tapwright.server.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.lsp4j.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineIndexTest {
  /**
   * A letter of two bytes, then one of two UTF-16 units, on the second line; all three kinds of
   * line end.
   */
  private static final String TEXT = "ab\r\né😀z\rq\n";

  @ParameterizedTest
  @CsvSource({
    // encoding, line, character, offset
    "UTF_16, 0, 0, 0",
    "UTF_16, 0, 2, 2",
    "UTF_16, 0, 9, 2",
    "UTF_16, 1, 0, 4",
    "UTF_16, 1, 1, 5",
    "UTF_16, 1, 3, 7",
    "UTF_16, 1, 2147483647, 8",
    "UTF_16, 2, 0, 9",
    "UTF_16, 2, 1, 10",
    "UTF_16, 3, 0, 11",
    "UTF_16, 99, 5, 11",
    "UTF_16, -1, 5, 0",
    "UTF_16, 1, -7, 4",
    "UTF_8, 1, 2, 5",
    "UTF_8, 1, 6, 7",
    "UTF_8, 1, 4, 5",
    "UTF_8, 1, 7, 8",
    "UTF_32, 1, 2, 7",
    "UTF_32, 1, 3, 8",
    "UTF_32, 1, 4, 8",
  })
  void findsOffsets(PositionEncoding encoding, int line, int character, int offset) {
    assertThat(new LineIndex(TEXT, encoding).offset(new Position(line, character)))
        .isEqualTo(offset);
  }

  @ParameterizedTest
  @CsvSource({
    "UTF_16, 7, 1, 3",
    "UTF_8, 7, 1, 6",
    "UTF_32, 7, 1, 2",
    "UTF_16, 11, 3, 0",
    "UTF_16, 500, 3, 0",
    "UTF_16, -3, 0, 0"
  })
  void findsPositions(PositionEncoding encoding, int offset, int line, int character) {
    assertThat(new LineIndex(TEXT, encoding).position(offset))
        .isEqualTo(new Position(line, character));
  }

  @Test
  void takesAnEmptyText() {
    assertThat(new LineIndex("", PositionEncoding.UTF_16).position(0))
        .isEqualTo(new Position(0, 0));
  }
}
