package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.ArgumentKind;
import dev.tapwright.compiler.probe.PatternComponent;
import dev.tapwright.compiler.probe.PatternTree;
import dev.tapwright.compiler.probe.PatternTree.AliasForm;
import dev.tapwright.compiler.probe.ProbeFamilies;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Identifier;
import dev.tapwright.syntax.tree.ProbeComponent;
import dev.tapwright.syntax.tree.ProbePoint;
import dev.tapwright.syntax.tree.Statement;
import java.util.List;
import java.util.Optional;

/**
 * Aliases that every script has: {@code init}, which comes before every {@code begin}, and {@code
 * oneshot}.
 */
final class BuiltinAliases {
  private static final SourceText SOURCE =
      new SourceText(
          "<built-in>",
          """
          probe init = begin(-9223372036854775808) {}
          probe oneshot += begin { exit() }
          """);

  private static final PatternTree TREE = ProbeFamilies.tree().with(List.of(init(), oneshot()));

  private BuiltinAliases() {}

  /** The forms of all families, and these aliases. */
  static PatternTree tree() {
    return TREE;
  }

  /** Whether one of them has that name; then a library's alias of the name is another of it. */
  static boolean isNamed(List<String> components) {
    return components.equals(List.of("init")) || components.equals(List.of("oneshot"));
  }

  private static AliasForm init() {
    Expression.NumberLiteral first =
        new Expression.NumberLiteral(span("-9223372036854775808"), Long.MIN_VALUE);
    return form("init", false, Optional.of(first), new Statement.Block(span("{}"), List.of()));
  }

  private static AliasForm oneshot() {
    Identifier exit = new Identifier(span("exit"), "exit");
    Expression call = new Expression.FunctionCall(span("exit()"), exit, List.of());
    Statement statement = new Statement.Evaluation(span("exit()"), call);
    return form(
        "oneshot",
        true,
        Optional.empty(),
        new Statement.Block(span("{ exit() }"), List.of(statement)));
  }

  private static AliasForm form(
      String name,
      boolean isEpilogue,
      Optional<Expression.Literal> priority,
      Statement.Block body) {
    Span span = span(name);
    ProbePoint alias = point(new ProbeComponent.Named(span, name, span, Optional.empty()));
    ProbePoint begin =
        point(new ProbeComponent.Named(span("begin"), "begin", span("begin"), priority));
    Declaration.Alias declaration =
        new Declaration.Alias(
            span,
            false,
            List.of(new Declaration.AliasName(alias, isEpilogue)),
            List.of(begin),
            body,
            Optional.empty());
    return AliasForm.of(
        List.of(new PatternComponent(name, ArgumentKind.NONE)), declaration, isEpilogue);
  }

  private static ProbePoint point(ProbeComponent component) {
    return new ProbePoint(
        component.span(), List.of(component), ProbePoint.Presence.REQUIRED, Optional.empty());
  }

  private static Span span(String text) {
    int start = SOURCE.text().indexOf(text);
    return new Span(SOURCE, start, start + text.length());
  }
}
