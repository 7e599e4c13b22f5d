package dev.tapwright.syntax.agreement;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A script and how it is to be parsed.
 *
 * @param text its bytes, one a character
 * @param isGuru {@code -g}
 * @param arguments of the script
 */
record Subject(String text, boolean isGuru, List<String> arguments) {
  /** The bytes of the file. */
  byte[] bytes() {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Parsed in the same way, another text. */
  Subject withText(String other) {
    return new Subject(other, isGuru, arguments);
  }
}
