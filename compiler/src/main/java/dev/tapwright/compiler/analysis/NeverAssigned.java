package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.Similar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Warns of variables that are read and that nothing writes. */
final class NeverAssigned {
  private NeverAssigned() {}

  /**
   * Checks the locals of some units, and the globals.
   *
   * @param unplaced handlers that will not run, whose writes count nevertheless
   */
  static void check(
      Names names, Collection<Unit> units, Collection<Unit> unplaced, Reports reports) {
    Set<String> globalNames =
        names.globals().map(VariableCell::name).collect(Collectors.toUnmodifiableSet());
    for (Unit unit : units) {
      Usage usage = unit.usage();
      if (unit.erroneous().isEmpty()) {
        for (VariableCell local : unit.locals().values()) {
          if (local.kind() == VariableCell.Kind.LOCAL
              && usage.reads(local)
              && !usage.writes(local)) {
            warn(local, "local", union(unit.locals().keySet(), globalNames), names, reports);
          }
        }
      }
    }
    List<Unit> everywhere = new ArrayList<>(unplaced);
    everywhere.addAll(units);
    Usage all = Usage.of(everywhere);
    for (VariableCell global : names.globals().toList()) {
      // A script that uses a part of a library file need not use what sets its variables.
      if (!names.isLibrary(global.declaration())
          && all.reads(global)
          && !all.writes(global)
          && global
              .globalDeclaration()
              .flatMap(declaration -> declaration.initialValue())
              .isEmpty()) {
        warn(global, "global", () -> globalNames, names, reports);
      }
    }
  }

  private static Supplier<Set<String>> union(Set<String> one, Set<String> other) {
    return () -> {
      Set<String> union = new HashSet<>(one);
      union.addAll(other);
      union.removeIf(name -> EntryValues.isOne(name) || PrintOperands.isOne(name));
      return union;
    };
  }

  private static void warn(
      VariableCell cell,
      String kind,
      Supplier<Set<String>> candidates,
      Names names,
      Reports reports) {
    reports.warning(
        AnalysisCodes.NEVER_ASSIGNED,
        cell.declaration(),
        Similar.append(
            "never-assigned %s variable '%s'".formatted(kind, cell.name()),
            "similar",
            names.similar(cell.name(), candidates)));
  }
}
