package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.grammar.ScriptLexer;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the script's arguments in: {@code $1} as it is, {@code @1} as a string, {@code $#} and
 * {@code @#} for their number. An argument that was not given stays, for {@link TokenCheck} to
 * complain of if it is still there in the end.
 */
final class ScriptArguments {
  private ScriptArguments() {}

  static List<ScriptToken> substitute(List<ScriptToken> tokens, List<String> arguments) {
    if (!hasArgument(tokens)) {
      return tokens;
    }
    List<ScriptToken> output = new ArrayList<>(tokens.size() + 16);
    for (ScriptToken token : tokens) {
      if (!isArgument(token)) {
        output.add(token);
        continue;
      }
      boolean isString = token.getText().charAt(0) == '@';
      if (token.getType() == ScriptLexer.ARGUMENT_COUNT) {
        add(Integer.toString(arguments.size()), isString, token, output);
        continue;
      }
      int number = number(token.getText());
      if (number < 1 || number > arguments.size()) {
        output.add(token);
      } else {
        add(arguments.get(number - 1), isString, token, output);
      }
    }
    return output;
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

  private static int number(String text) {
    return text.length() > 4 ? 0 : Integer.parseInt(text.substring(1));
  }

  private static void add(
      String argument, boolean isString, ScriptToken place, List<ScriptToken> output) {
    if (isString) {
      output.add(place.replacedBy(ScriptLexer.STRING, StringEscapes.quote(argument), false));
      return;
    }
    int end = -1;
    for (ScriptToken token : TokenReader.read(new SourceText("argument", argument))) {
      output.add(place.replacedBy(token.getType(), token.getText(), token.start() == end));
      end = token.end();
    }
  }
}
