package dev.tapwright.compiler.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code kprobe.function("PATTERN")} and {@code kprobe.module("NAME").function("PATTERN")}: the
 * same functions as {@link KernelFunctionFamily}'s, by {@code /proc/kallsyms}. What SystemTap
 * cannot know there, arguments and their types, is known here all the same.
 */
final class KprobeFamily implements ProbeFamily {
  @Override
  public List<ProbePattern> patterns() {
    List<ProbePattern> patterns = new ArrayList<>();
    for (String base :
        List.of("kprobe.function(string)", "kprobe.module(string).function(string)")) {
      patterns.add(ProbePattern.of(base, "Where functions of the kernel are entered, by symbols"));
      patterns.add(ProbePattern.of(base + ".call", "Where functions are entered, by symbols"));
      patterns.add(ProbePattern.of(base + ".return", "Where functions return, by symbols"));
      patterns.add(
          ProbePattern.of(
              base + ".return.maxactive(number)",
              "Where functions return; however many are running"));
    }
    return patterns;
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    return point.has("module")
        ? KernelFunctionFamily.resolve(
            point, 2, Optional.of(ModuleNames.listed(point.string(1))), context)
        : KernelFunctionFamily.resolve(point, 1, Optional.empty(), context);
  }

  @Override
  public List<String> argumentCandidates(
      List<ConcretePoint.Component> before,
      String component,
      String prefix,
      ResolutionContext context,
      int limit) {
    return new KernelFunctionFamily().argumentCandidates(before, component, prefix, context, limit);
  }
}
