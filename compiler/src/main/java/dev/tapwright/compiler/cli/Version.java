package dev.tapwright.compiler.cli;

/** What {@code --version} prints. */
final class Version {
  private static final String NUMBER = "0.1.0";

  private Version() {}

  static String text(String program) {
    return "Tapwright "
        + program
        + " (version "
        + NUMBER
        + ")\nSystemTap scripts as BPF: the language of SystemTap 5.6.\nApache License 2.0; there is no warranty.";
  }
}
