package dev.tapwright.compiler.cli;

import dev.tapwright.compiler.analysis.AnalysisResult;
import dev.tapwright.compiler.analysis.DerivedProbe;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.probe.ContextVariable;
import dev.tapwright.compiler.probe.PatternTree;
import dev.tapwright.compiler.probe.PointAlternatives;
import dev.tapwright.compiler.probe.PointMatcher;
import dev.tapwright.compiler.probe.PointMatcher.Hit;
import dev.tapwright.compiler.probe.ProbeFamily.ResolutionContext;
import dev.tapwright.compiler.probe.ProbeMatch;
import dev.tapwright.compiler.probe.ProbePointText;
import dev.tapwright.compiler.probe.Resolution;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.ProbePoint;
import dev.tapwright.syntax.tree.Script;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code stap -l} and {@code -L}: the probe points that a pattern matches. Aliases are listed under
 * their own names when something stands behind them; what is wrong with one of them keeps none of
 * the others from the list.
 */
final class ProbeListing {
  /** SystemTap lists no timer but those that the pattern gives a number. */
  private static final String UNLISTED = "timer.profile";

  private final CompilerDriver driver;
  private final ResolutionContext context;
  private final boolean hasAddresses;

  /** The variables of each name: those that all places of that name have. */
  private final Map<String, Set<String>> found = new TreeMap<>();

  /** The aliases that the pattern names. */
  private final Set<String> aliases = new LinkedHashSet<>();

  /**
   * A listing.
   *
   * @param driver one that leaves nothing out, however little it does
   * @param hasAddresses whether places of one name are told apart by their addresses
   */
  ProbeListing(CompilerDriver driver, ResolutionContext context, boolean hasAddresses) {
    this.driver = driver;
    this.context = context;
    this.hasAddresses = hasAddresses;
  }

  /**
   * The matching points in the order of the alphabet.
   *
   * @param script {@code probe PATTERN {}}
   * @param hasVariables whether their variables follow, as with {@code -L}
   */
  List<String> list(Script script, boolean hasVariables) {
    // The pattern itself is matched here: to analyze it would resolve all that it matches.
    SourceText nothing = new SourceText(ScriptSource.INPUT, "probe never {}");
    PatternTree tree = driver.analyze(driver.parse(nothing).script()).probePoints();
    for (Declaration declaration : script.declarations()) {
      if (declaration instanceof Declaration.Probe probe) {
        probe.points().stream()
            .flatMap(point -> PointAlternatives.of(point).stream())
            .filter(alternative -> !alternative.components().isEmpty())
            .forEach(alternative -> match(tree, alternative));
      }
    }
    if (!aliases.isEmpty()) {
      resolveAliases();
    }
    found.keySet().removeIf(name -> name.equals(UNLISTED));
    return found.entrySet().stream()
        .map(
            point ->
                hasVariables
                    ? String.join(
                        " ",
                        Stream.concat(Stream.of(point.getKey()), point.getValue().stream())
                            .toList())
                    : point.getKey())
        .toList();
  }

  private void match(PatternTree tree, PointAlternatives.Alternative alternative) {
    if (PointMatcher.match(tree, alternative.components()) instanceof PointMatcher.Hits hits) {
      for (Hit hit : hits.hits()) {
        switch (hit.end()) {
          case PatternTree.End.Family family -> {
            if (family.family().resolve(hit.point(), context)
                instanceof Resolution.Found(List<ProbeMatch> matches)) {
              matches.forEach(match -> add(name(match, alternative), contextVariables(match)));
            }
          }
          case PatternTree.End.Alias _ -> aliases.add(name(hit));
        }
      }
    }
  }

  private static String name(Hit hit) {
    StringBuilder name = new StringBuilder(hit.point().toString());
    hit.suffix().forEach(component -> name.append('.').append(ProbePointText.of(component)));
    return name.toString();
  }

  private String name(ProbeMatch match, PointAlternatives.Alternative written) {
    return match.resolvedName()
        + ProbePointText.mark(written.presence())
        + written.condition().map(condition -> " if (" + condition.span().text() + ")").orElse("")
        + (hasAddresses && !match.comment().isEmpty() ? " /* " + match.comment() + " */" : "");
  }

  /**
   * Looks at all aliases together, each with a handler of its own, and each optional: nobody asks
   * why one is not there, and to find out takes its time.
   */
  private void resolveAliases() {
    String text =
        aliases.stream().map(name -> "probe " + name + " ? {}\n").collect(Collectors.joining());
    SourceText source = new SourceText(ScriptSource.INPUT, text);
    Script script = driver.parse(source).script();
    AnalysisResult result = driver.analyze(script);
    IdentityHashMap<Declaration.Probe, List<DerivedProbe>> sound = new IdentityHashMap<>();
    for (DerivedProbe probe : result.soundProgram().probes()) {
      sound.computeIfAbsent(probe.declaration(), key -> new ArrayList<>()).add(probe);
    }
    for (Declaration declaration : script.declarations()) {
      if (declaration instanceof Declaration.Probe probe && probe.span().source() == source) {
        for (ProbePoint point : probe.points()) {
          result
              .resolutionOf(point)
              .ifPresent(
                  found -> alias(point, found.matches(), sound.getOrDefault(probe, List.of())));
        }
      }
    }
  }

  private void alias(ProbePoint point, List<ProbeMatch> matches, List<DerivedProbe> derived) {
    for (ProbeMatch match : matches) {
      List<String> variables = new ArrayList<>();
      derived.stream()
          .filter(probe -> probe.attachPoint().equals(match.attachPoint()))
          .findFirst()
          .ifPresent(probe -> variables.addAll(locals(probe)));
      variables.addAll(contextVariables(match));
      add(
          ProbePointText.of(
              new ProbePoint(
                  point.span(),
                  point.components(),
                  ProbePoint.Presence.REQUIRED,
                  point.condition())),
          variables);
    }
  }

  private static List<String> locals(DerivedProbe probe) {
    return probe.bindings().locals().stream()
        .map(local -> local.name() + ":" + local.type().spelling())
        .toList();
  }

  private List<String> contextVariables(ProbeMatch match) {
    return match.context(context.target()).variables().stream()
        .map(ContextVariable::listing)
        .toList();
  }

  private void add(String name, List<String> variables) {
    Set<String> known = found.putIfAbsent(name, new LinkedHashSet<>(variables));
    if (known != null) {
      known.retainAll(Set.copyOf(variables));
    }
  }
}
