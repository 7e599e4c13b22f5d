package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.ByteText;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.grammar.ScriptLexer;
import java.util.Locale;
import java.util.Optional;

/**
 * Says in SystemTap's words what token stands at a place: {@code identifier 'x'}, {@code operator
 * ';'}, {@code keyword}.
 */
public final class TokenDescription {
  /** Characters of a token that is shown whole. */
  private static final int LONGEST = 1000;

  private TokenDescription() {}

  /** The token that a span begins with; empty at the end of the text. */
  public static Optional<String> of(Span span) {
    Optional<ScriptToken> found =
        span.substitute().isEmpty()
            ? TokenReader.first(span.source(), span.start())
            : TokenReader.first(new SourceText("argument", span.substitute()), 0);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ScriptToken token = found.get();
    String text = shortened(token.getText());
    int type = token.getType();
    if (Keywords.isKeyword(type)) {
      return Optional.of("keyword");
    }
    return Optional.of(
        switch (type) {
          case ScriptLexer.NAME -> "identifier '" + (isPattern(span) ? span.text() : text) + "'";
          case ScriptLexer.STAR ->
              isPattern(span) && span.end() - span.start() > 1
                  ? "identifier '" + span.text() + "'"
                  : "operator '*'";
          case ScriptLexer.NUMBER -> "number '" + text + "'";
          case ScriptLexer.STRING -> "string '" + content(text) + "'";
          case ScriptLexer.EMBEDDED ->
              text.endsWith("%}") && text.length() >= 4 ? "embedded-code" : "junk ''";
          case ScriptLexer.UNTERMINATED_STRING, ScriptLexer.ARGUMENT, ScriptLexer.ARGUMENT_COUNT ->
              "junk ''";
          case ScriptLexer.JUNK -> "junk '" + firstByte(text) + "'";
          default -> "operator '" + text + "'";
        });
  }

  /** What stands between the quotes; a backslash that escapes nothing is left out. */
  private static String content(String literal) {
    StringBuilder content = new StringBuilder();
    for (int i = 1; i < literal.length() - 1; i++) {
      char character = literal.charAt(i);
      if (character == '\\' && i + 2 < literal.length()) {
        char escape = literal.charAt(++i);
        if ("abtnvfrx01234567\\".indexOf(escape) >= 0) {
          content.append(character);
        }
        content.append(escape);
      } else {
        content.append(character);
      }
    }
    return content.toString();
  }

  /** Of a token that no person wrote, its ends. */
  private static String shortened(String text) {
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST / 2) + "…" + text.substring(text.length() - LONGEST / 2);
  }

  private static boolean isPattern(Span span) {
    int length = span.end() - span.start();
    if (length == 0 || length > 200 || !span.substitute().isEmpty()) {
      return false;
    }
    String text = span.text();
    for (int i = 0; i < length; i++) {
      char character = text.charAt(i);
      if (character != '*'
          && character != '_'
          && character != '$'
          && !Character.isLetterOrDigit(character)) {
        return false;
      }
    }
    return true;
  }

  private static String firstByte(String text) {
    return String.format(Locale.ROOT, "\\x%02x", ByteText.toBytes(text)[0] & 0xff);
  }
}
