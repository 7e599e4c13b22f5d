package dev.tapwright.syntax.tree;

import dev.tapwright.syntax.Span;
import java.util.List;
import java.util.Optional;

/**
 * A probe point as written, such as {@code kernel.function("vfs_*").return ? if (armed)}.
 *
 * @param span all of it
 * @param components the parts between dots, at least one
 * @param condition the handler runs only while this holds
 */
public record ProbePoint(
    Span span, List<ProbeComponent> components, Presence presence, Optional<Expression> condition)
    implements Node {
  /** Copies the list. */
  public ProbePoint {
    components = List.copyOf(components);
  }

  /** What to do when the point does not exist. */
  public enum Presence {
    /** No suffix: an error. */
    REQUIRED,
    /** {@code ?}: nothing. */
    OPTIONAL,
    /**
     * {@code !}: nothing; and when it exists, the points after it in the list are not looked at.
     */
    SUFFICIENT
  }
}
