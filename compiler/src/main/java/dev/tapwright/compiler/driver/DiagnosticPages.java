package dev.tapwright.compiler.driver;

import dev.tapwright.syntax.diagnostic.DiagnosticCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The pages that explain diagnostics, {@code docs/diagnostics/CODE.md}: as files of this
 * installation, which an editor can open, and in the jar, where they always are.
 */
public final class DiagnosticPages {
  private static final String INDEX = "README";
  private static final Pattern INDEX_ENTRY = Pattern.compile("\\[([a-z0-9-]+)]\\(\\1\\.md\\)");

  private final Optional<Path> folder;

  private DiagnosticPages(Optional<Path> folder) {
    this.folder = folder;
  }

  /**
   * The pages of this installation: {@code docs/diagnostics} beside the folder of the launchers,
   * which those name in the system property {@code tapwright.bin}.
   */
  public static DiagnosticPages installed() {
    String launchers = System.getProperty("tapwright.bin", "");
    return launchers.isEmpty()
        ? none()
        : new DiagnosticPages(
            Optional.of(Path.of(launchers).resolve("../docs/diagnostics").normalize()));
  }

  /** The pages in the jar only, which are no files. */
  public static DiagnosticPages none() {
    return new DiagnosticPages(Optional.empty());
  }

  /** Where a diagnostic's page lies as a file; empty when it does as none. */
  public Optional<Path> file(DiagnosticCode code) {
    return file(code.name());
  }

  /** A diagnostic's page, in Markdown; empty when there is none of that code. */
  public Optional<String> read(String code) {
    return codes().contains(code) ? text(code) : Optional.empty();
  }

  /** All codes that have a page, in the order of the list of them. */
  public List<String> codes() {
    return INDEX_ENTRY
        .matcher(index())
        .results()
        .map((MatchResult entry) -> entry.group(1))
        .toList();
  }

  /** The list of all codes with a few words to each, in Markdown. */
  public String index() {
    return text(INDEX).orElse("");
  }

  private Optional<Path> file(String name) {
    try {
      return folder.map(pages -> pages.resolve(name + ".md")).filter(Files::isRegularFile);
    } catch (InvalidPathException wrong) {
      return Optional.empty();
    }
  }

  private Optional<String> text(String name) {
    Optional<Path> file = file(name);
    try {
      if (file.isPresent()) {
        return Optional.of(Files.readString(file.get()));
      }
      try (InputStream resource =
          DiagnosticPages.class.getResourceAsStream("diagnostics/" + name + ".md")) {
        return resource == null
            ? Optional.empty()
            : Optional.of(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
