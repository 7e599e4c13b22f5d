package dev.tapwright.server.feature;

import dev.tapwright.compiler.analysis.AnalysisResult;
import dev.tapwright.compiler.analysis.ContextFact;
import dev.tapwright.compiler.analysis.DocumentationComment;
import dev.tapwright.compiler.analysis.PointResolution;
import dev.tapwright.compiler.intrinsic.Intrinsics;
import dev.tapwright.compiler.intrinsic.Signature;
import dev.tapwright.compiler.probe.ProbeMatch;
import dev.tapwright.compiler.target.KernelTypes;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.server.snapshot.Analysis;
import dev.tapwright.server.snapshot.Snapshot;
import dev.tapwright.server.text.Document;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.ProbeComponent;
import dev.tapwright.syntax.tree.ProbePoint;
import java.util.Optional;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.Position;

/**
 * What is under the mouse: probe points and what they resolved to, functions, variables and their
 * types.
 *
 * @param isMarkdown whether the client shows Markdown
 * @param target the machine, with every fact that is asked for
 */
public record Hovers(boolean isMarkdown, Target target) {
  /** The hover at a position. */
  public Optional<Hover> at(Snapshot snapshot, Analysis analysis, Position position) {
    Document document = snapshot.document();
    int offset = document.lines().offset(position);
    NodePath path = NodePath.to(document, analysis.compilation().script(), offset);
    HoverText text = new HoverText(isMarkdown);
    return describe(path, offset, analysis, text)
        .map(
            span ->
                new Hover(
                    text.content(),
                    document.lines().range(span.outermost().start(), span.outermost().end())));
  }

  /**
   * Writes about what is there, and gives the place that it is about; empty when there is nothing
   * to say.
   */
  private Optional<Span> describe(NodePath path, int offset, Analysis analysis, HoverText text) {
    Optional<Span> member = describeMember(path, analysis, text);
    if (member.isPresent()) {
      return member;
    }
    Optional<Span> named = describeName(path.innermost(), analysis, text);
    if (named.isPresent()) {
      return named;
    }
    return switch (path.innermost()) {
      case Expression.Print print -> describeWord(print.span(), offset, text);
      case Expression.Statistic statistic -> describeWord(statistic.span(), offset, text);
      case Expression.Histogram histogram -> describeWord(histogram.span(), offset, text);
      case Expression.TargetVariable variable ->
          describeContextVariable(variable, path, analysis, text);
      default -> describeProbePoint(path, analysis, text);
    };
  }

  private Optional<Span> describeName(Node node, Analysis analysis, HoverText text) {
    if (node instanceof ProbeComponent) {
      return Optional.empty();
    }
    Optional<AnalysisResult.NameFacts> facts = analysis.facts().nameOf(node);
    if (facts.isPresent()) {
      text.script(facts.get().description());
      document(DocumentationComment.above(facts.get().declaration()), text);
      return Optional.of(node.span());
    }
    if (node instanceof dev.tapwright.syntax.tree.Identifier name) {
      return Intrinsics.named(name.name())
          .map(
              intrinsic -> {
                Signature signature = intrinsic.signature();
                text.script(Signatures.of(signature));
                document(signature.documentation(), text);
                return name.span();
              });
    }
    return Optional.empty();
  }

  private static void document(String documentation, HoverText text) {
    if (!documentation.isEmpty()) {
      text.paragraph(documentation);
    }
  }

  /** A word of the language at the start of an expression, when the place is on it. */
  private static Optional<Span> describeWord(Span expression, int offset, HoverText text) {
    Span place = expression.outermost();
    String all = place.text();
    int length = all.indexOf('(');
    if (length < 0 || offset > place.start() + length) {
      return Optional.empty();
    }
    return Vocabulary.callable(all.substring(0, length).strip())
        .map(
            word -> {
              text.script(word.name());
              text.paragraph(word.documentation());
              return new Span(place.source(), place.start(), place.start() + length);
            });
  }

  /** A member behind {@code ->}, by the structure that it is one of. */
  private static Optional<Span> describeMember(NodePath path, Analysis analysis, HoverText text) {
    return path.innermost(Expression.Member.class)
        .filter(member -> isInnermost(member.member(), path))
        .flatMap(
            member ->
                analysis
                    .facts()
                    .contextFactOf(member)
                    .map(
                        fact -> {
                          text.script(
                              ProbePointHover.declaration(fact.type(), member.member().name()));
                          analysis
                              .facts()
                              .contextFactOf(member.base())
                              .ifPresent(
                                  base -> text.paragraph("Member of " + text.code(base.type())));
                          return member.member().span();
                        }));
  }

  @SuppressWarnings("ReferenceEquality") // a node is one place of the tree
  private static boolean isInnermost(Node node, NodePath path) {
    return path.innermost() == node;
  }

  private Optional<Span> describeContextVariable(
      Expression.TargetVariable variable, NodePath path, Analysis analysis, HoverText text) {
    Optional<ContextFact> fact = analysis.facts().contextFactOf(variable);
    if (fact.isPresent()) {
      text.script(ProbePointHover.declaration(fact.get().type(), variable.name()));
      text.paragraph("Context variable of the probe point");
      return Optional.of(variable.span());
    }
    return path.outermost(Declaration.Probe.class).stream()
        .flatMap(probe -> probe.points().stream())
        .flatMap(point -> analysis.facts().resolutionOf(point).stream())
        .flatMap(resolution -> resolution.matches().stream())
        .findFirst()
        .flatMap(match -> parameter(match, variable.name().substring(1)))
        .map(
            parameter -> {
              text.script(ProbePointHover.declaration(parameter.type(), variable.name()));
              text.paragraph("Context variable of the probe point");
              return variable.span();
            });
  }

  private Optional<KernelTypes.TypedParameter> parameter(ProbeMatch match, String name) {
    return match
        .prototype(target)
        .flatMap(
            prototype ->
                prototype.parameters().stream()
                    .filter(parameter -> parameter.name().equals(name))
                    .findFirst());
  }

  private Optional<Span> describeProbePoint(NodePath path, Analysis analysis, HoverText text) {
    boolean isCode =
        path.nodes().stream()
            .anyMatch(node -> node instanceof Expression && !(node instanceof Expression.Literal));
    if (isCode) {
      return Optional.empty();
    }
    for (Node node : path.nodes()) {
      if (node instanceof ProbePoint point) {
        Optional<PointResolution> resolution = analysis.facts().resolutionOf(point);
        if (resolution.isPresent()) {
          text.script(Comments.oneLine(point.span().outermost().text()));
          new ProbePointHover(target).describe(resolution.get(), text);
          return Optional.of(point.span());
        }
      }
    }
    return Optional.empty();
  }
}
