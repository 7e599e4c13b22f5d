package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.Similar;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Warns of variables that are read and that nothing writes. */
final class NeverAssigned {
  private static final int SIMILAR_NAMES = 5;

  private NeverAssigned() {}

  /**
   * Checks the locals of some units, and the globals.
   *
   * @param unplaced handlers that will not run, whose writes count nevertheless
   */
  static void check(
      Declarations declarations,
      Collection<Unit> units,
      Collection<Unit> unplaced,
      Reports reports) {
    Usage all = new Usage();
    unplaced.forEach(all::add);
    for (Unit unit : units) {
      Usage usage = new Usage();
      usage.add(unit);
      all.add(usage);
      if (unit.erroneous().isEmpty()) {
        for (VariableCell local : unit.locals().values()) {
          if (local.kind() == VariableCell.Kind.LOCAL
              && usage.reads(local)
              && !usage.writes(local)) {
            Set<String> names = new HashSet<>(unit.locals().keySet());
            names.addAll(declarations.globals().keySet());
            warn(local, "local", names, reports);
          }
        }
      }
    }
    for (VariableCell global : declarations.globals().values()) {
      if (all.reads(global)
          && !all.writes(global)
          && global
              .globalDeclaration()
              .flatMap(declaration -> declaration.initialValue())
              .isEmpty()) {
        warn(global, "global", new HashSet<>(declarations.globals().keySet()), reports);
      }
    }
  }

  private static void warn(VariableCell cell, String kind, Set<String> names, Reports reports) {
    names.remove(cell.name());
    reports.warning(
        AnalysisCodes.NEVER_ASSIGNED,
        cell.declaration(),
        Similar.append(
            "never-assigned %s variable '%s'".formatted(kind, cell.name()),
            "similar",
            Similar.to(cell.name(), names, SIMILAR_NAMES)));
  }
}
