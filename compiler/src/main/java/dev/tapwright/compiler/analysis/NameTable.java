package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.analysis.AnalysisResult.NameFacts;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.ProbeComponent;
import dev.tapwright.syntax.tree.ProbePoint;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** Collects what the names in a script name, for whoever points at them. */
final class NameTable {
  private final IdentityHashMap<Node, NameFacts> names = new IdentityHashMap<>();
  private final Map<VariableCell, NameFacts> variables = new HashMap<>();

  private NameTable() {}

  static IdentityHashMap<Node, NameFacts> of(
      Names program, Collection<Unit> units, Collection<PointResolution> resolutions) {
    NameTable table = new NameTable();
    for (VariableCell global : program.globals().toList()) {
      global
          .globalDeclaration()
          .ifPresent(declaration -> table.variable(declaration.name(), global));
    }
    program.functions().forEach(table::function);
    units.forEach(table::unit);
    resolutions.forEach(resolution -> table.aliases(resolution, program));
    return table.names;
  }

  private void function(FunctionUnit function) {
    names.put(
        function.declaration().name(),
        new NameFacts(function.declaration().name().span(), Descriptions.of(function)));
  }

  private void unit(Unit unit) {
    unit.variables().forEach(this::variable);
    unit.calls()
        .forEach(
            (call, target) -> {
              if (target instanceof CallTarget.Script(FunctionUnit function)) {
                names.put(
                    call.function(),
                    new NameFacts(function.declaration().name().span(), Descriptions.of(function)));
              }
            });
  }

  private void variable(Node node, VariableCell cell) {
    names.put(
        node,
        variables.computeIfAbsent(
            cell, key -> new NameFacts(key.declaration(), Descriptions.of(key))));
  }

  @SuppressWarnings("ReferenceEquality") // a source is one text, not equal texts
  private void aliases(PointResolution resolution, Names program) {
    for (Declaration.Alias alias : resolution.aliases()) {
      for (Declaration.AliasName name : alias.names()) {
        if ((alias.span().source() == resolution.point().span().source()
                || program.isLibrary(alias.span()))
            && startsLike(resolution.point(), name.point())) {
          names.put(
              resolution.point().components().getFirst(),
              new NameFacts(name.point().span(), "alias " + name.point().span().text()));
        }
      }
    }
  }

  private static boolean startsLike(ProbePoint point, ProbePoint name) {
    return point.components().getFirst() instanceof ProbeComponent.Named used
        && name.components().getFirst() instanceof ProbeComponent.Named declared
        && used.name().equals(declared.name());
  }
}
