package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.ParseOptions;
import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.grammar.ScriptLexer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.antlr.v4.runtime.Token;

/** Evaluates what stands between {@code %(} and {@code %?}. */
final class ConditionEvaluator {
  private final ParseOptions.Conditions facts;
  private final int argumentCount;
  private final DiagnosticCollector diagnostics;

  ConditionEvaluator(
      ParseOptions.Conditions facts, int argumentCount, DiagnosticCollector diagnostics) {
    this.facts = facts;
    this.argumentCount = argumentCount;
    this.diagnostics = diagnostics;
  }

  /**
   * Whether a condition holds; empty when it is malformed, which has then been reported.
   *
   * @param open the {@code %(}
   * @param tokens what follows it, and a few tokens more
   * @param length how many of the tokens stand before {@code %?}; empty when there is none
   */
  Optional<Boolean> evaluate(ScriptToken open, List<ScriptToken> tokens, OptionalInt length) {
    boolean any = false;
    boolean all = true;
    for (int i = 0; ; i += 4) {
      if (tokens.size() < i + 3) {
        return wrong(open, "incomplete condition after '%('");
      }
      List<ScriptToken> parts = tokens.subList(i, i + 3);
      if (TokenCheck.check(parts, argumentCount, diagnostics)) {
        return Optional.empty();
      }
      Optional<Boolean> holds = comparison(parts.getFirst(), parts.get(1), parts.getLast());
      if (holds.isEmpty()) {
        return holds;
      }
      all &= holds.get();
      if (length.isPresent() && i + 3 == length.getAsInt()) {
        return Optional.of(any || all);
      }
      int next = i + 3 < tokens.size() ? tokens.get(i + 3).getType() : Token.EOF;
      switch (next) {
        case ScriptLexer.LOGICAL_AND -> {}
        case ScriptLexer.LOGICAL_OR -> {
          any |= all;
          all = true;
        }
        default -> {
          return wrong(open, "expected '%?' marker for conditional");
        }
      }
    }
  }

  private Optional<Boolean> comparison(ScriptToken left, ScriptToken operator, ScriptToken right) {
    boolean isName = left.getType() == ScriptLexer.NAME;
    if (isName) {
      switch (left.getText()) {
        case "kernel_v" -> {
          return version(facts.kernelVersion(), operator, right);
        }
        case "kernel_vr" -> {
          return version(facts.kernelRelease(), operator, right);
        }
        case "systemtap_v" -> {
          return version(facts.languageVersion(), operator, right);
        }
        case "arch" -> {
          return word(facts.architecture(), operator, right);
        }
        case "runtime" -> {
          return word(facts.runtime(), operator, right);
        }
        case "systemtap_privilege" -> {
          return word(facts.privilege(), operator, right);
        }
        case "guru_mode" -> {
          return guru(operator, right);
        }
        default -> {
          if (left.getText().startsWith("CONFIG_")) {
            return configuration(left, operator, right);
          }
        }
      }
    }
    if (left.getType() == ScriptLexer.STRING && isLiteral(right)) {
      if (right.getType() != ScriptLexer.STRING) {
        return wrong(right, "expected string literal as right value");
      }
      return ordered(string(left).compareTo(string(right)), operator);
    }
    if (left.getType() == ScriptLexer.NUMBER && isLiteral(right)) {
      if (!isOrder(operator)) {
        return wrong(operator, "expected comparison operator");
      }
      if (right.getType() != ScriptLexer.NUMBER) {
        return wrong(right, "expected number literal as right value");
      }
      return ordered(Long.compare(number(left), number(right)), operator);
    }
    return unknown(left);
  }

  private Optional<Boolean> version(String fact, ScriptToken operator, ScriptToken right) {
    if (right.getType() != ScriptLexer.STRING) {
      return wrong(right, "expected string literal");
    }
    boolean isEquality =
        operator.getType() == ScriptLexer.EQUAL || operator.getType() == ScriptLexer.NOT_EQUAL;
    String value = string(right);
    if (isEquality && Glob.isPattern(value)) {
      return Optional.of(Glob.matches(value, fact) == (operator.getType() == ScriptLexer.EQUAL));
    }
    return ordered(VersionOrder.compare(fact, value), operator);
  }

