package dev.tapwright.compiler.assembler;

import dev.tapwright.compiler.assembler.AssemblyToken.Kind;
import java.util.ArrayList;
import java.util.List;

/** Takes a block's text apart. */
final class AssemblyLexer {
  private final String text;
  private final AssemblyProblems problems;
  private final List<AssemblyToken> tokens = new ArrayList<>();
  private int at;

  private AssemblyLexer(String text, AssemblyProblems problems) {
    this.text = text;
    this.problems = problems;
  }

  /** The pieces, the last of which ends a statement. */
  static List<AssemblyToken> tokens(String text, AssemblyProblems problems) {
    AssemblyLexer lexer = new AssemblyLexer(text, problems);
    while (lexer.at < text.length()) {
      lexer.next();
    }
    lexer.add(Kind.END, text.length(), "");
    return lexer.tokens;
  }

  private void next() {
    int start = at;
    char first = text.charAt(at++);
    if (first == '\n' || first == ';') {
      add(Kind.END, start, String.valueOf(first));
    } else if (Character.isWhitespace(first)) {
      return;
    } else if (first == '/' && at < text.length() && text.charAt(at) == '*') {
      int end = text.indexOf("*/", at + 1);
      at = end < 0 ? text.length() : end + 2;
    } else if (first == '/' && at < text.length() && text.charAt(at) == '/') {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
    } else if (first == '"') {
      string(start);
    } else if (Character.isDigit(first)) {
      skipWord();
      add(Kind.NUMBER, start, text.substring(start, at));
    } else if (isWord(first)) {
      skipWord();
      add(Kind.WORD, start, text.substring(start, at));
    } else if (",:[]+-".indexOf(first) >= 0) {
      add(Kind.MARK, start, String.valueOf(first));
    } else {
      problems.add(start, at, "unexpected '%s' in assembler".formatted(first));
    }
  }

  private void add(Kind kind, int start, String value) {
    tokens.add(new AssemblyToken(kind, start, at, value));
  }

  private void skipWord() {
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isWord(char character) {
    return character == '$'
        || character == '_'
        || (character < 0x80 && Character.isLetterOrDigit(character));
  }

  private void string(int start) {
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
      char character = text.charAt(at++);
      if (character == '\\' && at < text.length()) {
        value.append(escaped(text.charAt(at++)));
      } else {
        value.append(character);
      }
    }
    if (at < text.length() && text.charAt(at) == '"') {
      at++;
    } else {
      problems.add(start, at, "this string does not end on its line");
    }
    add(Kind.STRING, start, value.toString());
  }

  private static char escaped(char escape) {
    return switch (escape) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'a' -> '\u0007';
      case 'b' -> '\b';
      case 'v' -> '\u000b';
      case 'f' -> '\f';
      default -> escape;
    };
  }
}
