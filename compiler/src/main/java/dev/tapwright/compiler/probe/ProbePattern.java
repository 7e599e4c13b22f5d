package dev.tapwright.compiler.probe;

import java.util.ArrayList;
import java.util.List;

/**
 * A form of probe point that a family knows, such as {@code timer.s(number).randomize(number)}.
 *
 * @param components at least one
 * @param documentation one line for completion lists
 */
public record ProbePattern(List<PatternComponent> components, String documentation) {
  /** Copies the list. */
  public ProbePattern {
    components = List.copyOf(components);
  }

  /** Reads a pattern such as {@code kernel.function(string).call}. */
  public static ProbePattern of(String text, String documentation) {
    List<PatternComponent> components = new ArrayList<>();
    for (int start = 0, end; start <= text.length(); start = end + 1) {
      int dot = text.indexOf('.', start);
      end = dot < 0 ? text.length() : dot;
      components.add(component(text.substring(start, end)));
    }
    return new ProbePattern(components, documentation);
  }

  /** Reads the patterns of each beginning followed by each end. */
  static List<ProbePattern> each(List<String> beginnings, List<String> ends, String documentation) {
    return beginnings.stream()
        .flatMap(
            beginning -> ends.stream().map(end -> ProbePattern.of(beginning + end, documentation)))
        .toList();
  }

  private static PatternComponent component(String text) {
    for (ArgumentKind kind : List.of(ArgumentKind.NUMBER, ArgumentKind.STRING)) {
      if (text.endsWith(kind.spelling())) {
        return new PatternComponent(
            text.substring(0, text.length() - kind.spelling().length()), kind);
      }
    }
    return new PatternComponent(text, ArgumentKind.NONE);
  }

  @Override
  public String toString() {
    return String.join(".", components.stream().map(PatternComponent::toString).toList());
  }
}
