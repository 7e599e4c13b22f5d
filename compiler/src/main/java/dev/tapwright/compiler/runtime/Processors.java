package dev.tapwright.compiler.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The processors of this machine, as the kernel lists them. */
final class Processors {
  private static final Path DIRECTORY = Path.of("/sys/devices/system/cpu");

  private Processors() {}

  /** Those that run. */
  static List<Integer> online() {
    return list("online");
  }

  /** One more than the highest number that a processor can ever have here. */
  static int possibleCount() {
    return list("possible").getLast() + 1;
  }

  private static List<Integer> list(String file) {
    try {
      return parse(Files.readString(DIRECTORY.resolve(file)).strip());
    } catch (IOException | IllegalArgumentException unreadable) {
      List<Integer> all = new ArrayList<>();
      for (int processor = 0; processor < Runtime.getRuntime().availableProcessors(); processor++) {
        all.add(processor);
      }
      return all;
    }
  }

  /** Reads a list such as {@code 0-3,5}. */
  static List<Integer> parse(String list) {
    List<Integer> processors = new ArrayList<>();
    for (String range : list.split(",")) {
      int dash = range.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
      int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
      for (int processor = first; processor <= last; processor++) {
        processors.add(processor);
      }
    }
    return List.copyOf(processors);
  }
}
