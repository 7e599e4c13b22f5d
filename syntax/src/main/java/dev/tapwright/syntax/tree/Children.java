package dev.tapwright.syntax.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The nodes right below a node, in the order of the text: for whatever walks every kind of node
 * alike.
 */
public final class Children {
  private Children() {}

  /** The children of a node. */
  public static List<Node> of(Node node) {
    return switch (node) {
      case Script script -> List.copyOf(script.declarations());
      case Declaration declaration -> of(declaration);
      case Statement statement -> of(statement);
      case Expression expression -> of(expression);
      case ProbePoint point -> new Nodes().and(point.components()).and(point.condition()).list();
      case ProbeComponent.Named named -> new Nodes().and(named.argument()).list();
      case ProbeComponent.Group group -> List.copyOf(group.alternatives());
      case GlobalVariableDeclaration variable ->
          new Nodes().and(variable.name()).and(variable.size()).and(variable.initialValue()).list();
      case LoopVariable variable -> List.of(variable.name());
      case Parameter parameter -> List.of(parameter.name());
      case EmbeddedCode _, Identifier _, IndexElement.Wildcard _ -> List.of();
    };
  }

  /** Whether some child of a node is as asked. */
  public static boolean any(Node node, Predicate<Node> test) {
    for (Node child : of(node)) {
      if (test.test(child)) {
        return true;
      }
    }
    return false;
  }

  private static List<Node> of(Declaration declaration) {
    return switch (declaration) {
      case Declaration.Probe probe -> new Nodes().and(probe.points()).and(probe.body()).list();
      case Declaration.Alias alias ->
          new Nodes()
              .and(alias.names().stream().map(Declaration.AliasName::point).toList())
              .and(alias.points())
              .and(alias.body())
              .and(alias.epilogue())
              .list();
      case Declaration.Globals globals -> List.copyOf(globals.variables());
      case Declaration.Function function ->
          new Nodes()
              .and(function.name())
              .and(function.parameters())
              .and(function.priority())
              .and(function.body())
              .list();
      case Declaration.Embedded embedded -> List.of(embedded.code());
    };
  }

  private static List<Node> of(Statement statement) {
    return switch (statement) {
      case Statement.Block block -> List.copyOf(block.statements());
      case Statement.Evaluation evaluation -> List.of(evaluation.expression());
      case Statement.If branch ->
          new Nodes().and(branch.condition()).and(branch.then()).and(branch.otherwise()).list();
      case Statement.While loop -> List.of(loop.condition(), loop.body());
      case Statement.For loop ->
          new Nodes()
              .and(loop.initialization())
              .and(loop.condition())
              .and(loop.step())
              .and(loop.body())
              .list();
      case Statement.Foreach loop ->
          new Nodes()
              .and(loop.value())
              .and(loop.keys())
              .and(loop.array())
              .and(loop.slice())
              .and(loop.limit())
              .and(loop.body())
              .list();
      case Statement.Try attempt ->
          new Nodes().and(attempt.body()).and(attempt.message()).and(attempt.handler()).list();
      case Statement.Return result -> new Nodes().and(result.value()).list();
      case Statement.Delete delete -> List.of(delete.target());
      case Statement.Empty _, Statement.Next _, Statement.Break _, Statement.Continue _ ->
          List.of();
    };
  }

  private static List<Node> of(Expression expression) {
    return switch (expression) {
      case Expression.NumberLiteral _,
          Expression.StringLiteral _,
          Expression.Erroneous _,
          Expression.Symbol _,
          Expression.TargetVariable _ ->
          List.of();
      case Expression.ArrayElement element ->
          new Nodes().and(element.array()).and(element.indexes()).list();
      case Expression.FunctionCall call ->
          new Nodes().and(call.function()).and(call.arguments()).list();
      case Expression.Unary unary -> List.of(unary.operand());
      case Expression.Binary binary -> List.of(binary.left(), binary.right());
      case Expression.Assignment assignment -> List.of(assignment.target(), assignment.value());
      case Expression.Step step -> List.of(step.operand());
      case Expression.Conditional choice ->
          List.of(choice.condition(), choice.then(), choice.otherwise());
      case Expression.Membership membership ->
          new Nodes().and(membership.indexes()).and(membership.array()).list();
      case Expression.RegexMatch match -> List.of(match.subject(), match.pattern());
      case Expression.AtVariable variable ->
          new Nodes().and(variable.name()).and(variable.module()).list();
      case Expression.Cast cast ->
          new Nodes().and(cast.operand()).and(cast.type()).and(cast.module()).list();
      case Expression.Member member -> List.of(member.base(), member.member());
      case Expression.TargetElement element -> List.of(element.base(), element.index());
      case Expression.PrettyPrint print -> List.of(print.base());
      case Expression.AddressOf address -> List.of(address.operand());
      case Expression.Defined defined -> List.of(defined.operand());
      case Expression.Entry entry -> List.of(entry.operand());
      case Expression.Perf perf -> List.of(perf.counter());
      case Expression.ProbeWrite write -> List.of(write.variable());
      case Expression.Constant constant -> List.of(constant.expression());
      case Expression.EnumValue value -> List.of(value.name());
      case Expression.EnumName name ->
          new Nodes().and(name.operand()).and(name.type()).and(name.module()).list();
      case Expression.Register register -> List.of(register.number());
      case Expression.Dereference dereference -> List.of(dereference.size(), dereference.address());
      case Expression.Statistic statistic ->
          new Nodes().and(statistic.operand()).and(statistic.shift()).list();
      case Expression.Histogram histogram ->
          new Nodes()
              .and(histogram.operand())
              .and(histogram.linear().map(Children::bounds).orElse(List.of()))
              .list();
      case Expression.Print print ->
          new Nodes().and(print.formatLiteral()).and(print.arguments()).list();
      case Expression.Embedded embedded -> List.of(embedded.code());
    };
  }

  private static List<Node> bounds(Expression.LinearBuckets buckets) {
    return List.of(buckets.low(), buckets.high(), buckets.step());
  }

  /** Collects nodes. Streams would do, and take most of the time of whoever walks whole trees. */
  private static final class Nodes {
    private final List<Node> nodes = new ArrayList<>(4);

    Nodes and(Node node) {
      nodes.add(node);
      return this;
    }

    Nodes and(Optional<? extends Node> node) {
      if (node.isPresent()) {
        nodes.add(node.get());
      }
      return this;
    }

    Nodes and(List<? extends Node> list) {
      nodes.addAll(list);
      return this;
    }

    List<Node> list() {
      return Collections.unmodifiableList(nodes);
    }
  }
}
