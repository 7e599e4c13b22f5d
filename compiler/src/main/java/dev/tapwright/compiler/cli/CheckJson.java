package dev.tapwright.compiler.cli;

import dev.tapwright.compiler.driver.DiagnosticPages;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.Fix;
import dev.tapwright.syntax.diagnostic.Note;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Diagnostics as the JSON of {@code docs/check.md}: an array with an object a diagnostic. Lines and
 * columns count from 1, columns in bytes; the end is behind the last character.
 */
final class CheckJson {
  private final DiagnosticPages pages = DiagnosticPages.installed();

  private CheckJson() {}

  /** The array, an element a line. */
  static String of(List<Diagnostic> diagnostics) {
    CheckJson json = new CheckJson();
    List<String> objects =
        diagnostics.stream().map(diagnostic -> JsonText.of(json.object(diagnostic))).toList();
    return objects.isEmpty() ? "[]" : "[" + String.join(",\n ", objects) + "]";
  }

  private Map<String, Object> object(Diagnostic diagnostic) {
    Map<String, Object> object = new LinkedHashMap<>();
    place(diagnostic.span().outermost(), object);
    object.put("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
    object.put("code", diagnostic.code().name());
    object.put("message", diagnostic.message());
    object.put("notes", diagnostic.notes().stream().map(CheckJson::note).toList());
    object.put("fixes", diagnostic.fixes().stream().map(CheckJson::fix).toList());
    pages
        .file(diagnostic.code())
        .map(Path::toUri)
        .ifPresent(uri -> object.put("href", uri.toString()));
    return object;
  }

  private static Map<String, Object> note(Note note) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("message", note.message());
    note.span().ifPresent(span -> place(span.outermost(), object));
    return object;
  }

  private static Map<String, Object> fix(Fix fix) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("title", fix.title());
    place(fix.span(), object);
    object.put("replacement", fix.replacement());
    return object;
  }

  private static void place(Span span, Map<String, Object> object) {
    object.put("file", span.source().name());
    Map<String, Object> range = new LinkedHashMap<>();
    range.put("start", position(span.source(), span.start()));
    range.put("end", position(span.source(), span.end()));
    object.put("range", range);
  }

  private static Map<String, Object> position(SourceText source, int offset) {
    Map<String, Object> position = new LinkedHashMap<>();
    position.put("line", source.lineOf(offset) + 1);
    position.put("column", source.byteColumn(offset));
    return position;
  }
}
