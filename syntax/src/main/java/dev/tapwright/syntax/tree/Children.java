package dev.tapwright.syntax.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The nodes right below a node, in the order of the text: for whatever walks every kind of node
 * alike.
 */
public final class Children {
  private Children() {}

  /** The children of a node. */
  public static List<Node> of(Node node) {
    List<Node> children = new ArrayList<>(4);
    forEach(node, children::add);
    return Collections.unmodifiableList(children);
  }

  /** Does something with each child of a node, without a list of them. */
  public static void forEach(Node node, Consumer<Node> action) {
    any(
        node,
        child -> {
          action.accept(child);
          return false;
        });
  }

  /** Whether some child of a node is as asked; those after it are not asked of. */
  public static boolean any(Node node, Predicate<Node> test) {
    return switch (node) {
      case Expression expression -> any(expression, test);
      case Statement statement -> any(statement, test);
      case Identifier _, IndexElement.Wildcard _, EmbeddedCode _ -> false;
      case LoopVariable variable -> test.test(variable.name());
      case Declaration declaration -> any(declaration, test);
      case Script script -> any(script.declarations(), test);
      case ProbePoint point -> any(point.components(), test) || any(point.condition(), test);
      case ProbeComponent.Named named -> any(named.argument(), test);
      case ProbeComponent.Group group -> any(group.alternatives(), test);
      case GlobalVariableDeclaration variable ->
          test.test(variable.name())
              || any(variable.size(), test)
              || any(variable.initialValue(), test);
      case Parameter parameter -> test.test(parameter.name());
    };
  }

  private static boolean any(Declaration declaration, Predicate<Node> test) {
    return switch (declaration) {
      case Declaration.Probe probe -> any(probe.points(), test) || test.test(probe.body());
      case Declaration.Alias alias ->
          any(alias.names().stream().map(Declaration.AliasName::point).toList(), test)
              || any(alias.points(), test)
              || test.test(alias.body())
              || any(alias.epilogue(), test);
      case Declaration.Globals globals -> any(globals.variables(), test);
      case Declaration.Function function ->
          test.test(function.name())
              || any(function.parameters(), test)
              || any(function.priority(), test)
              || test.test(function.body());
      case Declaration.Embedded embedded -> test.test(embedded.code());
    };
  }

  private static boolean any(Statement statement, Predicate<Node> test) {
    return switch (statement) {
      case Statement.Evaluation evaluation -> test.test(evaluation.expression());
      case Statement.Block block -> any(block.statements(), test);
      case Statement.If branch ->
          test.test(branch.condition())
              || test.test(branch.then())
              || any(branch.otherwise(), test);
      case Statement.While loop -> test.test(loop.condition()) || test.test(loop.body());
      case Statement.For loop ->
          any(loop.initialization(), test)
              || any(loop.condition(), test)
              || any(loop.step(), test)
              || test.test(loop.body());
      case Statement.Foreach loop ->
          any(loop.value(), test)
              || any(loop.keys(), test)
              || test.test(loop.array())
              || any(loop.slice(), test)
              || any(loop.limit(), test)
              || test.test(loop.body());
      case Statement.Try attempt ->
          test.test(attempt.body()) || any(attempt.message(), test) || test.test(attempt.handler());
      case Statement.Return result -> any(result.value(), test);
      case Statement.Delete delete -> test.test(delete.target());
      case Statement.Empty _, Statement.Next _, Statement.Break _, Statement.Continue _ -> false;
    };
  }

  private static boolean any(Expression expression, Predicate<Node> test) {
    return switch (expression) {
      case Expression.Symbol _,
          Expression.NumberLiteral _,
          Expression.StringLiteral _,
          Expression.Erroneous _,
          Expression.TargetVariable _ ->
          false;
      case Expression.Binary binary -> test.test(binary.left()) || test.test(binary.right());
      case Expression.ArrayElement element ->
          test.test(element.array()) || any(element.indexes(), test);
      case Expression.FunctionCall call ->
          test.test(call.function()) || any(call.arguments(), test);
      case Expression.Assignment assignment ->
          test.test(assignment.target()) || test.test(assignment.value());
      case Expression.Unary unary -> test.test(unary.operand());
      case Expression.Step step -> test.test(step.operand());
      case Expression.Conditional choice ->
          test.test(choice.condition())
              || test.test(choice.then())
              || test.test(choice.otherwise());
      case Expression.Membership membership ->
          any(membership.indexes(), test) || test.test(membership.array());
      case Expression.RegexMatch match -> test.test(match.subject()) || test.test(match.pattern());
      case Expression.AtVariable variable ->
          test.test(variable.name()) || any(variable.module(), test);
      case Expression.Cast cast ->
          test.test(cast.operand()) || test.test(cast.type()) || any(cast.module(), test);
      case Expression.Member member -> test.test(member.base()) || test.test(member.member());
      case Expression.TargetElement element ->
          test.test(element.base()) || test.test(element.index());
      case Expression.PrettyPrint print -> test.test(print.base());
      case Expression.AddressOf address -> test.test(address.operand());
      case Expression.Defined defined -> test.test(defined.operand());
      case Expression.Entry entry -> test.test(entry.operand());
      case Expression.Perf perf -> test.test(perf.counter());
      case Expression.ProbeWrite write -> test.test(write.variable());
      case Expression.Constant constant -> test.test(constant.expression());
      case Expression.EnumValue value -> test.test(value.name());
      case Expression.EnumName name ->
          test.test(name.operand()) || any(name.type(), test) || any(name.module(), test);
      case Expression.Register register -> test.test(register.number());
      case Expression.Dereference dereference ->
          test.test(dereference.size()) || test.test(dereference.address());
      case Expression.Statistic statistic ->
          test.test(statistic.operand()) || any(statistic.shift(), test);
      case Expression.Histogram histogram ->
          test.test(histogram.operand())
              || histogram
                  .linear()
                  .filter(
                      bounds ->
                          test.test(bounds.low())
                              || test.test(bounds.high())
                              || test.test(bounds.step()))
                  .isPresent();
      case Expression.Print print ->
          any(print.formatLiteral(), test) || any(print.arguments(), test);
      case Expression.Attempt attempt ->
          test.test(attempt.value()) || test.test(attempt.otherwise());
      case Expression.Embedded embedded -> test.test(embedded.code());
    };
  }

  private static boolean any(List<? extends Node> nodes, Predicate<Node> test) {
    for (int i = 0; i < nodes.size(); i++) {
      if (test.test(nodes.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean any(Optional<? extends Node> node, Predicate<Node> test) {
    return node.isPresent() && test.test(node.get());
  }
}
