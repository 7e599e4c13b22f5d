package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.probe.PatternTree.End;
import dev.tapwright.compiler.probe.PatternTree.Node;
import dev.tapwright.compiler.probe.ProbeFamily.ResolutionContext;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.syntax.tree.ProbeComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The registry of families of probe points. */
public final class ProbeFamilies {
  private static final List<ProbeFamily> ALL =
      List.of(
          new SessionFamily(),
          new TimerFamily(),
          new KernelFunctionFamily(),
          new KprobeFamily(),
          new KernelTraceFamily(),
          new PerfFamily(),
          new ProcessFunctionFamily(),
          new ProcessMarkFamily(),
          new ProcfsFamily(),
          new KernelStatementFamily(),
          new ProcessStatementFamily(),
          new WatchpointFamily(),
          new NetfilterFamily(),
          new LsmFamily(),
          new ProcessEventFamily(),
          new ProcessInstructionFamily(),
          new ProcessLinkageFamily(),
          new UnsupportedFamily());

  private static final PatternTree TREE = PatternTree.of(ALL);

  private ProbeFamilies() {}

  /** All families. */
  public static List<ProbeFamily> all() {
    return ALL;
  }

  /** The forms that Tapwright supports, as {@code --dump-probe-types} lists them. */
  public static List<String> supportedForms() {
    return ALL.stream()
        .filter(ProbeFamily::isCarried)
        .flatMap(family -> family.patterns().stream())
        .map(ProbePattern::toString)
        .distinct()
        .sorted()
        .toList();
  }

  /** The forms of all families. */
  public static PatternTree tree() {
    return TREE;
  }

  /** What families may ask about a machine. */
  public static ResolutionContext context(Target target, Path workingDirectory) {
    record Context(Target target, Path workingDirectory) implements ResolutionContext {}
    return new Context(target, workingDirectory);
  }

  /**
   * A component that may come next.
   *
   * @param component its name and argument
   * @param documentation one line about a form that it may end or lead to
   * @param isComplete whether a probe point may end with it
   * @param isSupported whether Tapwright supports one of the forms that it leads to
   */
  public record ComponentCandidate(
      PatternComponent component, String documentation, boolean isComplete, boolean isSupported) {}

  /**
   * The components that may follow some others.
   *
   * @param tree {@link #tree()}, with a script's aliases where there are some
   * @param before what stands before the cursor; empty at the start of a point
   */
  public static List<ComponentCandidate> componentsAfter(
      PatternTree tree, List<ProbeComponent.Named> before) {
    return walk(tree, before)
        .map(
            node ->
                node.children().entrySet().stream()
                    .map(entry -> candidate(entry.getKey(), entry.getValue()))
                    .toList())
        .orElse(List.of());
  }

  /**
   * Strings that may stand between the parentheses of a component.
   *
   * @param before the components before it
   * @param component its name, such as {@code function}
   * @param prefix what has been typed of the string
   * @param limit at most so many
   */
  public static List<String> argumentsOf(
      List<ProbeComponent.Named> before,
      String component,
      String prefix,
      ResolutionContext context,
      int limit) {
    if (before.isEmpty()) {
      return List.of();
    }
    List<ConcretePoint.Component> concrete =
        before.stream().map(named -> ConcretePoint.Component.of(named, named.name())).toList();
    return walk(TREE, before)
        .flatMap(node -> node.child(new PatternComponent(component, ArgumentKind.STRING)))
        .map(
            node ->
                families(node).stream()
                    .flatMap(
                        family ->
                            family
                                .argumentCandidates(concrete, component, prefix, context, limit)
                                .stream())
                    .distinct()
                    .limit(limit)
                    .toList())
        .orElse(List.of());
  }

  private static Optional<Node> walk(PatternTree tree, List<ProbeComponent.Named> components) {
    Optional<Node> node = Optional.of(tree.root());
    for (ProbeComponent.Named component : components) {
      PatternComponent key =
          new PatternComponent(component.name(), ArgumentKind.of(component.argument()));
      node = node.flatMap(parent -> parent.child(key));
    }
    return node;
  }

  private static ComponentCandidate candidate(PatternComponent component, Node node) {
    List<End> ends = endsBelow(node);
    String documentation =
        (node.ends().isEmpty() ? ends : node.ends())
            .stream().findFirst().map(ProbeFamilies::documentation).orElse("");
    return new ComponentCandidate(
        component,
        documentation,
        !node.ends().isEmpty(),
        ends.stream().anyMatch(ProbeFamilies::isSupported));
  }

  private static String documentation(End end) {
    return switch (end) {
      case End.Family(ProbeFamily family, ProbePattern pattern) -> pattern.documentation();
      case End.Alias(PatternTree.AliasForm form) -> form.documentation();
    };
  }

  private static boolean isSupported(End end) {
    return !(end instanceof End.Family family) || family.family().isCarried();
  }

  private static List<ProbeFamily> families(Node node) {
    List<ProbeFamily> families = new ArrayList<>();
    for (End end : endsBelow(node)) {
      if (end instanceof End.Family family && !families.contains(family.family())) {
        families.add(family.family());
      }
    }
    return families;
  }

  /** What a node and the nodes below it end at, nearest first. */
  private static List<End> endsBelow(Node node) {
    List<End> ends = new ArrayList<>(node.ends());
    node.children().values().forEach(child -> ends.addAll(endsBelow(child)));
    return ends;
  }
}