  private Optional<Boolean> word(String fact, ScriptToken operator, ScriptToken right) {
    if (right.getType() != ScriptLexer.STRING) {
      return wrong(right, "expected string literal");
    }
    return equal(Glob.matches(string(right), fact), operator);
  }

  private Optional<Boolean> guru(ScriptToken operator, ScriptToken right) {
    if (right.getType() != ScriptLexer.NUMBER) {
      return wrong(right, "expected number");
    }
    long number = number(right);
    if (number != 0 && number != 1) {
      return wrong(operator, "expected 0 or 1");
    }
    return equal(facts.isGuru() == (number == 1), operator);
  }

  private Optional<Boolean> configuration(
      ScriptToken left, ScriptToken operator, ScriptToken right) {
    String value = facts.configuration().apply(left.getText());
    if (right.getType() == ScriptLexer.STRING) {
      return equal(Glob.matches(string(right), value), operator);
    }
    boolean isOption = right.getType() == ScriptLexer.NAME && right.getText().startsWith("CONFIG_");
    if (!isOption && right.getType() != ScriptLexer.NUMBER) {
      return wrong(
          right, "expected string, number literal or other CONFIG_... as right side operand");
    }
    if (!isOrder(operator)) {
      return wrong(operator, "expected comparison operator");
    }
    String other = isOption ? facts.configuration().apply(right.getText()) : right.getText();
    OptionalLong number = LiteralReader.number(value);
    OptionalLong otherNumber = LiteralReader.number(other);
    if (right.getType() == ScriptLexer.NUMBER && !value.isEmpty() && number.isEmpty()) {
      return wrong(left, "Config option value not a number");
    }
    if (number.isPresent() && otherNumber.isPresent()) {
      return ordered(Long.compare(number.getAsLong(), otherNumber.getAsLong()), operator);
    }
    return isOption
        ? ordered(value.compareTo(other), operator)
        : Optional.of(operator.getType() == ScriptLexer.NOT_EQUAL);
  }

  private Optional<Boolean> equal(boolean isEqual, ScriptToken operator) {
    return switch (operator.getType()) {
      case ScriptLexer.EQUAL -> Optional.of(isEqual);
      case ScriptLexer.NOT_EQUAL -> Optional.of(!isEqual);
      default -> wrong(operator, "expected '==' or '!='");
    };
  }

  private Optional<Boolean> ordered(int order, ScriptToken operator) {
    return switch (operator.getType()) {
      case ScriptLexer.EQUAL -> Optional.of(order == 0);
      case ScriptLexer.NOT_EQUAL -> Optional.of(order != 0);
      case ScriptLexer.LESS -> Optional.of(order < 0);
      case ScriptLexer.LESS_OR_EQUAL -> Optional.of(order <= 0);
      case ScriptLexer.GREATER -> Optional.of(order > 0);
      case ScriptLexer.GREATER_OR_EQUAL -> Optional.of(order >= 0);
      default -> wrong(operator, "expected comparison operator");
    };
  }

  private static boolean isOrder(ScriptToken operator) {
    return switch (operator.getType()) {
      case ScriptLexer.EQUAL,
          ScriptLexer.NOT_EQUAL,
          ScriptLexer.LESS,
          ScriptLexer.LESS_OR_EQUAL,
          ScriptLexer.GREATER,
          ScriptLexer.GREATER_OR_EQUAL ->
          true;
      default -> false;
    };
  }

  private static boolean isLiteral(ScriptToken token) {
    return token.getType() == ScriptLexer.STRING || token.getType() == ScriptLexer.NUMBER;
  }

  private static String string(ScriptToken token) {
    StringBuilder value = new StringBuilder();
    LiteralReader.string(token.getText(), value);
    return value.toString();
  }

  private static long number(ScriptToken token) {
    return LiteralReader.number(token.getText()).orElse(0);
  }

  private Optional<Boolean> unknown(ScriptToken token) {
    return wrong(
        token,
        "expected 'arch', 'kernel_v', 'kernel_vr', 'systemtap_v', 'runtime', 'systemtap_privilege', 'CONFIG_...', or"
            + " comparison between strings or integers");
  }

  private Optional<Boolean> wrong(ScriptToken token, String message) {
    diagnostics.error(SyntaxCodes.PREPROCESSOR, token.span(), message);
    return Optional.empty();
  }
}
