package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.ProbeMatch;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.ProbePoint;
import java.util.List;

/**
 * What a probe point of the script stands for.
 *
 * @param point as written
 * @param matches the places, in the order they were found; empty when there are none
 * @param aliases the aliases that led to them
 * @param problems what is wrong, in words; empty when nothing is
 */
public record PointResolution(
    ProbePoint point,
    List<ProbeMatch> matches,
    List<Declaration.Alias> aliases,
    List<String> problems) {
  /** Copies the lists. */
  public PointResolution {
    matches = List.copyOf(matches);
    aliases = List.copyOf(aliases);
    problems = List.copyOf(problems);
  }
}
