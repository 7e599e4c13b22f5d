package dev.tapwright.compiler.cli;

import dev.tapwright.compiler.driver.DiagnosticPages;
import dev.tapwright.compiler.probe.Similar;
import java.io.PrintStream;
import java.util.List;

/** {@code stap --explain}: the page of a diagnostic, or the list of all. */
final class Explanation {
  private static final int SIMILAR_CODES = 3;

  private Explanation() {}

  /**
   * Prints the page.
   *
   * @param code a diagnostic's code; empty for the list
   * @return the exit status: 1 when there is no such page
   */
  static int print(String code, DiagnosticPages pages, PrintStream out, PrintStream err) {
    String page = code.isEmpty() ? pages.index() : pages.read(code).orElse("");
    if (!page.isEmpty()) {
      out.print(page);
      return 0;
    }
    List<String> codes = pages.codes();
    if (codes.isEmpty()) {
      err.println("stap: the explanations are not part of this installation");
    } else {
      err.println(
          Similar.append(
              "stap: there is no diagnostic '" + code + "'",
              "similar",
              Similar.to(code, codes, SIMILAR_CODES)));
      err.println("'stap --explain' lists all.");
    }
    return 1;
  }
}
