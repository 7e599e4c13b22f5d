package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.jspecify.annotations.Nullable;

/**
 * A token: its type, where it was written, and the uses of macros that brought it where it is
 * parsed.
 *
 * <p>ANTLR asks for mutable things (an index, a changeable type); only this package changes them.
 */
final class ScriptToken implements Token {
  private int type;
  private int index = -1;
  private final SourceText source;
  private final int start;
  private final int end;
  private final List<Span> expansions;

  /** Where it is not what the source has there: most tokens need no text of their own. */
  private final @Nullable String text;

  private final Origin origin;

  /** Whether the text stands at the place itself, or came there from an argument of the script. */
  private enum Origin {
    SCRIPT,
    ARGUMENT,
    /** From an argument, with nothing between it and the token before. */
    ARGUMENT_GLUED
  }

  ScriptToken(int type, SourceText source, int start, int end, List<Span> expansions, String text) {
    this(type, source, start, end, expansions, text, Origin.SCRIPT);
  }

  private ScriptToken(
      int type,
      SourceText source,
      int start,
      int end,
      List<Span> expansions,
      @Nullable String text,
      Origin origin) {
    this.type = type;
    this.origin = origin;
    this.source = source;
    this.start = start;
    this.end = end;
    this.expansions = expansions;
    this.text = text;
  }

  ScriptToken(int type, SourceText source, int start, int end) {
    this(type, source, start, end, List.of(), null, Origin.SCRIPT);
  }

  /** A copy that further uses of macros, innermost first, have brought elsewhere. */
  ScriptToken expandedBy(List<Span> outer) {
    return new ScriptToken(type, source, start, end, outer, text, origin);
  }

  /** A copy that is brought elsewhere by uses of macros besides those that it already has. */
  ScriptToken withExpansions(List<Span> outer) {
    if (expansions.isEmpty()) {
      return expandedBy(outer);
    }
    List<Span> all = new ArrayList<>(expansions.size() + outer.size());
    all.addAll(expansions);
    all.addAll(outer);
    return new ScriptToken(type, source, start, end, all, text, origin);
  }

  /** A token of an argument that takes this token's place, and what follows up to an offset. */
  ScriptToken replacedBy(int newType, String newText, int newEnd, boolean isGlued) {
    return new ScriptToken(
        newType,
        source,
        start,
        newEnd,
        expansions,
        newText,
        isGlued ? Origin.ARGUMENT_GLUED : Origin.ARGUMENT);
  }

  /** A copy that reads otherwise. */
  ScriptToken withText(String other) {
    return new ScriptToken(type, source, start, end, expansions, other, origin);
  }

  boolean isFromArgument() {
    return origin != Origin.SCRIPT;
  }

  /** Where it was written. */
  Span span() {
    return new Span(source, start, end, expansions, isFromArgument() ? getText() : "");
  }

  SourceText source() {
    return source;
  }

  int start() {
    return start;
  }

  /** Offset behind the last character. */
  int end() {
    return end;
  }

  List<Span> expansions() {
    return expansions;
  }

  /** Whether nothing at all stands between this token and the next. */
  boolean touches(ScriptToken next) {
    return next.origin == Origin.ARGUMENT_GLUED
        || (source == next.source && end == next.start && expansions.equals(next.expansions));
  }

  void setType(int type) {
    this.type = type;
  }

  void setIndex(int index) {
    this.index = index;
  }

  @Override
  public String getText() {
    return text == null ? source.text().substring(start, end) : text;
  }

  @Override
  public int getType() {
    return type;
  }

  @Override
  public int getLine() {
    return source.lineOf(start) + 1;
  }

  @Override
  public int getCharPositionInLine() {
    return start - source.lineStart(source.lineOf(start));
  }

  @Override
  public int getChannel() {
    return DEFAULT_CHANNEL;
  }

  @Override
  public int getTokenIndex() {
    return index;
  }

  @Override
  public int getStartIndex() {
    return start;
  }

  @Override
  public int getStopIndex() {
    return end - 1;
  }

  @Override
  public @Nullable TokenSource getTokenSource() {
    return null;
  }

  @Override
  public @Nullable CharStream getInputStream() {
    return null;
  }

  @Override
  public String toString() {
    return getText() + "@" + span();
  }
}
