package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.Note;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** Which place of the script led analysis to a place in a library file: the first that did. */
public final class LibraryPlaces {
  static final LibraryPlaces NONE = new LibraryPlaces();

  private record Region(Span span, Span place) {}

  /** The regions of each file. A source is one text, not equal texts. */
  private final IdentityHashMap<SourceText, List<Region>> regions = new IdentityHashMap<>();

  LibraryPlaces() {}

  /** Notes what led to a region; a part of a region may have a place of its own. */
  void add(Span region, Span place) {
    regions
        .computeIfAbsent(region.source(), source -> new ArrayList<>())
        .add(new Region(region, place));
  }

  /** The place in the script; for a place in the script itself, that. */
  public Span userPlace(Span span) {
    Span outer = span.outermost();
    Region best = null;
    for (Region region : regions.getOrDefault(outer.source(), List.of())) {
      if (holds(region.span(), outer)
          && (best == null || length(region.span()) < length(best.span()))) {
        best = region;
      }
    }
    return best == null ? span : best.place();
  }

  /** An error in a library file also names the place in the script. */
  public Diagnostic placed(Diagnostic diagnostic) {
    Span place = userPlace(diagnostic.span());
    return place.equals(diagnostic.span()) || !diagnostic.isError()
        ? diagnostic
        : diagnostic.withNote(new Note(Optional.of(place), "used here"));
  }

  private static int length(Span span) {
    return span.end() - span.start();
  }

  private static boolean holds(Span region, Span span) {
    return span.start() >= region.start() && span.end() <= region.end();
  }
}
