package dev.tapwright.compiler.runtime;

import dev.tapwright.syntax.ParseOptions;
import dev.tapwright.syntax.ScriptParser;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes a script that fails smaller: leaves out declarations and statements, and puts parts of
 * expressions in the place of the whole, as long as it goes on failing.
 */
final class ScriptReduction {
  private static final ParseOptions OPTIONS =
      new ParseOptions(
          List.of(),
          false,
          new ParseOptions.Conditions("6.1.0", "6.1.0", "x86_64", "5.6", false, _ -> ""));

  /** Trials after which what is left is small enough. */
  private static final int PATIENCE = 1500;

  private final Predicate<String> fails;
  private int trials;

  private ScriptReduction(Predicate<String> fails) {
    this.fails = fails;
  }

  /** The smallest script found of which the predicate holds, as it does of the one given. */
  static String reduce(String script, Predicate<String> fails) {
    ScriptReduction reduction = new ScriptReduction(fails);
    String best = script;
    Optional<String> smaller = reduction.smaller(best);
    while (smaller.isPresent()) {
      best = smaller.get();
      smaller = reduction.smaller(best);
    }
    return best;
  }

  private Optional<String> smaller(String script) {
    List<Node> nodes = new ArrayList<>();
    Deque<Node> waiting = new ArrayDeque<>();
    waiting.add(ScriptParser.parse(new SourceText("a.stp", script), OPTIONS).script());
    while (!waiting.isEmpty()) {
      Node node = waiting.poll();
      nodes.add(node);
      waiting.addAll(Children.of(node));
    }
    nodes.sort(Comparator.comparingInt((Node node) -> node.span().start() - node.span().end()));
    for (Node node : nodes) {
      for (String replacement : replacements(node, script)) {
        String text = with(script, node, replacement);
        if (text.length() < script.length() && trials++ < PATIENCE && fails.test(text)) {
          return Optional.of(text);
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> replacements(Node node, String script) {
    List<String> replacements = new ArrayList<>();
    switch (node) {
      case Declaration _ -> replacements.add("");
      case Statement _ -> {
        replacements.add("");
        Children.of(node).stream()
            .filter(Statement.class::isInstance)
            .forEach(child -> replacements.add(textOf(child, script)));
      }
      case Expression _ -> {
        replacements.addAll(List.of("0", "\"\""));
        Children.of(node).stream()
            .filter(Expression.class::isInstance)
            .forEach(child -> replacements.add("(" + textOf(child, script) + ")"));
      }
      default -> {}
    }
    return replacements;
  }

  private static String textOf(Node node, String script) {
    return script.substring(node.span().start(), node.span().end());
  }

  private static String with(String script, Node node, String replacement) {
    return script.substring(0, node.span().start())
        + replacement
        + script.substring(node.span().end());
  }
}
