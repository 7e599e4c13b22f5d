package dev.tapwright.syntax;

import java.util.List;

/** What the tests parse with. */
final class TestOptions {
  private static final ParseOptions.Conditions CONDITIONS =
      new ParseOptions.Conditions(
          "6.1.0", "6.1.0-1", "x86_64", "5.6", false, TestOptions::configuration, "bpf", "stapdev");

  /** A user's script, with the arguments that the tables speak of. */
  static final ParseOptions USER =
      new ParseOptions(List.of("foo", "5", "vfs_*.x"), false, CONDITIONS);

  /** A file of the tapset. */
  static final ParseOptions TAPSET = new ParseOptions(List.of(), true, CONDITIONS);

  private TestOptions() {}

  /** A user's script in a version of the language, with one argument. */
  static ParseOptions of(String version, String argument) {
    ParseOptions.Conditions conditions =
        new ParseOptions.Conditions(
            "6.1.0", "6.1.0-1", "x86_64", version, false, TestOptions::configuration);
    return new ParseOptions(List.of(argument), false, conditions);
  }

  private static String configuration(String name) {
    return switch (name) {
      case "CONFIG_BPF" -> "y";
      case "CONFIG_NR" -> "5";
      default -> "";
    };
  }
}
