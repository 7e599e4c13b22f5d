package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.target.DataTypes;
import dev.tapwright.compiler.target.TypeShape;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Expression;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code @enumname(e, "type", "module")}: the name of a value of an enumeration. */
final class EnumeratorNames {
  private final DataTypes data;

  EnumeratorNames(DataTypes data) {
    this.data = data;
  }

  /**
   * The enumeration that an operator names, or else that its operand is of.
   *
   * @param operand what is known of the operand, where it is data of the traced program
   */
  TypeShape.Enumeration enumeration(Expression.EnumName written, Optional<ContextAccess> operand)
      throws AccessFault {
    if (written.type().isEmpty()) {
      return operand
          .flatMap(access -> named(access.cType()))
          .orElseThrow(
              () ->
                  new AccessFault(
                      Diagnostic.error(
                              AnalysisCodes.UNKNOWN_C_TYPE,
                              written.span(),
                              "the enumeration of this value is not known")
                          .withNote("name it: @enumname(value, \"type\")")));
    }
    String name = written.type().get().value();
    String module = written.module().map(Expression.StringLiteral::value).orElse("kernel");
    Optional<TypeShape.Enumeration> found =
        CastTypes.namesKernel(module) ? named(name) : Optional.empty();
    return found.orElseThrow(
        () ->
            new AccessFault(
                Diagnostic.error(
                    AnalysisCodes.UNKNOWN_C_TYPE,
                    written.span(),
                    "enumeration '%s' not found in '%s'".formatted(name, module))));
  }

  /** An enumeration by its own name, with its keyword or without, or by that of a typedef. */
  private Optional<TypeShape.Enumeration> named(String name) {
    for (String spelling : List.of("enum " + name, name)) {
      OptionalInt type = data.named(spelling);
      if (type.isPresent()
          && data.shape(type.getAsInt()) instanceof TypeShape.Enumeration enumeration) {
        return Optional.of(enumeration);
      }
    }
    return Optional.empty();
  }

  /** How to get at the name of what an expression gives. */
  static ContextAccess access(Expression operand, TypeShape.Enumeration enumeration) {
    return new ContextAccess(
        new ContextAccess.Base.Value(operand),
        List.of(new ContextAccess.Step.EnumeratorName(enumeration)),
        Type.STRING,
        false,
        "char *",
        OptionalInt.empty());
  }
}
