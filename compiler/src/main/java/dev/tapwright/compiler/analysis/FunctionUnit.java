package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.EmbeddedCode;
import dev.tapwright.syntax.tree.Parameter;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A function of the script while it is being analysed. Compared by identity. */
final class FunctionUnit {
  private final Declaration.Function declaration;
  private final int number;
  private final Unit unit;
  private final List<VariableCell> parameters = new ArrayList<>();
  private final TypeCell result;
  private Optional<FunctionUnit> nextOverload = Optional.empty();
  private List<FunctionUnit> overloads = List.of(this);

  /**
   * @param number how many of its name stand before it
   */
  FunctionUnit(Declaration.Function declaration, int number) {
    this.declaration = declaration;
    this.number = number;
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

  /** The name that SystemTap gives it, by which it orders functions. */
  String mangledName() {
    String text = declaration.name().span().source().name();
    return (declaration.isPrivate()
            ? "__private_" + text.replaceAll("[^A-Za-z0-9]", "_") + "_"
            : "__global_")
        + name()
        + "__overload_"
        + number;
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

  /** Those that a call of it may run, itself the first. */
  List<FunctionUnit> overloads() {
    return overloads;
  }

  void setOverloads(List<FunctionUnit> functions) {
    overloads = List.copyOf(functions);
  }

  /** The function of the same name and arity that {@code next} in this one goes on to. */
  Optional<FunctionUnit> nextOverload() {
    return nextOverload;
  }

  void goesOnTo(FunctionUnit overload) {
    nextOverload = Optional.of(overload);
  }
}
