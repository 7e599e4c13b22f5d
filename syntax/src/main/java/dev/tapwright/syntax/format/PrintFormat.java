package dev.tapwright.syntax.format;

import java.util.List;

/**
 * A parsed format: what {@code printf} prints, and also what {@code print}, {@code println} and
 * {@code printd} are turned into once the types of their arguments are known.
 *
 * @param parts the pieces, in order
 */
public record PrintFormat(List<FormatPart> parts) {
  /** Copies the list. */
  public PrintFormat {
    parts = List.copyOf(parts);
  }
}
