package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.ParseOptions;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.Note;
import dev.tapwright.syntax.grammar.ScriptLexer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Macros, conditionals and arguments: tokens in, tokens out.
 *
 * <p>A macro holds from its definition on. Only the branch of a conditional that is taken is looked
 * at, so a definition in the other does not count. The arguments of a macro are expanded where the
 * macro is used.
 */
final class Preprocessor {
  /** How many tokens macros may make: a few lines can double and double again. */
  private static final int MOST_TOKENS = 1_000_000;

  /** How deep macros and conditionals may nest. */
  private static final int DEEPEST = 100;

  private final ParseOptions options;
  private final LanguageGates gates;
  private final DiagnosticCollector diagnostics;
  private final ConditionEvaluator conditions;
  private final Map<String, Macro> definitions = new LinkedHashMap<>();
  private final Set<String> active = new HashSet<>();
  private final Set<Integer> usedArguments = new HashSet<>();
  private int made;
  private int depth;

  /** Whether the outermost macro or conditional in hand is to be left. */
  private boolean gaveUp;

  private boolean complained;

  Preprocessor(ParseOptions options, LanguageGates gates, DiagnosticCollector diagnostics) {
    this.options = options;
    this.gates = gates;
    this.diagnostics = diagnostics;
    this.conditions =
        new ConditionEvaluator(options.conditions(), options.arguments().size(), diagnostics);
  }

  /** The tokens that a text comes to. */
  List<ScriptToken> process(SourceText source) {
    List<ScriptToken> tokens =
        gates.apply(ScriptArguments.substitute(source, options.arguments(), usedArguments));
    if (!needsWork(tokens)) {
      return tokens;
    }
    List<ScriptToken> output = new ArrayList<>(tokens.size());
    expand(TokenRange.of(tokens), Frame.OUTERMOST, output);
    return output;
  }

  /** The numbers of the script's arguments that the texts processed so far name. */
  Set<Integer> usedArguments() {
    return usedArguments;
  }

  /** The macros that the texts processed so far have defined. */
  Map<String, Macro> definitions() {
    return definitions;
  }

  /**
   * Where tokens are expanded.
   *
   * @param parameters what the parameters of the macro stand for, already expanded
   * @param uses the uses of macros that led here, innermost first
   */
  private record Frame(Map<String, List<ScriptToken>> parameters, List<Span> uses) {
    static final Frame OUTERMOST = new Frame(Map.of(), List.of());
  }

  private static boolean needsWork(List<ScriptToken> tokens) {
    for (ScriptToken token : tokens) {
      int type = token.getType();
      boolean isOperator = type >= ScriptLexer.AT_CAST && type <= ScriptLexer.AT_DEFINE;
      boolean isMark = type >= ScriptLexer.CONDITION_OPEN && type <= ScriptLexer.CONDITION_CLOSE;
      if (type == ScriptLexer.AT_NAME || isOperator || isMark) {
        return true;
      }
    }
    return false;
  }

  private void expand(TokenRange tokens, Frame frame, List<ScriptToken> output) {
    for (int at = tokens.start(); at < tokens.end() && !gaveUp; ) {
      ScriptToken token = tokens.token(at);
      int type = token.getType();
      boolean isWord =
          type == ScriptLexer.AT_NAME
              || (type >= ScriptLexer.AT_CAST && type <= ScriptLexer.AT_UDEREF);
      if (isWord) {
        at = expandWord(tokens, at, frame, output);
      } else if (type == ScriptLexer.AT_DEFINE) {
        at = define(tokens, at, !frame.uses.isEmpty());
      } else if (type == ScriptLexer.CONDITION_OPEN) {
        at = expandConditional(tokens, at, frame, output);
      } else if (type >= ScriptLexer.CONDITION_THEN && type <= ScriptLexer.CONDITION_CLOSE) {
        error(token, "incomplete conditional - missing '%('");
        at++;
      } else {
        emit(token, frame, output);
        at++;
      }
    }
  }

  private void emit(ScriptToken token, Frame frame, List<ScriptToken> output) {
    if (frame.uses.isEmpty()) {
      output.add(token);
      return;
    }
    if (++made > MOST_TOKENS) {
      giveUp(token, "macros expand to too many tokens");
      return;
    }
    output.add(token.expandedBy(frame.uses));
  }

  // --- Macros ---

