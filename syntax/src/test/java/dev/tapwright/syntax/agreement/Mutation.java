package dev.tapwright.syntax.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Small damage to a script, as a hand does it: one token deleted, doubled, swapped with its
 * neighbour, or replaced by another. The same seed gives the same damage.
 */
final class Mutation {
  /** What may be damaged: everything but white space and comments. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<skip>\\s+|#[^\\n]*|//[^\\n]*|/\\*.*?\\*/)|(?<code>%\\{.*?%\\})|(?<string>\"(?:[^\"\\\\\\n]|\\\\.)*\")"
              + "|(?<name>[@$]?[A-Za-z_$][\\w$]*)|(?<number>\\d\\w*)"
              + "|(?<sign><<<|>>>|<<=|>>=|==|!=|<=|>=|=~|!~|[-+*/%&^|.]=|&&|\\|\\||\\+\\+|--|->|<<|>>|%[(?:)]|.)",
          Pattern.DOTALL);

  private static final List<String> KINDS = List.of("code", "string", "name", "number", "sign");

  private record Piece(int start, int end, String kind, String text) {}

  private final List<Piece> pool = new ArrayList<>();

  /**
   * @param scripts whose tokens are what others are replaced by
   */
  Mutation(List<String> scripts) {
    for (String script : scripts) {
      pool.addAll(pieces(script));
    }
  }

  /** A damaged copy of a script. */
  String damage(String script, Random random) {
    List<Piece> pieces = pieces(script);
    if (pieces.isEmpty()) {
      return script;
    }
    int at = random.nextInt(pieces.size());
    Piece piece = pieces.get(at);
    String before = script.substring(0, piece.start());
    String behind = script.substring(piece.end());
    return switch (random.nextInt(5)) {
      case 0 -> before + behind;
      case 1 -> before + piece.text() + " " + piece.text() + behind;
      case 2 -> {
        Piece next = pieces.get(Math.min(at + 1, pieces.size() - 1));
        yield at + 1 >= pieces.size()
            ? before
            : before
                + next.text()
                + script.substring(piece.end(), next.start())
                + piece.text()
                + script.substring(next.end());
      }
      case 3 -> before + another(piece.kind(), random) + behind;
      default -> before + another(KINDS.get(random.nextInt(KINDS.size())), random) + behind;
    };
  }

  /** A token of a kind that some script has. */
  private String another(String kind, Random random) {
    for (int tries = 0; tries < 1000; tries++) {
      Piece piece = pool.get(random.nextInt(pool.size()));
      if (piece.kind().equals(kind) && piece.text().length() < 200) {
        return piece.text();
      }
    }
    return ";";
  }

  private static List<Piece> pieces(String script) {
    List<Piece> pieces = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(script);
    while (matcher.find()) {
      for (String kind : KINDS) {
        if (matcher.group(kind) != null) {
          pieces.add(new Piece(matcher.start(), matcher.end(), kind, matcher.group()));
        }
      }
    }
    return pieces;
  }
}
