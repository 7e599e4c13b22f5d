package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.probe.PatternTree.AliasForm;
import dev.tapwright.compiler.probe.ProbeMatch;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.ProbePoint;
import java.util.List;

/**
 * Places that one handler runs at.
 *
 * @param declaration the probe that the script has written
 * @param point its point that led here
 * @param aliases the aliases between them, innermost first
 * @param aliasPoints the points of those aliases that led here, innermost first
 * @param unit the handler, which several plans may share
 */
record HandlerPlan(
    Declaration.Probe declaration,
    ProbePoint point,
    List<AliasForm> aliases,
    List<ProbePoint> aliasPoints,
    List<ProbeMatch> matches,
    Unit unit) {
  /** Whether its places do something without any handler. */
  boolean isNeededEmpty() {
    return matches.stream().anyMatch(match -> match.attachPoint() instanceof AttachPoint.Counter);
  }

  /**
   * What messages call the probe: its first component, without alternatives and wildcards where
   * they are known.
   */
  String name() {
    String resolved = matches.getFirst().resolvedName();
    int end = 0;
    while (end < resolved.length() && Character.isJavaIdentifierPart(resolved.charAt(end))) {
      end++;
    }
    return resolved.substring(0, end);
  }
}
