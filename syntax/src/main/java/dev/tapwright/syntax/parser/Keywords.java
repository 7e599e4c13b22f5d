package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.grammar.ScriptLexer;

/** Tells the language's words from names. */
final class Keywords {
  private Keywords() {}

  /** The type of a word that does not begin with {@code @}. */
  static int typeOf(String word) {
    return switch (word) {
      case "probe" -> ScriptLexer.PROBE;
      case "global" -> ScriptLexer.GLOBAL;
      case "private" -> ScriptLexer.PRIVATE;
      case "function" -> ScriptLexer.FUNCTION;
      case "if" -> ScriptLexer.IF;
      case "else" -> ScriptLexer.ELSE;
      case "for" -> ScriptLexer.FOR;
      case "foreach" -> ScriptLexer.FOREACH;
      case "in" -> ScriptLexer.IN;
      case "limit" -> ScriptLexer.LIMIT;
      case "return" -> ScriptLexer.RETURN;
      case "delete" -> ScriptLexer.DELETE;
      case "while" -> ScriptLexer.WHILE;
      case "break" -> ScriptLexer.BREAK;
      case "continue" -> ScriptLexer.CONTINUE;
      case "next" -> ScriptLexer.NEXT;
      case "string" -> ScriptLexer.STRING_TYPE;
      case "long" -> ScriptLexer.LONG_TYPE;
      case "try" -> ScriptLexer.TRY;
      case "catch" -> ScriptLexer.CATCH;
      default -> ScriptLexer.NAME;
    };
  }

  /**
   * The type of a word that begins with {@code @}; {@code AT_NAME} when it is no operator of the
   * language.
   */
  static int operatorTypeOf(String word) {
    return switch (word) {
      case "@cast" -> ScriptLexer.AT_CAST;
      case "@defined" -> ScriptLexer.AT_DEFINED;
      case "@probewrite" -> ScriptLexer.AT_PROBEWRITE;
      case "@entry" -> ScriptLexer.AT_ENTRY;
      case "@perf" -> ScriptLexer.AT_PERF;
      case "@var" -> ScriptLexer.AT_VAR;
      case "@avg" -> ScriptLexer.AT_AVG;
      case "@count" -> ScriptLexer.AT_COUNT;
      case "@sum" -> ScriptLexer.AT_SUM;
      case "@min" -> ScriptLexer.AT_MIN;
      case "@max" -> ScriptLexer.AT_MAX;
      case "@variance" -> ScriptLexer.AT_VARIANCE;
      case "@hist_linear" -> ScriptLexer.AT_HIST_LINEAR;
      case "@hist_log" -> ScriptLexer.AT_HIST_LOG;
      case "@const" -> ScriptLexer.AT_CONST;
      case "@enum" -> ScriptLexer.AT_ENUM;
      case "@enumname" -> ScriptLexer.AT_ENUMNAME;
      case "@kregister" -> ScriptLexer.AT_KREGISTER;
      case "@uregister" -> ScriptLexer.AT_UREGISTER;
      case "@kderef" -> ScriptLexer.AT_KDEREF;
      case "@uderef" -> ScriptLexer.AT_UDEREF;
      case "@define" -> ScriptLexer.AT_DEFINE;
      default -> ScriptLexer.AT_NAME;
    };
  }

  /** Whether a token is a keyword, which {@code ->} or a probe point may also use as a name. */
  static boolean isKeyword(int type) {
    return type >= ScriptLexer.PROBE && type <= ScriptLexer.CATCH;
  }

  /** Whether a name belongs to the family of {@code print}, and so can be nothing else. */
  static int printTypeOf(String name) {
    return switch (name) {
      case "print", "println", "sprint", "sprintln", "print_char" -> ScriptLexer.PRINT_NAME;
      case "printd", "printdln", "printf", "sprintd", "sprintdln", "sprintf" ->
          ScriptLexer.FORMAT_NAME;
      default -> ScriptLexer.NAME;
    };
  }
}
