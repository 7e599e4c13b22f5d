package dev.tapwright.compiler.probe;

import java.util.List;
import java.util.Optional;

/** {@code kernel.data(…)}: accesses to a variable of the kernel, by the processor's watchpoints. */
final class KernelDataFamily implements ProbeFamily {
  @Override
  public List<ProbePattern> patterns() {
    return ProbePattern.each(
        List.of("kernel.data(string)", "kernel.data(number)", "kernel.data(number).length(number)"),
        List.of(".rw", ".write"),
        "Accesses to a variable of the kernel");
  }

  @Override
  public boolean isCarried() {
    return false;
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    return Resolution.found(
        ProbeMatch.notCarried(
            new AttachPoint.NotCarried(
                point.components().get(1).toString(),
                "watchpoints of the processor are not supported yet",
                "probe the functions that use the variable, or look at it in a timer",
                false,
                ProbeContext.Kind.NONE,
                List.of(),
                Optional.empty()),
            point));
  }
}
