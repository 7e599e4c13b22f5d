package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.grammar.ScriptLexer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * Gives tokens the types that depend on what stands before them, so that the grammar never has to
 * look ahead.
 *
 * <ul>
 *   <li>Statements need nothing between them and an expression goes on as long as it can, so {@code
 *       + - & ++ -- ( [} and a string are told apart by whether an operand stands before them:
 *       {@code a -1} subtracts, {@code if (a) -b} negates.
 *   <li>In a probe point keywords are names, and names, keywords and {@code *} that touch are one
 *       name: {@code vfs_*}.
 *   <li>Behind {@code ->} keywords are names.
 * </ul>
 */
final class TokenRoles {
  private final List<ScriptToken> input;
  private final LanguageGates gates;
  private final List<ScriptToken> output;

  /**
   * Whether the paren of each depth belongs to a statement, so that no operand ends at its close.
   */
  private final BitSet controlParens = new BitSet();

  private int parens;

  /** Whether the bracket of each depth opens a list to look for, as in {@code [a, b] in c}. */
  private final BitSet listBrackets = new BitSet();

  private int brackets;
  private boolean inProbePoints;

  /** Open braces of probe points. */
  private int groups;

  private int before = Token.EOF;

  /** Whether the token before ends an operand, so that an expression may go on. */
  private boolean afterOperand;

  /**
   * Whether the token before is the array of {@code k in array}, or the end of a list in brackets:
   * looser operators may follow, and nothing else.
   */
  private boolean afterMembership;

  /** Whether the token before is the end of something in the traced program: {@code $a->b}. */
  private boolean afterTarget;

  /** Whether the parens and brackets that are open belong to such a thing; innermost last. */
  private final BitSet targetParens = new BitSet();

  private final BitSet targetBrackets = new BitSet();

  /** Whether the token before may be the name of an array. */
  private boolean afterArrayName;

  /** Whether a paren behind the token before would call it. */
  private boolean afterFunctionName;

  private TokenRoles(List<ScriptToken> input, LanguageGates gates) {
    this.input = input;
    this.gates = gates;
    this.output = new ArrayList<>(input.size() + 1);
  }

  /**
   * Gives the roles; the result may hold fewer tokens.
   *
   * @param gates what the version of the language reads in another way
   */
  static List<ScriptToken> assign(List<ScriptToken> tokens, LanguageGates gates) {
    TokenRoles roles = new TokenRoles(tokens, gates);
    for (int i = 0; i < tokens.size(); ) {
      i = roles.take(i);
    }
    return roles.output;
  }

  /** Takes the token at an index, and gives the index of the next one to take. */
  private int take(int at) {
    ScriptToken token = input.get(at);
    if (inProbePoints && parens == 0 && isComponentExpected() && isNamePart(token)) {
      return takeComponentName(at);
    }
    int type = token.getType();
    if (before == ScriptLexer.ARROW && Keywords.isKeyword(type)) {
      type = ScriptLexer.NAME;
    } else {
      type = roleOf(token, type, at);
    }
    token.setType(type);
    output.add(token);
    follow(token, type);
    return at + 1;
  }

  private boolean isComponentExpected() {
    return switch (before) {
      case ScriptLexer.PROBE,
          ScriptLexer.COMMA,
          ScriptLexer.DOT,
          ScriptLexer.LEFT_BRACE,
          ScriptLexer.ASSIGN,
          ScriptLexer.ADD_ASSIGN ->
          true;
      default -> false;
    };
  }

  private static boolean isNamePart(ScriptToken token) {
    int type = token.getType();
    return type == ScriptLexer.NAME || type == ScriptLexer.STAR || Keywords.isKeyword(type);
  }

  private int takeComponentName(int first) {
    int last = first;
    while (last + 1 < input.size()
        && input.get(last).touches(input.get(last + 1))
        && isNamePart(input.get(last + 1))) {
      last++;
    }
    ScriptToken start = input.get(first);
    StringBuilder text = new StringBuilder(start.getText());
    for (int i = first + 1; i <= last; i++) {
      text.append(input.get(i).getText());
    }
    output.add(
        new ScriptToken(
            ScriptLexer.COMPONENT_NAME,
            start.source(),
            start.start(),
            Math.max(start.start(), input.get(last).end()),
            start.expansions(),
            text.toString()));
    before = ScriptLexer.COMPONENT_NAME;
    afterOperand = true;
    afterMembership = false;
    afterFunctionName = false;
    return last + 1;
  }

  private int roleOf(ScriptToken token, int type, int at) {
    return switch (type) {
      case ScriptLexer.NAME -> roleOfName(token);
      case ScriptLexer.STRING -> isContinuation(token, at) ? ScriptLexer.STRING_CONTINUATION : type;
      case ScriptLexer.PLUS -> isArithmeticAllowed() ? type : ScriptLexer.PREFIX_PLUS;
      case ScriptLexer.MINUS -> isArithmeticAllowed() ? type : ScriptLexer.PREFIX_MINUS;
      case ScriptLexer.AND -> afterOperand ? type : ScriptLexer.ADDRESS_OF;
      case ScriptLexer.INCREMENT -> isStepAllowed() ? type : ScriptLexer.PREFIX_INCREMENT;
      case ScriptLexer.DECREMENT -> isStepAllowed() ? type : ScriptLexer.PREFIX_DECREMENT;
      case ScriptLexer.LEFT_PAREN -> afterFunctionName ? ScriptLexer.CALL : type;
      case ScriptLexer.LEFT_BRACKET ->
          isStepAllowed() && (mayHaveMembers() || afterArrayName) ? ScriptLexer.INDEX : type;
      case ScriptLexer.ARROW -> mayHaveMembers() ? type : ScriptLexer.OTHER_SIGN;
      case ScriptLexer.SEMICOLON ->
          afterOperand || isEndOfWordStatement() ? type : ScriptLexer.EMPTY;
      case ScriptLexer.RETURN -> isValueMissing(at + 1) ? ScriptLexer.BARE_RETURN : type;
      default -> type;
    };
  }

  private int roleOfName(ScriptToken token) {
    String text = token.getText();
    if (text.charAt(0) == '$') {
      boolean isSuffix =
          before == ScriptLexer.RIGHT_BRACKET
              || (before == ScriptLexer.RIGHT_PAREN && afterOperand);
      return isSuffix && mayHaveMembers() && (text.equals("$") || text.equals("$$"))
          ? ScriptLexer.PRETTY
          : ScriptLexer.NAME;
    }
    return switch (before) {
      case ScriptLexer.FUNCTION, ScriptLexer.GLOBAL, ScriptLexer.PRIVATE, ScriptLexer.ARROW ->
          ScriptLexer.NAME;
      default -> Keywords.printTypeOf(text);
    };
  }

  private boolean isContinuation(ScriptToken token, int at) {
    boolean isBehindString =
        before == ScriptLexer.STRING || before == ScriptLexer.STRING_CONTINUATION;
    return isBehindString
        && (gates.joinsAcrossComments() || !isCommentBetween(input.get(at - 1), token));
  }

  private static boolean isCommentBetween(ScriptToken first, ScriptToken second) {
    return first.source() == second.source()
        && first.end() < second.start()
        && first.expansions().equals(second.expansions())
        && !first.source().text().substring(first.end(), second.start()).isBlank()
        && TokenReader.first(first.source(), first.end())
            .filter(next -> next.start() == second.start())
            .isPresent();
  }

  /** Whether the operand before may have members: once only data of the traced program had. */
  private boolean mayHaveMembers() {
    return afterTarget || gates.hasAutocast();
  }

  private boolean isArithmeticAllowed() {
    return afterOperand && !afterMembership;
  }

  /** Whether {@code ++} here would belong to the operand before it: it does so only once. */
  private boolean isStepAllowed() {
    return isArithmeticAllowed()
        && before != ScriptLexer.INCREMENT
        && before != ScriptLexer.DECREMENT;
  }

  private boolean isEndOfWordStatement() {
    return before == ScriptLexer.NEXT
        || before == ScriptLexer.BREAK
        || before == ScriptLexer.CONTINUE
        || before == ScriptLexer.BARE_RETURN;
  }

  private boolean isValueMissing(int next) {
    if (next >= input.size()) {
      return true;
    }
    int type = input.get(next).getType();
    return type == ScriptLexer.SEMICOLON || type == ScriptLexer.RIGHT_BRACE;
  }

  /** Remembers what the next token must know. */
  private void follow(ScriptToken token, int type) {
    boolean endsOperand = false;
    boolean endsList = false;
    boolean endsTarget = false;
    switch (type) {
      case ScriptLexer.LEFT_PAREN, ScriptLexer.CALL -> {
        targetParens.set(parens, before == ScriptLexer.AT_CAST || before == ScriptLexer.AT_VAR);
        controlParens.set(parens++, isStatementWord());
      }
      case ScriptLexer.RIGHT_PAREN -> {
        endsOperand = parens == 0 || !controlParens.get(--parens);
        endsTarget = targetParens.get(parens);
      }
      case ScriptLexer.NAME,
          ScriptLexer.PRINT_NAME,
          ScriptLexer.FORMAT_NAME,
          ScriptLexer.NUMBER,
          ScriptLexer.STRING,
          ScriptLexer.STRING_CONTINUATION,
          ScriptLexer.EMBEDDED,
          ScriptLexer.PRETTY,
          ScriptLexer.INCREMENT,
          ScriptLexer.DECREMENT ->
          endsOperand = true;
      case ScriptLexer.LEFT_BRACKET -> {
        targetBrackets.clear(brackets);
        listBrackets.set(brackets++);
      }
      case ScriptLexer.INDEX -> {
        targetBrackets.set(brackets, afterTarget);
        listBrackets.clear(brackets++);
      }
      case ScriptLexer.RIGHT_BRACKET -> {
        endsOperand = true;
        endsTarget = brackets > 0 && targetBrackets.get(brackets - 1);
        endsList = brackets > 0 && listBrackets.get(--brackets);
      }
      case ScriptLexer.LEFT_BRACE -> openBrace();
      case ScriptLexer.RIGHT_BRACE -> closeBrace();
      case ScriptLexer.PROBE -> {
        inProbePoints = true;
        parens = 0;
        brackets = 0;
        groups = 0;
      }
      case ScriptLexer.GLOBAL, ScriptLexer.PRIVATE, ScriptLexer.FUNCTION -> {
        inProbePoints = false;
        parens = 0;
        brackets = 0;
      }
      default ->
          endsOperand =
              (type >= ScriptLexer.AT_CAST && type <= ScriptLexer.AT_UDEREF)
                  || type == ScriptLexer.AT_NAME;
    }
    boolean isMember = before == ScriptLexer.ARROW;
    boolean isDollar = type == ScriptLexer.NAME && token.getText().charAt(0) == '$';
    // Of what follows an & TreeBuilder says itself that it is no target.
    afterTarget = endsTarget || isMember || isDollar || before == ScriptLexer.ADDRESS_OF;
    afterArrayName = type == ScriptLexer.NAME && !isDollar && !isMember;
    afterMembership = before == ScriptLexer.IN || endsList;
    afterFunctionName =
        type == ScriptLexer.NAME
            && !isMember
            && !afterMembership
            && token.getText().charAt(0) != '$';
    before = type;
    afterOperand = endsOperand;
  }

  private boolean isStatementWord() {
    return switch (before) {
      case ScriptLexer.IF,
          ScriptLexer.WHILE,
          ScriptLexer.FOR,
          ScriptLexer.FOREACH,
          ScriptLexer.CATCH ->
          true;
      default -> false;
    };
  }

  private void openBrace() {
    if (inProbePoints && isComponentExpected()) {
      groups++;
    } else {
      inProbePoints = false;
      // Whatever was left open before a block stays a mistake of its own.
      parens = 0;
      brackets = 0;
    }
  }

  private void closeBrace() {
    if (inProbePoints && groups > 0) {
      groups--;
    } else {
      inProbePoints = false;
    }
  }
}
