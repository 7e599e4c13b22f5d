package dev.tapwright.syntax;

import java.util.List;

/**
 * What parsing depends on besides the text.
 *
 * @param arguments the script's arguments, {@code $1 @1} and so on
 * @param isPrivileged whether embedded code and other guru constructs are allowed: {@code -g}, and tapset files
 * @param conditions what {@code %( … %? … %)} asks about
 */
public record ParseOptions(List<String> arguments, boolean isPrivileged, Conditions conditions) {
  /** Copies the list. */
  public ParseOptions {
    arguments = List.copyOf(arguments);
  }

  /**
   * The facts that preprocessor conditionals test.
   *
   * @param kernelVersion {@code kernel_v}: the release up to the first hyphen
   * @param kernelRelease {@code kernel_vr}: the whole release
   * @param architecture {@code arch}: as {@code x86_64}
   * @param languageVersion {@code systemtap_v}: what {@code --compatible} chose
   * @param isGuru {@code guru_mode}
   * @param configuration gives the value of a {@code CONFIG_…} option; an empty string when it is not set
   */
  public record Conditions(
      String kernelVersion,
      String kernelRelease,
      String architecture,
      String languageVersion,
      boolean isGuru,
      java.util.function.UnaryOperator<String> configuration) {}
}
