package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.ModuleNames;
import dev.tapwright.compiler.target.DataTypes;
import dev.tapwright.compiler.target.KernelTypes;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Expression;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The types that casts name, of the kernel or of a module. A header that a cast gives is not
 * compiled: the kernel's types are those that it would declare.
 *
 * @param here the types of the place: those of its module, then the kernel's
 */
record CastTypes(Target target, DataTypes here) {
  private static final String KERNEL = "kernel";

  /** At a place in a module's code, or the kernel's. */
  static CastTypes at(Optional<String> module, Target target) {
    return new CastTypes(target, ofModule(module, target).orElse(ofKernel(target)));
  }

  private static DataTypes ofKernel(Target target) {
    return target.kernelTypes().map(KernelTypes::dataTypes).orElse(DataTypes.NONE);
  }

  private static Optional<DataTypes> ofModule(Optional<String> module, Target target) {
    return module
        .flatMap(name -> target.kernelTypes().flatMap(types -> types.module(name)))
        .map(KernelTypes::dataTypes);
  }

  /** The number of the type that a cast names. */
  int typeOf(Expression.Cast cast) throws AccessFault {
    String modules = cast.module().map(Expression.StringLiteral::value).orElse("");
    String name = cast.type().value();
    boolean isPointer = name.contains("*");
    for (String module : List.of(modules.split(":", -1))) {
      OptionalInt found =
          typesOf(module).map(types -> types.named(name)).orElse(OptionalInt.empty());
      if (found.isPresent() && !isPointer) {
        return found.getAsInt();
      }
    }
    Diagnostic unknown =
        Diagnostic.error(
            AnalysisCodes.UNKNOWN_C_TYPE,
            cast.span(),
            "type definition '%s' not found in '%s'"
                .formatted(name, modules.isEmpty() ? KERNEL : modules));
    throw new AccessFault(
        isPointer
            ? unknown.withNote(
                "a cast names what the address points to: \"%s\""
                    .formatted(name.substring(0, name.indexOf('*')).strip()))
            : why(name, modules).map(unknown::withNote).orElse(unknown));
  }

  /** The types that a module's name stands for; {@code kernel<header.h>} are the kernel's. */
  private Optional<DataTypes> typesOf(String module) {
    if (module.isEmpty()) {
      return Optional.of(here);
    }
    return isKernel(module)
        ? Optional.of(ofKernel(target))
        : ofModule(Optional.of(ModuleNames.listed(module)), target);
  }

  /** Whether a list such as {@code kernel<linux/sched.h>:kernel} has the kernel in it. */
  static boolean namesKernel(String modules) {
    return List.of(modules.split(":", -1)).stream().anyMatch(CastTypes::isKernel);
  }

  private static boolean isKernel(String module) {
    return module.equals(KERNEL) || module.startsWith(KERNEL + "<");
  }

  private Optional<String> why(String name, String modules) {
    for (String module : List.of(modules.split(":", -1))) {
      if (module.isEmpty() || isKernel(module)) {
        continue;
      }
      if (module.startsWith("<")) {
        return Optional.of(
            "headers are not compiled: of a header only the kernel's types are known, as \"kernel%s\""
                .formatted(module));
      }
      if (ModuleNames.listed(module).contains("/")) {
        return Optional.of(
            "types of programs are known only from debuginfo, which is not supported yet");
      }
      String listed = ModuleNames.listed(module);
      return ModuleNames.absence(listed, target).or(() -> undescribed(Optional.of(listed)));
    }
    return here.modulesWith(name).stream().findFirst().map(module -> advice(name, module));
  }

  /** Where a type is that the kernel has not. */
  static String advice(String name, String module) {
    return "the module '%s' has it: @cast(…, \"%s\", \"%1$s\")".formatted(module, name);
  }

  /** Why nothing is known of the types of a module that is loaded; empty where they are. */
  Optional<String> undescribed(Optional<String> module) {
    return module
        .filter(name -> ofModule(module, target).isEmpty())
        .map(name -> ModuleNames.undescribed(name, target.profile()));
  }
}
