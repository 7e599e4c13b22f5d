package dev.tapwright.compiler.probe;

import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.ProbeComponent;
import dev.tapwright.syntax.tree.ProbePoint;
import java.util.List;

/** Probe points as text of a script. Conditions are left out. */
public final class ProbePointText {
  private ProbePointText() {}

  /** A list of points, joined as given. */
  public static String of(List<ProbePoint> points, String separator) {
    return String.join(separator, points.stream().map(ProbePointText::of).toList());
  }

  /** A point with its {@code ?} or {@code !}. */
  public static String of(ProbePoint point) {
    String components =
        String.join(".", point.components().stream().map(ProbePointText::of).toList());
    return components + mark(point.presence());
  }

  /** The mark behind a point. */
  public static String mark(ProbePoint.Presence presence) {
    return switch (presence) {
      case REQUIRED -> "";
      case OPTIONAL -> "?";
      case SUFFICIENT -> "!";
    };
  }

  /** A component. */
  public static String of(ProbeComponent component) {
    return switch (component) {
      case ProbeComponent.Named named ->
          named.name() + named.argument().map(argument -> "(" + literal(argument) + ")").orElse("");
      case ProbeComponent.Group group -> "{" + of(group.alternatives(), ",") + "}";
    };
  }

  /** A number or a quoted string. */
  public static String literal(Expression.Literal literal) {
    return switch (literal) {
      case Expression.NumberLiteral number -> Long.toString(number.value());
      case Expression.StringLiteral string -> quoted(string.value());
    };
  }

  /** A string between quotes, with what needs it escaped. */
  public static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        default ->
            quoted.append(c < ' ' ? String.format(java.util.Locale.ROOT, "\\%03o", (int) c) : c);
      }
    }
    return quoted.append('"').toString();
  }
}
