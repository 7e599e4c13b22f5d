package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.probe.ContextVariable.Location;
import dev.tapwright.compiler.target.DataTypes;
import dev.tapwright.compiler.target.KernelTypes;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.compiler.target.Tracepoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of a system call as context variables, for handlers at {@code syscall.NAME}: the
 * tracepoint behind it gives registers only. Their names and types are those of the call's event,
 * or else of the function behind the call in the kernel's BTF.
 */
public final class SystemCallVariables {
  private static final String ENTRY = "sys_enter";
  private static final String NUMBER = "__syscall_nr";

  /** What the kernel's names of calls have and the aliases' have not. */
  private static final List<String> OTHER_NAMES = List.of("%s", "new%s", "%s64", "%s_time64");

  private SystemCallVariables() {}

  /**
   * A place with the variables of a call added, where it is one that all calls pass.
   *
   * @param call its name as in {@code syscall.NAME}
   */
  public static ProbeContext added(ProbeContext place, String call, Target target) {
    boolean isCall =
        place.kind() == ProbeContext.Kind.TRACEPOINT
            && (isEntry(place.subject()) || ProbeMatch.isSystemCallReturn(place.subject()));
    if (!isCall) {
      return place;
    }
    List<ContextVariable> parameters = new ArrayList<>(place.parameters());
    for (ContextVariable variable : of(call, target)) {
      // The tracepoint's own come first: the aliases' bodies use them.
      if (parameters.stream().noneMatch(own -> own.name().equals(variable.name()))) {
        parameters.add(variable);
      }
    }
    return place.withParameters(parameters);
  }

  private static boolean isEntry(String tracepoint) {
    return tracepoint.equals(ENTRY) || tracepoint.equals("raw_syscalls:" + ENTRY);
  }

  private static List<ContextVariable> of(String call, Target target) {
    for (String form : OTHER_NAMES) {
      String name = form.formatted(call);
      Optional<List<ContextVariable>> variables =
          ofEvent(name, target).or(() -> ofFunction(name, target));
      if (variables.isPresent()) {
        return variables.get();
      }
    }
    return List.of();
  }

  private static Optional<List<ContextVariable>> ofEvent(String call, Target target) {
    return target
        .tracepoints()
        .fields(new Tracepoints.Tracepoint("syscalls", ENTRY + "_" + call))
        .map(
            fields ->
                fields.stream()
                    .filter(field -> !field.name().equals(NUMBER))
                    .map(field -> new KernelTypes.TypedParameter(field.name(), field.type()))
                    .toList())
        .map(parameters -> variables(parameters, target));
  }

  private static Optional<List<ContextVariable>> ofFunction(String call, Target target) {
    return target
        .kernelTypes()
        .flatMap(types -> types.function("__do_sys_" + call))
        .map(prototype -> variables(prototype.parameters(), target));
  }

  private static List<ContextVariable> variables(
      List<KernelTypes.TypedParameter> parameters, Target target) {
    DataTypes data = ProbeContexts.dataTypes(target);
    List<ContextVariable> variables = new ArrayList<>();
    for (int i = 0; i < Math.min(6, parameters.size()); i++) {
      KernelTypes.TypedParameter parameter = parameters.get(i);
      variables.add(
          new ContextVariable(
              parameter.name(),
              parameter.type(),
              data.named(parameter.type().replaceFirst("^const ", "")).orElse(0),
              new Location.SystemCallArgument(i)));
    }
    return variables;
  }
}
