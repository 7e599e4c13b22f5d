package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.grammar.ScriptGrammar;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.ProbeComponent;
import dev.tapwright.syntax.tree.ProbePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Makes probe points of parse contexts. */
final class ProbePointBuilder {
  private final DiagnosticCollector diagnostics;
  private final ExpressionBuilder expressions;

  ProbePointBuilder(DiagnosticCollector diagnostics, ExpressionBuilder expressions) {
    this.diagnostics = diagnostics;
    this.expressions = expressions;
  }

  List<ProbePoint> points(ScriptGrammar.@Nullable ProbePointsContext context) {
    List<ProbePoint> points = new ArrayList<>();
    if (context != null) {
      for (ScriptGrammar.ProbePointContext point : context.probePoint()) {
        Optional<ProbePoint> built = point(point);
        if (built.isPresent()) {
          points.add(built.get());
        }
      }
    }
    return points;
  }

  private Optional<ProbePoint> point(ScriptGrammar.ProbePointContext context) {
    if (context.exception != null) {
      // What is left of it could mean something else; a wrong number in it is wrong all the same.
      for (ScriptGrammar.ComponentContext component : context.component()) {
        if (component.literal() != null) {
          expressions.literals().literal(component.literal());
        }
      }
      return Optional.empty();
    }
    List<ProbeComponent> components = new ArrayList<>();
    List<ScriptGrammar.ComponentContext> written = context.component();
    for (int i = 0; i < written.size(); i++) {
      Optional<ProbeComponent> built = component(written.get(i), i == written.size() - 1);
      if (built.isPresent()) {
        components.add(built.get());
      }
    }
    if (components.isEmpty()) {
      return Optional.empty();
    }
    ProbePoint.Presence presence =
        context.QUESTION() != null
            ? ProbePoint.Presence.OPTIONAL
            : context.NOT() != null ? ProbePoint.Presence.SUFFICIENT : ProbePoint.Presence.REQUIRED;
    Optional<Expression> condition =
        context.IF() == null
            ? Optional.empty()
            : Optional.of(expressions.complete(context.expression(), context));
    return Optional.of(new ProbePoint(Spans.of(context), components, presence, condition));
  }

  private Optional<ProbeComponent> component(
      ScriptGrammar.ComponentContext context, boolean isLast) {
    if (context.COMPONENT_NAME() != null) {
      Token name = context.COMPONENT_NAME().getSymbol();
      Optional<Expression.Literal> argument =
          context.literal() == null
              ? Optional.empty()
              : Optional.of(expressions.literals().literal(context.literal()));
      return Optional.of(
          new ProbeComponent.Named(Spans.of(context), name.getText(), Spans.of(name), argument));
    }
    List<ProbePoint> alternatives = points(context.probePoints());
    if (alternatives.isEmpty()) {
      return Optional.empty();
    }
    if (!isLast) {
      refuseSuffixes(alternatives);
    }
    return Optional.of(new ProbeComponent.Group(Spans.of(context), alternatives));
  }

  private void refuseSuffixes(List<ProbePoint> alternatives) {
    for (ProbePoint alternative : alternatives) {
      if (alternative.presence() != ProbePoint.Presence.REQUIRED
          || alternative.condition().isPresent()) {
        diagnostics.error(
            SyntaxCodes.INVALID_TOKEN,
            alternative.span(),
            "'?', '!' or condition must only be specified in suffix");
        return;
      }
    }
  }
}
