package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.target.Target;
import java.util.List;

/** A family of probe points: the forms that it knows, and what they stand for on a target. */
public interface ProbeFamily {
  /** Its forms. */
  List<ProbePattern> patterns();

  /** Whether what it finds can be run; other families are there to be analysed, and refused. */
  default boolean isCarried() {
    return true;
  }

  /**
   * Looks a point up.
   *
   * @param point one that has the form of one of {@link #patterns()}
   */
  Resolution resolve(ConcretePoint point, ResolutionContext context);

  /**
   * Strings that may stand between the parentheses of a component: names of functions, tracepoints.
   *
   * @param before the components before it
   * @param component the component's name
   * @param prefix what the strings begin with
   * @param limit at most so many
   */
  default List<String> argumentCandidates(
      List<ConcretePoint.Component> before,
      String component,
      String prefix,
      ResolutionContext context,
      int limit) {
    return List.of();
  }

  /** What {@link #resolve} may ask. */
  interface ResolutionContext {
    /** The machine. */
    Target target();

    /** What a relative path is relative to. */
    java.nio.file.Path workingDirectory();
  }
}
