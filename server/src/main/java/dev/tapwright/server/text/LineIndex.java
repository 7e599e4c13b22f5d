package dev.tapwright.server.text;

import java.util.Arrays;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/**
 * Where the lines of a text begin as the protocol counts them ({@code \n}, {@code \r\n} and a lone
 * {@code \r} end a line), and the way from its positions to offsets and back. Takes any position:
 * what lies outside the text is moved to the nearest place in it.
 */
public final class LineIndex {
  private final String text;
  private final PositionEncoding encoding;
  private final int[] starts;

  /** Finds the lines of a text. */
  public LineIndex(String text, PositionEncoding encoding) {
    this.text = text;
    this.encoding = encoding;
    this.starts = lineStarts(text);
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[64];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ends =
          c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
      if (ends) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }

  /** The offset of a position. */
  public int offset(Position position) {
    if (position.getLine() < 0) {
      return 0;
    }
    if (position.getLine() >= starts.length) {
      return text.length();
    }
    int offset = starts[position.getLine()];
    int end = lineEnd(position.getLine());
    if (encoding == PositionEncoding.UTF_16) {
      return (int) Math.min((long) offset + Math.max(position.getCharacter(), 0), end);
    }
    int units = 0;
    while (offset < end) {
      int codePoint = text.codePointAt(offset);
      units += encoding.units(codePoint);
      if (units > position.getCharacter()) {
        break;
      }
      offset += Character.charCount(codePoint);
    }
    return offset;
  }

  /** The position of an offset. */
  public Position position(int offset) {
    int inside = Math.clamp(offset, 0, text.length());
    int found = Arrays.binarySearch(starts, inside);
    int line = found >= 0 ? found : -found - 2;
    int start = starts[line];
    if (encoding == PositionEncoding.UTF_16) {
      return new Position(line, inside - start);
    }
    return new Position(
        line, text.substring(start, inside).codePoints().map(encoding::units).sum());
  }

  /** The range between two offsets. */
  public Range range(int start, int end) {
    return new Range(position(start), position(end));
  }

  private int lineEnd(int line) {
    if (line + 1 == starts.length) {
      return text.length();
    }
    int end = starts[line + 1] - 1;
    boolean isPair = end > starts[line] && text.charAt(end) == '\n' && text.charAt(end - 1) == '\r';
    return isPair ? end - 1 : end;
  }
}
