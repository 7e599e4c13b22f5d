package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.grammar.ScriptLexer;
import java.util.ArrayList;
import java.util.List;

/** Takes from tokens what the version of the language asked for does not have yet. */
final class LanguageGates {
  private final boolean hasHexadecimalEscapes;
  private final boolean hasPrivate;
  private final boolean hasRegisters;
  private final boolean hasEnum;
  private final boolean hasEnumName;

  /**
   * @param version as {@code 5.6}: the first one with the word is the one that has it
   */
  LanguageGates(String version) {
    hasHexadecimalEscapes = VersionOrder.compare(version, "2.3") >= 0;
    hasPrivate = VersionOrder.compare(version, "3.0") >= 0;
    hasRegisters = VersionOrder.compare(version, "4.0") >= 0;
    hasEnum = VersionOrder.compare(version, "5.5") >= 0;
    hasEnumName = VersionOrder.compare(version, "5.6") >= 0;
  }

  /** The tokens as the version reads them. */
  List<ScriptToken> apply(List<ScriptToken> tokens) {
    if (hasEnumName) {
      return tokens;
    }
    List<ScriptToken> output = new ArrayList<>(tokens.size());
    for (ScriptToken token : tokens) {
      output.add(gated(token));
    }
    return output;
  }

  private ScriptToken gated(ScriptToken token) {
    switch (token.getType()) {
      case ScriptLexer.PRIVATE -> {
        if (!hasPrivate) {
          token.setType(ScriptLexer.NAME);
        }
      }
      case ScriptLexer.AT_KREGISTER,
          ScriptLexer.AT_UREGISTER,
          ScriptLexer.AT_KDEREF,
          ScriptLexer.AT_UDEREF -> {
        if (!hasRegisters) {
          token.setType(ScriptLexer.AT_NAME);
        }
      }
      case ScriptLexer.AT_ENUM -> {
        if (!hasEnum) {
          token.setType(ScriptLexer.AT_NAME);
        }
      }
      case ScriptLexer.AT_ENUMNAME -> token.setType(ScriptLexer.AT_NAME);
      case ScriptLexer.STRING -> {
        if (!hasHexadecimalEscapes && token.getText().contains("\\x")) {
          return token.withText(withoutHexadecimal(token.getText()));
        }
      }
      default -> {}
    }
    return token;
  }

  /** {@code \x} was but an x once. */
  private static String withoutHexadecimal(String literal) {
    StringBuilder text = new StringBuilder(literal.length());
    for (int i = 0; i < literal.length(); i++) {
      boolean isEscape = literal.charAt(i) == '\\' && i + 1 < literal.length();
      if (!isEscape) {
        text.append(literal.charAt(i));
      } else {
        if (literal.charAt(i + 1) != 'x') {
          text.append('\\');
        }
        text.append(literal.charAt(++i));
      }
    }
    return text.toString();
  }
}