  private int expandWord(TokenRange tokens, int at, Frame frame, List<ScriptToken> output) {
    ScriptToken token = tokens.token(at);
    String name = token.getText().substring(1);
    List<ScriptToken> argument = frame.parameters.get(name);
    if (argument != null) {
      // The argument's tokens also came by way of the parameter.
      Span use = token.span();
      for (ScriptToken part : argument) {
        if (++made > MOST_TOKENS) {
          giveUp(token, "macros expand to too many tokens");
          break;
        }
        List<Span> uses = new ArrayList<>(frame.uses.size() + 1);
        uses.add(use);
        uses.addAll(frame.uses);
        output.add(part.withExpansions(uses));
      }
      return at + 1;
    }
    Macro macro = definitions.get(name);
    // The library is not read for the sake of an operator of the language.
    if (macro == null && Keywords.operatorTypeOf(token.getText()) == ScriptLexer.AT_NAME) {
      macro = options.macros().macros().get(name);
    }
    if (macro == null) {
      emit(token, frame, output);
      return at + 1;
    }
    if (depth >= DEEPEST) {
      giveUp(token, "macros nested too deeply");
      return at + 1;
    }
    depth++;
    int size = output.size();
    int next = expandMacro(tokens, at, macro, frame, output);
    depth--;
    if (gaveUp && depth == 0) {
      // What there is of it makes no sense; a literal in its place keeps what stands around it in
      // order.
      output.subList(size, output.size()).clear();
      output.add(token.replacedBy(ScriptLexer.STRING, "\"\"", token.end(), false));
      gaveUp = false;
    }
    return next;
  }

  private int expandMacro(
      TokenRange tokens, int at, Macro macro, Frame frame, List<ScriptToken> output) {
    ScriptToken token = tokens.token(at);
    Map<String, List<ScriptToken>> parameters = Map.of();
    int next = at + 1;
    if (!macro.parameters().isEmpty()) {
      parameters = new HashMap<>();
      next = arguments(tokens, at, macro, frame, parameters);
      if (next < 0) {
        return -next;
      }
    }
    if (!active.add(macro.name())) {
      error(token, "macro '@" + macro.name() + "' expands to itself");
      return next;
    }
    List<Span> uses = new ArrayList<>(frame.uses.size() + 1);
    uses.add(token.span());
    uses.addAll(frame.uses);
    expand(macro.body(), new Frame(parameters, uses), output);
    active.remove(macro.name());
    return next;
  }

  /**
   * Reads the arguments of a use of a macro.
   *
   * @return the index behind them; when they are wrong, the index to go on at, negated
   */
  private int arguments(
      TokenRange tokens,
      int use,
      Macro macro,
      Frame frame,
      Map<String, List<ScriptToken>> parameters) {
    int count = macro.parameters().size();
    if (tokens.type(use + 1) != ScriptLexer.LEFT_PAREN) {
      ScriptToken where = use + 1 < tokens.end() ? tokens.token(use + 1) : tokens.token(use);
      error(
          where,
          "expected '(' in invocation of macro '@"
              + macro.name()
              + "' taking "
              + parameterCount(count));
      return -(use + 1);
    }
    int nesting = 0;
    int given = 0;
    int start = use + 2;
    Optional<ScriptToken> tooMany = Optional.empty();
    for (int at = start; at < tokens.end(); at++) {
      int type = tokens.type(at);
      if (type == ScriptLexer.LEFT_PAREN || type == ScriptLexer.LEFT_BRACKET) {
        nesting++;
      } else if (nesting > 0
          && (type == ScriptLexer.RIGHT_PAREN || type == ScriptLexer.RIGHT_BRACKET)) {
        nesting--;
      } else if (nesting == 0 && (type == ScriptLexer.RIGHT_PAREN || type == ScriptLexer.COMMA)) {
        if (given < count) {
          List<ScriptToken> argument = new ArrayList<>();
          expand(tokens.part(start, at), frame, argument);
          parameters.put(macro.parameters().get(given), argument);
        }
        given++;
        start = at + 1;
        if (type == ScriptLexer.COMMA) {
          if (given == count && tooMany.isEmpty()) {
            tooMany = Optional.of(tokens.token(at));
          }
          continue;
        }
        if (tooMany.isPresent()) {
          refuseSurplus(tooMany.get(), macro);
          return -(at + 1);
        }
        if (given < count) {
          error(
              tokens.token(at),
              "too few parameters for macro '@" + macro.name() + "' (expected " + count + ")");
          return -(at + 1);
        }
        return at + 1;
      }
    }
    if (tooMany.isPresent()) {
      refuseSurplus(tooMany.get(), macro);
    } else {
      error(tokens.token(use), "could not find end of macro invocation");
    }
    return -tokens.end();
  }

  private void refuseSurplus(ScriptToken comma, Macro macro) {
    error(
        comma,
        "too many parameters for macro '@%s' (expected %d)"
            .formatted(macro.name(), macro.parameters().size()));
  }

  private static String parameterCount(int count) {
    return count + (count == 1 ? " parameter" : " parameters");
  }

