package dev.tapwright.syntax.tree;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The nodes right below a node, in the order of the text: for whatever walks every kind of node alike. */
public final class Children {
  private Children() {}

  /** The children of a node. */
  public static List<Node> of(Node node) {
    return switch (node) {
      case Script script -> List.copyOf(script.declarations());
      case Declaration declaration -> of(declaration);
      case Statement statement -> of(statement);
      case Expression expression -> of(expression);
      case ProbePoint point -> join(point.components().stream(), point.condition().stream());
      case ProbeComponent.Named named -> join(named.argument().stream());
      case ProbeComponent.Group group -> List.copyOf(group.alternatives());
      case GlobalVariableDeclaration variable ->
          join(Stream.of(variable.name()), variable.size().stream(), variable.initialValue().stream());
      case LoopVariable variable -> List.of(variable.name());
      case Parameter parameter -> List.of(parameter.name());
      case EmbeddedCode _, Identifier _, IndexElement.Wildcard _ -> List.of();
    };
  }

  private static List<Node> of(Declaration declaration) {
    return switch (declaration) {
      case Declaration.Probe probe -> join(probe.points().stream(), Stream.of(probe.body()));
      case Declaration.Alias alias ->
          join(
              alias.names().stream().map(Declaration.AliasName::point),
              alias.points().stream(),
              Stream.of(alias.body()),
              alias.epilogue().stream());
      case Declaration.Globals globals -> List.copyOf(globals.variables());
      case Declaration.Function function ->
          join(
              Stream.of(function.name()),
              function.parameters().stream(),
              function.priority().stream(),
              Stream.of(function.body()));
      case Declaration.Embedded embedded -> List.of(embedded.code());
    };
  }

  private static List<Node> of(Statement statement) {
    return switch (statement) {
      case Statement.Block block -> List.copyOf(block.statements());
      case Statement.Evaluation evaluation -> List.of(evaluation.expression());
      case Statement.If branch ->
          join(Stream.of(branch.condition(), branch.then()), branch.otherwise().stream());
      case Statement.While loop -> List.of(loop.condition(), loop.body());
      case Statement.For loop ->
          join(
              loop.initialization().stream(),
              loop.condition().stream(),
              loop.step().stream(),
              Stream.of(loop.body()));
      case Statement.Foreach loop ->
          join(
              loop.value().stream(),
              loop.keys().stream(),
              Stream.of(loop.array()),
              loop.slice().stream(),
              loop.limit().stream(),
              Stream.of(loop.body()));
      case Statement.Try attempt ->
          join(Stream.of(attempt.body()), attempt.message().stream(), Stream.of(attempt.handler()));
      case Statement.Return result -> join(result.value().stream());
      case Statement.Delete delete -> List.of(delete.target());
      case Statement.Empty _, Statement.Next _, Statement.Break _, Statement.Continue _ -> List.of();
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
      case Expression.ArrayElement element -> join(Stream.of(element.array()), element.indexes().stream());
      case Expression.FunctionCall call -> join(Stream.of(call.function()), call.arguments().stream());
      case Expression.Unary unary -> List.of(unary.operand());
      case Expression.Binary binary -> List.of(binary.left(), binary.right());
      case Expression.Assignment assignment -> List.of(assignment.target(), assignment.value());
      case Expression.Step step -> List.of(step.operand());
      case Expression.Conditional choice -> List.of(choice.condition(), choice.then(), choice.otherwise());
      case Expression.Membership membership -> join(membership.indexes().stream(), Stream.of(membership.array()));
      case Expression.RegexMatch match -> List.of(match.subject(), match.pattern());
      case Expression.AtVariable variable -> join(Stream.of(variable.name()), variable.module().stream());
      case Expression.Cast cast -> join(Stream.of(cast.operand(), cast.type()), cast.module().stream());
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
          join(Stream.of(name.operand()), name.type().stream(), name.module().stream());
      case Expression.Register register -> List.of(register.number());
      case Expression.Dereference dereference -> List.of(dereference.size(), dereference.address());
      case Expression.Statistic statistic -> join(Stream.of(statistic.operand()), statistic.shift().stream());
      case Expression.Histogram histogram ->
          join(Stream.of(histogram.operand()), histogram.linear().stream().flatMap(Children::bounds));
      case Expression.Print print -> join(print.formatLiteral().stream(), print.arguments().stream());
      case Expression.Embedded embedded -> List.of(embedded.code());
    };
  }

  private static Stream<Node> bounds(Expression.LinearBuckets buckets) {
    return Stream.of(buckets.low(), buckets.high(), buckets.step());
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static List<Node> join(Stream<? extends Node>... parts) {
    return Arrays.stream(parts).<Node>flatMap(part -> part).toList();
  }
}
