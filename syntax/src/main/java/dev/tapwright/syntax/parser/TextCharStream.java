package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.SourceText;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * The characters of a source text for ANTLR, at the text's own UTF-16 offsets.
 *
 * <p>Every character outside ASCII looks like U+007F to the lexer: none has a meaning of its own
 * there, and ANTLR keeps transitions only for ASCII.
 */
final class TextCharStream implements CharStream {
  private static final int OUTSIDE_ASCII = 0x7f;

  private final SourceText source;
  private final String text;
  private int position;

  TextCharStream(SourceText source) {
    this.source = source;
    this.text = source.text();
  }

  @Override
  public void consume() {
    if (position >= text.length()) {
      throw new IllegalStateException("at the end");
    }
    position++;
  }

  @Override
  public int LA(int distance) {
    int at = distance > 0 ? position + distance - 1 : position + distance;
    if (distance == 0 || at < 0 || at >= text.length()) {
      return distance == 0 ? 0 : EOF;
    }
    char character = text.charAt(at);
    return character < OUTSIDE_ASCII ? character : OUTSIDE_ASCII;
  }

  @Override
  public int mark() {
    return -1;
  }

  @Override
  public void release(int marker) {}

  @Override
  public int index() {
    return position;
  }

  @Override
  public void seek(int index) {
    position = Math.min(index, text.length());
  }

  @Override
  public int size() {
    return text.length();
  }

  @Override
  public String getSourceName() {
    return source.name();
  }

  @Override
  public String getText(Interval interval) {
    int start = Math.min(interval.a, text.length());
    int end = Math.min(interval.b + 1, text.length());
    return start >= end ? "" : text.substring(start, end);
  }
}
