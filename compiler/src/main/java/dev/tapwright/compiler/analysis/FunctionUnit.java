package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.EmbeddedCode;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Parameter;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A function of the script while it is being analysed. Compared by identity. */
final class FunctionUnit {
  private final Declaration.Function declaration;
  private final Unit unit;
  private final List<VariableCell> parameters = new ArrayList<>();
  private final TypeCell result;
  private Optional<FunctionUnit> nextOverload = Optional.empty();

  FunctionUnit(Declaration.Function declaration) {
    this.declaration = declaration;
    List<Statement.Block> bodies =
        switch (declaration.body()) {
          case Statement.Block block -> List.of(block);
          case EmbeddedCode code -> List.of();
        };
    this.unit = new Unit(bodies, Optional.empty());
    for (Parameter parameter : declaration.parameters()) {
      VariableCell cell =
          VariableCell.parameter(
              parameter.name().name(), parameter.name().span(), parameter.type());
      parameters.add(cell);
      unit.locals().putIfAbsent(cell.name(), cell);
      unit.variables().put(parameter.name(), cell);
    }
    this.result =
        declaration
            .type()
            .map(type -> TypeCell.declared(VariableCell.typeOf(type), declaration.name().span()))
            .orElseGet(TypeCell::new);
  }

  String name() {
    return declaration.name().name();
  }

  int arity() {
    return parameters.size();
  }

  Declaration.Function declaration() {
    return declaration;
  }

  Unit unit() {
    return unit;
  }

  List<VariableCell> parameters() {
    return parameters;
  }

  TypeCell result() {
    return result;
  }

  /** Whether a {@code return} of it has a value. */
  boolean givesValue() {
    return unit.bodies().stream().anyMatch(FunctionUnit::givesValue);
  }

  private static boolean givesValue(Node node) {
    return (node instanceof Statement.Return result && result.value().isPresent())
        || Children.any(node, FunctionUnit::givesValue);
  }

  /** The function of the same name and arity that {@code next} in this one goes on to. */
  Optional<FunctionUnit> nextOverload() {
    return nextOverload;
  }

  void goesOnTo(FunctionUnit overload) {
    nextOverload = Optional.of(overload);
  }
}
