package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.probe.Processes;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.ProbePoint;
import dev.tapwright.syntax.tree.Statement;
import java.util.List;
import java.util.Optional;

/**
 * A probe that has been resolved: one place, one handler.
 *
 * @param attachPoint what it attaches to
 * @param processes in which the handler runs
 * @param resolvedName the point as {@code -p2} prints it, such as {@code
 *     kernel.function("__x64_sys_read")}
 * @param comment what {@code -p2} prints behind it between comment marks, such as {@code
 *     pc=_stext+0x273da0}; may be empty
 * @param origins the points that led here, innermost first, ending with the one that the script has
 *     written
 * @param aliases the aliases between them, innermost first: one less than points
 * @param declaration the probe that the script has written
 * @param condition arms the handler
 * @param bodies the blocks that run one after the other: prologues of aliases, the handler,
 *     epilogues
 * @param bindings of the condition and all the bodies together
 */
public record DerivedProbe(
    AttachPoint attachPoint,
    Processes processes,
    String resolvedName,
    String comment,
    List<ProbePoint> origins,
    List<Declaration.Alias> aliases,
    Declaration.Probe declaration,
    Optional<Expression> condition,
    List<Statement.Block> bodies,
    Bindings bindings) {
  /** Copies the lists. */
  public DerivedProbe {
    origins = List.copyOf(origins);
    aliases = List.copyOf(aliases);
    bodies = List.copyOf(bodies);
  }
}
