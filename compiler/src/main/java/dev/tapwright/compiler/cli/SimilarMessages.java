package dev.tapwright.compiler.cli;

import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which of the messages of pass 2 are like one that was printed before: without {@code -v},
 * SystemTap prints the first of them and counts the others. Errors are alike when they say the same
 * of different names; warnings, when they are the same in another place.
 */
final class SimilarMessages {
  /** What differs between errors of a kind: names, and which type is which. */
  private static final Pattern PARTICULARS =
      Pattern.compile("'[^']*'|\\(similar: .*|\\b(?:long|string|stats|unknown)\\b|[0-9]+");

  private static final Pattern SPACE = Pattern.compile("\\s+");

  /** Words of a message that tell its kind; names that stand without quotes come behind them. */
  private static final int WORDS = 2;

  private final boolean areAllNew;
  private final Set<String> known = new HashSet<>();
  private int errors;
  private int warnings;

  SimilarMessages(boolean areAllNew) {
    this.areAllNew = areAllNew;
  }

  /** Whether there was none like it; it is counted if there was. */
  boolean isNew(Diagnostic diagnostic) {
    if (areAllNew || known.add(kind(diagnostic))) {
      return true;
    }
    if (diagnostic.isError()) {
      errors++;
    } else if (diagnostic.severity() == Severity.WARNING) {
      warnings++;
    }
    return false;
  }

  /** What to say of those that were counted since this was last asked. */
  List<String> takeSummary() {
    List<String> lines = new ArrayList<>();
    add("error", errors, lines);
    add("warning", warnings, lines);
    errors = 0;
    warnings = 0;
    return lines;
  }

  private static void add(String severity, int count, List<String> lines) {
    if (count > 0) {
      lines.add("Number of similar %s messages suppressed: %d.".formatted(severity, count));
      lines.add("Rerun with -v to see them.");
    }
  }

  private static String kind(Diagnostic diagnostic) {
    String message = diagnostic.message();
    if (diagnostic.isError()) {
      List<String> words =
          SPACE.splitAsStream(PARTICULARS.matcher(message).replaceAll("")).limit(WORDS).toList();
      message = String.join(" ", words);
    }
    return diagnostic.severity() + " " + diagnostic.code().name() + " " + message;
  }
}
