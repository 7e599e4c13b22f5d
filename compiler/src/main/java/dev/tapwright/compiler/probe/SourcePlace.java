package dev.tapwright.compiler.probe;

import java.util.Optional;

/**
 * What stands between the parentheses of {@code .function} and {@code .statement}: {@code
 * FUNCTION@FILE:LINE}, of which the function alone is known without debuginfo.
 *
 * @param function its name or pattern
 * @param file behind the {@code @}, with what follows it
 */
record SourcePlace(String function, Optional<String> file) {
  /** Why a line of the source cannot be found. */
  static final String NEEDS_DEBUGINFO =
      "where a line of the source lies is known only from debuginfo, which is not read yet";

  /** Takes a text apart. */
  static SourcePlace of(String text) {
    int at = text.indexOf('@');
    return at < 0
        ? new SourcePlace(text, Optional.empty())
        : new SourcePlace(text.substring(0, at), Optional.of(text.substring(at + 1)));
  }

  /** Whether it stands for one function, whatever its file. */
  boolean isOneFunction() {
    return !function.isEmpty() && !Globs.isGlob(function);
  }
}
