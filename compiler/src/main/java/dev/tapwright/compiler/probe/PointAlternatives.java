package dev.tapwright.compiler.probe;

import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.ProbeComponent;
import dev.tapwright.syntax.tree.ProbePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes out the braces of a probe point: every way to choose one alternative of each. */
public final class PointAlternatives {
  /** A point that stands for more is cut here: nobody means so many. */
  public static final int MOST_ALTERNATIVES = 4096;

  private PointAlternatives() {}

  /**
   * A point without braces.
   *
   * @param components at least one, unless nothing stood between the braces
   * @param presence of the point, or of the alternative that ends it
   */
  public record Alternative(
      List<ProbeComponent.Named> components,
      ProbePoint.Presence presence,
      Optional<Expression> condition) {
    /** Copies the list. */
    public Alternative {
      components = List.copyOf(components);
    }
  }

  /** All alternatives, in the order of the text, at most {@link #MOST_ALTERNATIVES}. */
  public static List<Alternative> of(ProbePoint point) {
    List<Alternative> alternatives =
        List.of(new Alternative(List.of(), point.presence(), point.condition()));
    for (ProbeComponent component : point.components()) {
      alternatives = extend(alternatives, component);
    }
    return alternatives;
  }

  private static List<Alternative> extend(List<Alternative> heads, ProbeComponent component) {
    List<Alternative> tails =
        switch (component) {
          case ProbeComponent.Named named ->
              List.of(
                  new Alternative(List.of(named), ProbePoint.Presence.REQUIRED, Optional.empty()));
          case ProbeComponent.Group group ->
              group.alternatives().stream().flatMap(point -> of(point).stream()).toList();
        };
    List<Alternative> extended = new ArrayList<>();
    for (Alternative head : heads) {
      for (Alternative tail : tails) {
        if (extended.size() == MOST_ALTERNATIVES) {
          return extended;
        }
        List<ProbeComponent.Named> components = new ArrayList<>(head.components());
        components.addAll(tail.components());
        extended.add(
            new Alternative(
                components,
                head.presence() == ProbePoint.Presence.REQUIRED ? tail.presence() : head.presence(),
                head.condition().or(tail::condition)));
      }
    }
    return extended;
  }
}
