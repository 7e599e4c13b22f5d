package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.Globs;
import dev.tapwright.compiler.probe.ProbePointText;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.ProbePoint;
import java.util.Optional;

/** What {@code pn()} calls a probe: the script's own point, its wildcards expanded. */
public final class ScriptPoint {
  private ScriptPoint() {}

  /** The text of one; the name of the outermost alias, where there is one. */
  public static String of(DerivedProbe probe) {
    ProbePoint written = probe.origins().getLast();
    if (probe.aliases().isEmpty()) {
      return probe.resolvedName();
    }
    return probe.aliases().getLast().names().stream()
        .map(Declaration.AliasName::point)
        .filter(name -> matches(written, name))
        .findFirst()
        .or(() -> Optional.of(written))
        .map(ScriptPoint::text)
        .orElseThrow();
  }

  private static boolean matches(ProbePoint pattern, ProbePoint name) {
    return Globs.matches(text(pattern), text(name));
  }

  private static String text(ProbePoint point) {
    return String.join(".", point.components().stream().map(ProbePointText::of).toList());
  }
}
