package dev.tapwright.compiler.probe;

import dev.tapwright.syntax.tree.Declaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * All forms of probe points that a script may use, families' and aliases', as a tree of components.
 * Immutable once built.
 */
public final class PatternTree {
  private final Node root;

  private PatternTree(Node root) {
    this.root = root;
  }

  /** The forms of some families. */
  static PatternTree of(List<ProbeFamily> families) {
    Node root = new Node();
    for (ProbeFamily family : families) {
      for (ProbePattern pattern : family.patterns()) {
        root.descend(pattern.components()).ends.add(new End.Family(family, pattern));
      }
    }
    return new PatternTree(root);
  }

  /** This tree and some aliases as well. */
  public PatternTree with(List<AliasForm> aliases) {
    if (aliases.isEmpty()) {
      return this;
    }
    Node copy = root.copy();
    for (AliasForm alias : aliases) {
      copy.descend(alias.components()).ends.add(new End.Alias(alias));
    }
    return new PatternTree(copy);
  }

  /** The aliases among them, in the order of their names. */
  public List<AliasForm> aliases() {
    List<AliasForm> aliases = new ArrayList<>();
    root.collectAliases(aliases);
    return aliases;
  }

  Node root() {
    return root;
  }

  /**
   * An alias under one of its names.
   *
   * @param components the name
   * @param source gives its tree, which may have to be read first
   * @param isEpilogue whether the alias' block runs after the handler
   * @param documentation one line; may be empty
   */
  public record AliasForm(
      List<PatternComponent> components,
      Supplier<Declaration.Alias> source,
      boolean isEpilogue,
      String documentation) {
    /** Copies the list. */
    public AliasForm {
      components = List.copyOf(components);
    }

    /** An alias whose tree is at hand; its points are its documentation. */
    public static AliasForm of(
        List<PatternComponent> components, Declaration.Alias declaration, boolean isEpilogue) {
      return new AliasForm(
          components,
          () -> declaration,
          isEpilogue,
          "= " + ProbePointText.of(declaration.points(), ", "));
    }

    /** Its tree. */
    public Declaration.Alias declaration() {
      return source.get();
    }
  }

  /** What a path through the tree ends at. */
  public sealed interface End {
    /** A family resolves the point. */
    record Family(ProbeFamily family, ProbePattern pattern) implements End {}

    /** An alias stands for other points. */
    record Alias(AliasForm form) implements End {}
  }

  /** A node: what has been matched so far. */
  static final class Node {
    private final Map<PatternComponent, Node> children = new TreeMap<>();
    private final List<End> ends = new ArrayList<>();

    Map<PatternComponent, Node> children() {
      return children;
    }

    List<End> ends() {
      return ends;
    }

    Optional<Node> child(PatternComponent component) {
      return Optional.ofNullable(children.get(component));
    }

    List<String> childNames() {
      return children.keySet().stream().map(PatternComponent::name).distinct().toList();
    }

    boolean hasAlias() {
      return ends.stream().anyMatch(End.Alias.class::isInstance);
    }

    private Node descend(List<PatternComponent> components) {
      Node node = this;
      for (PatternComponent component : components) {
        node = node.children.computeIfAbsent(component, key -> new Node());
      }
      return node;
    }

    private void collectAliases(List<AliasForm> aliases) {
      for (End end : ends) {
        if (end instanceof End.Alias(AliasForm form)) {
          aliases.add(form);
        }
      }
      children.values().forEach(child -> child.collectAliases(aliases));
    }

    private Node copy() {
      Node copy = new Node();
      copy.ends.addAll(ends);
      children.forEach((component, child) -> copy.children.put(component, child.copy()));
      return copy;
    }
  }
}
