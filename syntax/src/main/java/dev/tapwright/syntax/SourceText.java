package dev.tapwright.syntax;

import java.util.Arrays;

/**
 * One file of script text, and where its lines begin.
 *
 * <p>Offsets count UTF-16 units of {@link #text()}. A byte that is not UTF-8 is kept as the lone
 * surrogate {@code U+DC00 + byte}, so that any file, even binary, has a text and its bytes can be
 * had again.
 */
public final class SourceText {
  private final String name;
  private final String text;
  private final int[] lineStarts;

  /**
   * @param name what messages call the file: a path, or {@code <input>}
   * @param text the whole text
   */
  public SourceText(String name, String text) {
    this.name = name;
    this.text = text;
    this.lineStarts = lineStarts(text);
  }

  /** The text of a file's bytes; see {@link ByteText}. */
  public static SourceText ofBytes(String name, byte[] bytes) {
    return new SourceText(name, ByteText.toText(bytes));
  }

  private static int[] lineStarts(String text) {
    int count = 1;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      count++;
    }
    int[] starts = new int[count];
    int line = 1;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      starts[line++] = i + 1;
    }
    return starts;
  }

  /** What messages call the file. */
  public String name() {
    return name;
  }

  /** The whole text. */
  public String text() {
    return text;
  }

  /** The bytes that the text was made of, or would be written as. */
  public byte[] bytes() {
    return ByteText.toBytes(text);
  }

  /** The 1-based column of an offset, counted in bytes as SystemTap counts. */
  public int byteColumn(int offset) {
    return ByteText.byteLength(text, lineStarts[lineOf(offset)], offset) + 1;
  }

  /** Number of lines; a text that ends in a newline has an empty last line. */
  public int lineCount() {
    return lineStarts.length;
  }

  /** The 0-based line that holds an offset. */
  public int lineOf(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found : -found - 2;
  }

  /** Offset of the first character of a 0-based line. */
  public int lineStart(int line) {
    return lineStarts[line];
  }

  /** The text of a 0-based line, without its newline. */
  public String line(int line) {
    int start = lineStarts[line];
    int end = line + 1 < lineStarts.length ? lineStarts[line + 1] - 1 : text.length();
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return name;
  }
}
