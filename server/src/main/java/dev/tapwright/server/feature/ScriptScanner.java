package dev.tapwright.server.feature;

import dev.tapwright.server.feature.ScriptToken.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts a text into {@link ScriptToken}s, up to a place. */
final class ScriptScanner {
  private final String text;
  private final int end;
  private final List<ScriptToken> tokens = new ArrayList<>();
  private int position;

  private ScriptScanner(String text, int end) {
    this.text = text;
    this.end = end;
  }

  static List<ScriptToken> scan(String text, int end) {
    ScriptScanner scanner = new ScriptScanner(text, end);
    while (scanner.position < end) {
      scanner.next();
    }
    return scanner.tokens;
  }

  private void next() {
    char c = text.charAt(position);
    if (Character.isWhitespace(c)) {
      position++;
    } else if (c == '"') {
      string();
    } else if ((c == '#' && !isAfterArgumentMark()) || starts("//")) {
      until("\n", 1);
    } else if (starts("/*")) {
      until("*/", 2);
    } else if (starts("%{")) {
      until("%}", 2);
    } else if (isWordStart(c)) {
      run(Kind.WORD);
    } else if (Character.isDigit(c)) {
      run(Kind.NUMBER);
    } else {
      add(Kind.SIGN, position + 1, true);
    }
  }

  private boolean starts(String mark) {
    return text.startsWith(mark, position) && position + mark.length() <= end;
  }

  /** {@code $#} and {@code @#} are no comments. */
  private boolean isAfterArgumentMark() {
    return position > 0 && (text.charAt(position - 1) == '$' || text.charAt(position - 1) == '@');
  }

  private void string() {
    int i = position + 1;
    while (i < end && text.charAt(i) != '"' && text.charAt(i) != '\n') {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    boolean isClosed = i < end && text.charAt(i) == '"';
    boolean isCut = i < end && !isClosed;
    add(isCut ? Kind.SIGN : Kind.STRING, Math.min(isClosed ? i + 1 : i, end), isClosed);
  }

  private void until(String mark, int opening) {
    int found = text.indexOf(mark, position + opening);
    boolean isClosed = found >= 0 && found + mark.length() <= end;
    add(Kind.OPAQUE, isClosed ? found + mark.length() : end, isClosed);
  }

  private void run(Kind kind) {
    int i = position + 1;
    while (i < end && isWordPart(text.charAt(i))) {
      i++;
    }
    add(kind, i, true);
  }

  private void add(Kind kind, int to, boolean isClosed) {
    tokens.add(new ScriptToken(kind, text.substring(position, to), position, to, isClosed));
    position = to;
  }

  private static boolean isWordStart(char c) {
    return c == '_' || c == '$' || c == '@' || (c < 128 && Character.isLetter(c));
  }

  private static boolean isWordPart(char c) {
    return c == '_' || c == '$' || (c < 128 && Character.isLetterOrDigit(c));
  }
}
