package dev.tapwright.compiler.cli;

import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.GlobalVariableDeclaration;
import dev.tapwright.syntax.tree.Script;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code -G VAR=VALUE}: the script as if its scalar global variable began with that value: text
 * where the script initializes it with text, else a number if it looks like one.
 */
final class GlobalValues {
  private final Map<String, String> values;
  private final Set<String> unused;

  private GlobalValues(Map<String, String> values) {
    this.values = values;
    this.unused = new HashSet<>(values.keySet());
  }

  /** A script with its values. */
  record Result(Script script, Set<String> unused) {}

  /** Sets the values in a script, and says which of them it has no variable for. */
  static Result in(Script script, Map<String, String> values) {
    GlobalValues set = new GlobalValues(values);
    Script changed =
        new Script(script.span(), script.declarations().stream().map(set::declaration).toList());
    return new Result(changed, set.unused);
  }

  private Declaration declaration(Declaration declaration) {
    return declaration instanceof Declaration.Globals globals
        ? new Declaration.Globals(
            globals.span(),
            globals.isPrivate(),
            globals.hasGlobalKeyword(),
            globals.variables().stream().map(this::variable).toList())
        : declaration;
  }

  private GlobalVariableDeclaration variable(GlobalVariableDeclaration variable) {
    String value = values.get(variable.name().name());
    if (value == null || variable.size().isPresent() || variable.wraps()) {
      return variable;
    }
    unused.remove(variable.name().name());
    return new GlobalVariableDeclaration(
        variable.span(),
        variable.name(),
        variable.wraps(),
        variable.size(),
        Optional.of(literal(variable, value)));
  }

  private static Expression.Literal literal(GlobalVariableDeclaration variable, String value) {
    boolean isText =
        variable.initialValue().filter(Expression.StringLiteral.class::isInstance).isPresent();
    if (!isText) {
      try {
        return new Expression.NumberLiteral(variable.name().span(), Long.decode(value));
      } catch (NumberFormatException notNumber) {
        // It is text, then.
      }
    }
    return new Expression.StringLiteral(variable.name().span(), value);
  }
}
