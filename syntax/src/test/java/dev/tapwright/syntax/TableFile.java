package dev.tapwright.syntax;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Reads tables of test cases: one a line, columns apart by {@code ==>}, {@code #} for remarks. */
final class TableFile {
  private TableFile() {}

  /**
   * The lines of a table beside this class, each as its columns; an empty column when the last is
   * missing.
   */
  static List<List<String>> read(String name) throws IOException {
    try (InputStream file = Objects.requireNonNull(TableFile.class.getResourceAsStream(name))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("# ") && line.contains(" ==>"))
          .map(line -> List.of(line.split(" ==> ?", -1)))
          .toList();
    }
  }
}
