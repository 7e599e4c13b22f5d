package dev.tapwright.compiler.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code kernel.statement(…)}, {@code module("NAME").statement(…)} and functions by address: places
 * inside functions of the kernel. The function must exist; where its lines lie is not known.
 */
final class KernelStatementFamily implements ProbeFamily {
  @Override
  public List<ProbePattern> patterns() {
    List<ProbePattern> patterns =
        new ArrayList<>(
            ProbePattern.each(
                List.of("kernel", "module(string)"),
                List.of(
                    ".statement(string)",
                    ".statement(string).nearest",
                    ".statement(number)",
                    ".statement(number).nearest",
                    ".function(number)",
                    ".function(number).call",
                    ".function(number).inline",
                    ".function(number).return"),
                "A place in the kernel's code"));
    patterns.addAll(
        ProbePattern.each(
            List.of("kernel", "kprobe"),
            List.of(".statement(number).absolute"),
            "An address of the kernel"));
    return patterns;
  }

  @Override
  public boolean isCarried() {
    return false;
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    int at = point.components().getFirst().name().equals("module") ? 2 : 1;
    if (point.string(at).isEmpty()) {
      return found(
          point,
          "an address",
          "a probe by address is not supported yet",
          "name the function: kernel.function(\"NAME\")",
          Optional.empty());
    }
    SourcePlace place = SourcePlace.of(point.string(at));
    Optional<String> module =
        at == 1 ? Optional.empty() : Optional.of(ModuleNames.listed(point.string(0)));
    if (!place.isOneFunction()) {
      return found(
          point,
          point.string(at),
          SourcePlace.NEEDS_DEBUGINFO,
          "probe a function by its name",
          Optional.empty());
    }
    return switch (KernelFunctionFamily.functions(point, at, place.function(), module, context)) {
      case Resolution.Found(List<ProbeMatch> matches) ->
          found(
              point,
              place.function(),
              SourcePlace.NEEDS_DEBUGINFO,
              "probe the function where it is entered or left: .function(\"%s\") with .call or .return"
                  .formatted(place.function()),
              Optional.of(matches.getFirst().attachPoint()));
      case Resolution other -> other;
    };
  }

  private static Resolution found(
      ConcretePoint point,
      String subject,
      String reason,
      String advice,
      Optional<AttachPoint> like) {
    return Resolution.found(
        ProbeMatch.notCarried(
            new AttachPoint.NotCarried(
                subject,
                reason,
                advice,
                point.has("return"),
                ProbeContext.Kind.KERNEL_FUNCTION,
                like),
            point));
  }
}
