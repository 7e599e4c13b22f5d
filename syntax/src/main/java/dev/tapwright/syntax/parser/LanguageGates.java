package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.grammar.ScriptLexer;
import java.util.ArrayList;
import java.util.List;

/** What the version of the language asked for does not have yet, or reads in another way. */
final class LanguageGates {
  private final boolean joinsAcrossComments;
  private final boolean hasHexadecimalEscapes;
  private final boolean hasAutocast;
  private final boolean hasPrivate;
  private final boolean hasRegisters;
  private final boolean hasTightConditionals;
  private final boolean hasEnum;
  private final boolean hasEnumName;

  /**
   * @param version as {@code 5.6}: the first one with the word is the one that has it
   */
  LanguageGates(String version) {
    joinsAcrossComments = VersionOrder.compare(version, "2.0") >= 0;
    hasHexadecimalEscapes = VersionOrder.compare(version, "2.3") >= 0;
    hasAutocast = VersionOrder.compare(version, "2.6") >= 0;
    hasPrivate = VersionOrder.compare(version, "3.0") >= 0;
    hasRegisters = VersionOrder.compare(version, "4.0") >= 0;
    hasTightConditionals = hasRegisters;
    hasEnum = VersionOrder.compare(version, "5.5") >= 0;
    hasEnumName = VersionOrder.compare(version, "5.6") >= 0;
  }

  /** Whether literal strings with a comment between them are one. */
  boolean joinsAcrossComments() {
    return joinsAcrossComments;
  }

  /** Whether anything may have members and elements, not only target variables. */
  boolean hasAutocast() {
    return hasAutocast;
  }

  /** Whether an assignment behind {@code a ? b : c} is to all of it, and not to {@code c}. */
  boolean hasTightConditionals() {
    return hasTightConditionals;
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
