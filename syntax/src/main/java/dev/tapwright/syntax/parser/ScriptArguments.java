package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.grammar.ScriptLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the script's arguments in, character by character: {@code $1} as it is, so that {@code $1x}
 * can be one name and {@code $1} can begin a comment, {@code @1} as a string, {@code $#} and
 * {@code @#} for their number. An argument that was not given stays, for {@link TokenCheck} to
 * complain of if it is still there in the end.
 */
final class ScriptArguments {
  /** Characters behind an argument that are looked at first, for where its last token ends. */
  private static final int BEHIND = 256;

  private final SourceText source;
  private final List<String> arguments;
  private final Set<Integer> used;
  private final List<ScriptToken> output = new ArrayList<>();

  private ScriptArguments(SourceText source, List<String> arguments, Set<Integer> used) {
    this.used = used;
    this.source = source;
    this.arguments = arguments;
  }

  /**
   * The tokens of a text with its arguments.
   *
   * @param used where to put the numbers of those that it names
   */
  static List<ScriptToken> substitute(
      SourceText source, List<String> arguments, Set<Integer> used) {
    List<ScriptToken> tokens = TokenReader.read(source);
    if (!hasArgument(tokens)) {
      return tokens;
    }
    ScriptArguments substitution = new ScriptArguments(source, arguments, used);
    substitution.run();
    return substitution.output;
  }

  private static boolean hasArgument(List<ScriptToken> tokens) {
    for (ScriptToken token : tokens) {
      if (isArgument(token)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isArgument(ScriptToken token) {
    return token.getType() == ScriptLexer.ARGUMENT || token.getType() == ScriptLexer.ARGUMENT_COUNT;
  }

  private void run() {
    TokenReader reader = new TokenReader(source, 0);
    for (Optional<ScriptToken> next = reader.next(); next.isPresent(); next = reader.next()) {
      ScriptToken token = next.get();
      Optional<String> value = isArgument(token) ? value(token) : Optional.empty();
      if (value.isEmpty()) {
        output.add(token);
      } else if (token.getText().charAt(0) == '@') {
        String literal = StringEscapes.quote(value.get());
        output.add(token.replacedBy(ScriptLexer.STRING, literal, token.end(), false));
      } else {
        int end = add(value.get(), token);
        if (end > token.end()) {
          reader = new TokenReader(source, end);
        }
      }
    }
  }

  private Optional<String> value(ScriptToken token) {
    if (token.getType() == ScriptLexer.ARGUMENT_COUNT) {
      return Optional.of(Integer.toString(arguments.size()));
    }
    int number = token.getText().length() > 4 ? 0 : Integer.parseInt(token.getText().substring(1));
    if (number < 1 || number > arguments.size()) {
      return Optional.empty();
    }
    used.add(number);
    return Optional.of(arguments.get(number - 1));
  }

  /** Adds an argument's tokens; gives the offset in the script at which to go on. */
  private int add(String argument, ScriptToken place) {
    int rest = source.text().length() - place.end();
    int behind = Math.min(rest, BEHIND);
    int size = output.size();
    while (true) {
      String text =
          argument + source.text().substring(place.end(), Math.addExact(place.end(), behind));
      int end = addTokens(new SourceText("argument", text), argument.length(), place);
      if (behind == rest || end < text.length()) {
        return place.end() + Math.max(0, end - argument.length());
      }
      output.subList(size, output.size()).clear();
      behind = (int) Math.min(rest, 16L * behind);
    }
  }

  /**
   * Adds the tokens that begin within the first so many characters.
   *
   * @return the offset behind the last of them, or of the token that follows
   */
  private int addTokens(SourceText text, int length, ScriptToken place) {
    TokenReader reader = new TokenReader(text, 0);
    int end = -1;
    for (Optional<ScriptToken> next = reader.next(); next.isPresent(); next = reader.next()) {
      ScriptToken token = next.get();
      if (token.start() >= length) {
        return token.start();
      }
      boolean isGlued = token.start() == end;
      end = token.end();
      int taken = Math.max(0, end - length);
      output.add(place.replacedBy(token.getType(), token.getText(), place.end() + taken, isGlued));
      if (taken > 0) {
        return end;
      }
    }
    return text.text().length();
  }
}
