package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.target.Target;
import dev.tapwright.compiler.target.Tracepoints.Tracepoint;
import java.util.List;
import java.util.OptionalLong;

/**
 * {@code kernel.trace("PATTERN")} and {@code kernel.tracepoint}: tracepoints by name, or by {@code
 * system:name}.
 */
final class KernelTraceFamily implements ProbeFamily {
  private static final int SIMILAR_TRACEPOINTS = 5;

  @Override
  public List<ProbePattern> patterns() {
    return List.of(
        ProbePattern.of("kernel.trace(string)", "Where tracepoints of the kernel are passed"),
        ProbePattern.of("kernel.tracepoint(string)", "The same"));
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    Target target = context.target();
    String pattern = point.string(1);
    List<Tracepoint> tracepoints = target.tracepoints().matching(pattern);
    if (tracepoints.isEmpty()) {
      return Resolution.notFound(ProbeCodes.NO_MATCH, () -> noMatch(target, pattern));
    }
    return new Resolution.Found(
        tracepoints.stream().map(tracepoint -> match(point, tracepoint, target)).toList());
  }

  private static ProbeMatch match(ConcretePoint point, Tracepoint tracepoint, Target target) {
    AttachPoint attachPoint = new AttachPoint.Tracepoint(tracepoint.system(), tracepoint.name());
    String name = fullName(tracepoint);
    return new ProbeMatch(
        attachPoint,
        point.withString(1, name),
        "",
        name,
        OptionalLong.empty(),
        AttachMethod.of(attachPoint, target.profile()));
  }

  private static String fullName(Tracepoint tracepoint) {
    return tracepoint.system().isEmpty()
        ? tracepoint.name()
        : tracepoint.system() + ":" + tracepoint.name();
  }

  private static String noMatch(Target target, String pattern) {
    if (Globs.isGlob(pattern) || pattern.isEmpty()) {
      return "no match";
    }
    boolean hasSystem = pattern.indexOf(':') >= 0;
    List<String> names =
        target.tracepoints().matching("*").stream()
            .map(tracepoint -> hasSystem ? fullName(tracepoint) : tracepoint.name())
            .toList();
    return Similar.append(
        "no match", "similar tracepoints", Similar.to(pattern, names, SIMILAR_TRACEPOINTS));
  }

  @Override
  public List<String> argumentCandidates(
      List<ConcretePoint.Component> before,
      String component,
      String prefix,
      ResolutionContext context,
      int limit) {
    if (!component.startsWith("trace") || Globs.isGlob(prefix)) {
      return List.of();
    }
    // A prefix without a colon may begin the system's name or the tracepoint's own.
    return java.util.stream.Stream.concat(
            context.target().tracepoints().matching(prefix + "*").stream().map(Tracepoint::name),
            context
                .target()
                .tracepoints()
                .matching(prefix + (prefix.indexOf(':') >= 0 ? "*" : "*:*"))
                .stream()
                .map(KernelTraceFamily::fullName))
        .filter(name -> name.startsWith(prefix))
        .distinct()
        .limit(limit)
        .toList();
  }
}
