package dev.tapwright.server.run;

import dev.tapwright.server.protocol.CompileResult;
import dev.tapwright.server.protocol.TapwrightClient;
import dev.tapwright.server.text.Uris;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;

/**
 * Shows what the kernel's verifier refused of a script that was run, on the line that {@code
 * stapbpf} names.
 *
 * @param isCurrent whether a document, by its URI, still has a version
 */
record Refusals(TapwrightClient client, BiPredicate<String, Integer> isCurrent) {
  private static final Pattern PLACE =
      Pattern.compile("(?m)^probe .* at (.+):(\\d{1,9}):(\\d{1,9})$");
  private static final Pattern REASON = Pattern.compile("(?m)^  reason: (.*)$");
  private static final Pattern LOG = Pattern.compile("(?m)^  verifier: (.*)$");

  /** Looks through what a run wrote to its standard error. */
  void show(String uri, CompileResult compiled, String errors) {
    Integer version = compiled.version();
    Optional<Diagnostic> refusal = of(errors, Uris.displayName(uri));
    if (refusal.isPresent() && version != null && isCurrent.test(uri, version)) {
      List<Diagnostic> all =
          Stream.concat(compiled.diagnostics().stream(), refusal.stream()).toList();
      client.publishDiagnostics(new PublishDiagnosticsParams(uri, all, version));
    }
  }

  /**
   * What was refused, if anything was.
   *
   * @param name of the script; what is refused in another file is shown at the beginning
   */
  static Optional<Diagnostic> of(String errors, String name) {
    Matcher place = PLACE.matcher(errors);
    if (!place.find()) {
      return Optional.empty();
    }
    Matcher log = LOG.matcher(errors);
    String last = "";
    while (log.find()) {
      last = log.group(1);
    }
    if (last.isEmpty()) {
      return Optional.empty();
    }
    Matcher reason = REASON.matcher(errors);
    String why = reason.find() ? reason.group(1) + " (" + last + ")" : last;
    boolean isHere = place.group(1).equals(name);
    int line = isHere ? Math.max(1, Integer.parseInt(place.group(2))) : 1;
    int column = isHere ? Math.max(1, Integer.parseInt(place.group(3))) : 1;
    String where = isHere ? "" : " in " + place.group(1) + ":" + place.group(2);
    Diagnostic diagnostic =
        new Diagnostic(
            new Range(new Position(line - 1, column - 1), new Position(line, 0)),
            "the kernel's verifier refuses this%s: %s".formatted(where, why));
    diagnostic.setSeverity(DiagnosticSeverity.Error);
    diagnostic.setSource("tapwright");
    diagnostic.setCode("verifier");
    return Optional.of(diagnostic);
  }
}
