package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.probe.PatternTree.End;
import dev.tapwright.compiler.probe.PatternTree.Node;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.DiagnosticCode;
import dev.tapwright.syntax.tree.ProbeComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds the forms that a written probe point has, and says in SystemTap's words what is wrong when
 * there is none.
 */
public final class PointMatcher {
  private static final int SIMILAR_COMPONENTS = 5;

  private final List<ProbeComponent.Named> components;
  private final List<Hit> hits = new ArrayList<>();

  private PointMatcher(List<ProbeComponent.Named> components) {
    this.components = components;
  }

  /**
   * Matches a point against a tree.
   *
   * @param components without braces, at least one
   */
  public static Outcome match(PatternTree tree, List<ProbeComponent.Named> components) {
    PointMatcher matcher = new PointMatcher(components);
    return switch (matcher.match(tree.root(), 0, List.of(), false)) {
      case Problem problem when matcher.hits.isEmpty() -> problem;
      default -> new Hits(matcher.hits);
    };
  }

  /** What matching gives. */
  public sealed interface Outcome {}

  /** Forms that the point has, at least one. */
  public record Hits(List<Hit> hits) implements Outcome {
    /** Copies the list. */
    public Hits {
      hits = List.copyOf(hits);
    }
  }

  /** Why it has none. */
  public record Problem(DiagnosticCode code, String message, Span span) implements Outcome {}

  /**
   * A form.
   *
   * @param end what it leads to
   * @param point what was matched, without wildcards
   * @param suffix components behind an alias' name, which belong to what the alias stands for
   * @param isFromWildcard whether a wildcard led here, so that it need not exist
   */
  public record Hit(
      End end, ConcretePoint point, List<ProbeComponent.Named> suffix, boolean isFromWildcard) {
    /** Copies the list. */
    public Hit {
      suffix = List.copyOf(suffix);
    }
  }

  /** What messages do not propose: they are those of SystemTap 4.8, which has not got them. */
  private static final Set<String> NEWER = Set.of("lsm", "tracepoint");

  private Outcome match(
      Node node, int index, List<ConcretePoint.Component> matched, boolean isFromWildcard) {
    if (index == components.size()) {
      return end(node, matched, isFromWildcard);
    }
    ProbeComponent.Named component = components.get(index);
    if (component.name().indexOf('*') >= 0) {
      return matchWildcard(node, index, matched);
    }
    PatternComponent key =
        new PatternComponent(component.name(), ArgumentKind.of(component.argument()));
    Node child = node.children().get(key);
    if (child == null) {
      return noChild(node, index, matched, isFromWildcard, "probe point mismatch");
    }
    Outcome outcome =
        match(
            child,
            index + 1,
            append(matched, ConcretePoint.Component.of(component, component.name())),
            isFromWildcard);
    if (outcome instanceof Problem && node.hasAlias()) {
      return suffixed(node, index, matched, isFromWildcard);
    }
    return outcome;
  }

  private Outcome end(Node node, List<ConcretePoint.Component> matched, boolean isFromWildcard) {
    if (node.ends().isEmpty()) {
      return new Problem(
          ProbeCodes.TRUNCATED,
          "probe point truncated (follow:  "
              + String.join(
                  " ",
                  node.children().keySet().stream()
                      .filter(component -> !NEWER.contains(component.name()))
                      .map(PatternComponent::toString)
                      .toList())
              + ")",
          matched.getLast().nameSpan());
    }
    for (End end : node.ends()) {
      hits.add(new Hit(end, new ConcretePoint(matched), List.of(), isFromWildcard));
    }
    return new Hits(hits);
  }

  private Outcome matchWildcard(Node node, int index, List<ConcretePoint.Component> matched) {
    int before = hits.size();
    walkWildcard(node, "", index, matched);
    return hits.size() > before
        ? new Hits(hits)
        : noChild(
            node, index, matched, true, "probe point mismatch: didn't find any wildcard matches");
  }

  private void walkWildcard(
      Node node, String path, int index, List<ConcretePoint.Component> matched) {
    ProbeComponent.Named component = components.get(index);
    boolean spansDots = component.name().contains("**");
    ArgumentKind kind = ArgumentKind.of(component.argument());
    node.children()
        .forEach(
            (child, next) -> {
              String name = path + child.name();
              if (child.argument() == kind && Globs.matches(component.name(), name)) {
                match(
                    next,
                    index + 1,
                    append(matched, ConcretePoint.Component.of(component, child.name())),
                    true);
              }
              if (spansDots && child.argument() == ArgumentKind.NONE) {
                walkWildcard(
                    next,
                    name + ".",
                    index,
                    append(matched, ConcretePoint.Component.of(component, child.name())));
              }
            });
  }

  private Outcome noChild(
      Node node,
      int index,
      List<ConcretePoint.Component> matched,
      boolean isFromWildcard,
      String message) {
    if (node.hasAlias()) {
      return suffixed(node, index, matched, isFromWildcard);
    }
    Span span = components.get(index).nameSpan();
    if (!node.ends().isEmpty()) {
      return new Problem(ProbeCodes.INVALID_SUFFIX, "invalid suffix for probe", span);
    }
    List<String> similar =
        Similar.to(
            components.get(index).name(),
            node.childNames().stream().filter(name -> !NEWER.contains(name)).toList(),
            SIMILAR_COMPONENTS);
    return new Problem(ProbeCodes.MISMATCH, Similar.append(message, "similar", similar), span);
  }

  private Outcome suffixed(
      Node node, int index, List<ConcretePoint.Component> matched, boolean isFromWildcard) {
    for (End end : node.ends()) {
      if (end instanceof End.Alias) {
        hits.add(
            new Hit(
                end,
                new ConcretePoint(matched),
                components.subList(index, components.size()),
                isFromWildcard));
      }
    }
    return new Hits(hits);
  }

  private static List<ConcretePoint.Component> append(
      List<ConcretePoint.Component> list, ConcretePoint.Component last) {
    List<ConcretePoint.Component> result = new ArrayList<>(list);
    result.add(last);
    return result;
  }
}
