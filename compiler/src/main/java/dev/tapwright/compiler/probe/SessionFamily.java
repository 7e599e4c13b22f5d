package dev.tapwright.compiler.probe;

import java.util.List;

/**
 * {@code begin}, {@code end}, {@code error} with their priorities, and {@code never}: events of the
 * session itself.
 */
final class SessionFamily implements ProbeFamily {
  @Override
  public List<ProbePattern> patterns() {
    return List.of(
        ProbePattern.of("begin", "When the session starts"),
        ProbePattern.of("begin(number)", "When the session starts; lower numbers first"),
        ProbePattern.of("end", "When the session ends in order"),
        ProbePattern.of("end(number)", "When the session ends in order; lower numbers first"),
        ProbePattern.of("error", "When the session ends by too many errors"),
        ProbePattern.of(
            "error(number)", "When the session ends by too many errors; lower numbers first"),
        ProbePattern.of("never", "At no time; the handler is still checked"));
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    ConcretePoint.Component component = point.components().getFirst();
    long priority = component.argument().isPresent() ? point.number(0) : 0;
    AttachPoint attachPoint =
        switch (component.name()) {
          case "begin" -> new AttachPoint.Begin(priority);
          case "end" -> new AttachPoint.End(priority);
          case "error" -> new AttachPoint.Error(priority);
          default -> new AttachPoint.Never();
        };
    return Resolution.found(ProbeMatch.inUserSpace(attachPoint, point.toString()));
  }
}
