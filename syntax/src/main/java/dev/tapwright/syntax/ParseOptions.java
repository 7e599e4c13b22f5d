package dev.tapwright.syntax;

import dev.tapwright.syntax.parser.MacroLibrary;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What parsing depends on besides the text.
 *
 * @param arguments the script's arguments, {@code $1 @1} and so on
 * @param isPrivileged whether embedded code and other guru constructs are allowed: {@code -g}, and
 *     tapset files
 * @param conditions what {@code %( … %? … %)} asks about
 * @param macros what the tapset's {@code .stpm} files define
 */
public record ParseOptions(
    List<String> arguments, boolean isPrivileged, Conditions conditions, MacroLibrary macros) {
  /** Copies the list. */
  public ParseOptions {
    arguments = List.copyOf(arguments);
  }

  /** Options without library macros. */
  public ParseOptions(List<String> arguments, boolean isPrivileged, Conditions conditions) {
    this(arguments, isPrivileged, conditions, MacroLibrary.EMPTY);
  }

  /** These options with other library macros. */
  public ParseOptions withMacros(MacroLibrary library) {
    return new ParseOptions(arguments, isPrivileged, conditions, library);
  }

  /**
   * The facts that preprocessor conditionals test.
   *
   * @param kernelVersion {@code kernel_v}: the release up to the first hyphen
   * @param kernelRelease {@code kernel_vr}: the whole release
   * @param architecture {@code arch}: as {@code x86_64}
   * @param languageVersion {@code systemtap_v}: what {@code --compatible} chose
   * @param isGuru {@code guru_mode}
   * @param configuration gives the value of a {@code CONFIG_…} option; an empty string when it is
   *     not set
   * @param runtime {@code runtime}: {@code bpf}, {@code kernel} or {@code dyninst}
   * @param privilege {@code systemtap_privilege}: {@code stapdev}, {@code stapsys} or {@code
   *     stapusr}
   */
  public record Conditions(
      String kernelVersion,
      String kernelRelease,
      String architecture,
      String languageVersion,
      boolean isGuru,
      UnaryOperator<String> configuration,
      String runtime,
      String privilege) {
    /** Conditions of the BPF run time, without limits of privilege. */
    public Conditions(
        String kernelVersion,
        String kernelRelease,
        String architecture,
        String languageVersion,
        boolean isGuru,
        UnaryOperator<String> configuration) {
      this(
          kernelVersion,
          kernelRelease,
          architecture,
          languageVersion,
          isGuru,
          configuration,
          "bpf",
          "stapdev");
    }
  }
}