  /** Reads a definition, and gives the index behind it. */
  private int define(TokenRange tokens, int at, boolean inMacro) {
    ScriptToken define = tokens.token(at);
    int next = at + 1;
    if (inMacro) {
      error(define, "'@define' forbidden inside macro body");
    } else if (tokens.type(next) != ScriptLexer.NAME) {
      return refuseDefinition(
          tokens, next, next < tokens.end() ? tokens.token(next) : define, "expected identifier");
    }
    ScriptToken name = tokens.token(next++);
    List<String> parameters = new ArrayList<>();
    if (tokens.type(next) == ScriptLexer.LEFT_PAREN) {
      do {
        next++;
        if (tokens.type(next) != ScriptLexer.NAME) {
          return refuseDefinition(
              tokens, next, next < tokens.end() ? tokens.token(next) : name, "expected identifier");
        }
        parameters.add(tokens.token(next++).getText());
      } while (tokens.type(next) == ScriptLexer.COMMA);
      if (tokens.type(next) != ScriptLexer.RIGHT_PAREN) {
        return refuseDefinition(
            tokens, next, next < tokens.end() ? tokens.token(next) : name, "expected ',' or ')'");
      }
      next++;
    }
    if (tokens.type(next) != ScriptLexer.CONDITION_OPEN) {
      return refuseDefinition(
          tokens,
          next,
          next < tokens.end() ? tokens.token(next) : name,
          parameters.isEmpty() ? "expected '%(' or '('" : "expected '%('");
    }
    int close = tokens.close(next);
    if (close >= tokens.end()) {
      error(name, "incomplete macro definition - missing '%)'");
      return tokens.end();
    }
    add(
        new Macro(
            name.getText(), name.span(), List.copyOf(parameters), tokens.part(next + 1, close)));
    return close + 1;
  }

  private void add(Macro macro) {
    if (Keywords.operatorTypeOf("@" + macro.name()) != ScriptLexer.AT_NAME) {
      diagnostics.warning(
          SyntaxCodes.PREPROCESSOR,
          macro.nameSpan(),
          "macro redefines built-in operator '@" + macro.name() + "'");
    }
    Macro first = definitions.putIfAbsent(macro.name(), macro);
    if (first != null) {
      diagnostics.add(
          Diagnostic.error(
                  SyntaxCodes.PREPROCESSOR,
                  macro.nameSpan(),
                  "attempt to redefine macro '@" + macro.name() + "' in the same file")
              .withNote(
                  new Note(
                      Optional.of(first.nameSpan()),
                      "macro '@" + macro.name() + "' first defined here")));
    }
  }

  /**
   * Reports what is wrong with a definition, and goes on behind its body if it seems to have one.
   */
  private int refuseDefinition(TokenRange tokens, int at, ScriptToken where, String message) {
    error(where, message);
    for (int i = at; i < tokens.end() && i < at + 2 * DEEPEST; i++) {
      switch (tokens.type(i)) {
        case ScriptLexer.CONDITION_OPEN -> {
          return Math.min(tokens.close(i) + 1, tokens.end());
        }
        case ScriptLexer.PROBE,
            ScriptLexer.GLOBAL,
            ScriptLexer.FUNCTION,
            ScriptLexer.AT_DEFINE,
            ScriptLexer.LEFT_BRACE -> {
          return i;
        }
        default -> {}
      }
    }
    return at;
  }

  // --- Conditionals ---

  private int expandConditional(
      TokenRange tokens, int open, Frame frame, List<ScriptToken> output) {
    int close = tokens.close(open);
    int behind = Math.min(close + 1, tokens.end());
    if (depth >= DEEPEST) {
      giveUp(tokens.token(open), "conditionals nested too deeply");
      return behind;
    }
    depth++;
    int then = open + 1;
    while (then < tokens.end() && !isConditionMark(tokens.type(then)) && then < open + 1000) {
      then++;
    }
    List<ScriptToken> condition = new ArrayList<>();
    expand(tokens.part(open + 1, then), frame, condition);
    OptionalInt length =
        tokens.type(then) == ScriptLexer.CONDITION_THEN
            ? OptionalInt.of(condition.size())
            : OptionalInt.empty();
    // What a comparison that is too short would take besides.
    for (int i = then; i < Math.min(then + 3, tokens.end()); i++) {
      condition.add(tokens.token(i));
    }
    Optional<Boolean> holds = conditions.evaluate(tokens.token(open), condition, length);
    if (holds.isPresent() && close >= tokens.end()) {
      error(tokens.token(open), "incomplete conditional at end of file");
    }
    if (holds.isPresent()) {
      int otherwise = tokens.nextElse(open);
      boolean hasElse = otherwise > then && otherwise < close;
      int elseEnd = close;
      if (hasElse && tokens.nextElse(otherwise) >= 0) {
        elseEnd = tokens.nextElse(otherwise);
        error(tokens.token(elseEnd), "invalid conditional - duplicate '%:'");
      }
      if (holds.get()) {
        expand(tokens.part(then + 1, hasElse ? otherwise : close), frame, output);
      } else if (hasElse) {
        expand(tokens.part(otherwise + 1, elseEnd), frame, output);
      }
    }
    depth--;
    if (depth == 0) {
      gaveUp = false;
    }
    return behind;
  }

  private static boolean isConditionMark(int type) {
    return type >= ScriptLexer.CONDITION_OPEN && type <= ScriptLexer.CONDITION_CLOSE;
  }

  private void giveUp(ScriptToken token, String message) {
    if (!complained) {
      diagnostics.error(SyntaxCodes.TOO_DEEP, token.span(), message);
    }
    complained = true;
    gaveUp = depth > 0;
  }

  private void error(ScriptToken token, String message) {
    diagnostics.error(SyntaxCodes.PREPROCESSOR, token.span(), message);
  }
}
