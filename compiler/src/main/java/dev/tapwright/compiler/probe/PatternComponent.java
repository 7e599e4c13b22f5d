package dev.tapwright.compiler.probe;

import java.util.Comparator;

/**
 * A component that a family of probe points knows, such as {@code function(string)}.
 *
 * @param name without argument
 * @param argument what it takes
 */
public record PatternComponent(String name, ArgumentKind argument)
    implements Comparable<PatternComponent> {
  private static final Comparator<PatternComponent> ORDER =
      Comparator.comparing(PatternComponent::name).thenComparing(PatternComponent::argument);

  @Override
  public int compareTo(PatternComponent other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return name + argument.spelling();
  }
}
