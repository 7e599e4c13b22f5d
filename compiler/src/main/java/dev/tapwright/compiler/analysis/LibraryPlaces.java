package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.Span;
import java.util.ArrayList;
import java.util.List;

/** Which place of the script led analysis to a place in a library file: the first that did. */
public final class LibraryPlaces {
  static final LibraryPlaces NONE = new LibraryPlaces();

  private record Region(Span span, Span place) {}

  private final List<Region> regions = new ArrayList<>();

  LibraryPlaces() {}

  /** Notes what led to a region; a part of a region may have a place of its own. */
  void add(Span region, Span place) {
    regions.add(new Region(region, place));
  }

  /** The place in the script; for a place in the script itself, that. */
  public Span userPlace(Span span) {
    Span outer = span.outermost();
    Region best = null;
    for (Region region : regions) {
      if (holds(region.span(), outer)
          && (best == null || length(region.span()) < length(best.span()))) {
        best = region;
      }
    }
    return best == null ? span : best.place();
  }

  private static int length(Span span) {
    return span.end() - span.start();
  }

  @SuppressWarnings("ReferenceEquality") // a source is one text, not equal texts
  private static boolean holds(Span region, Span span) {
    return region.source() == span.source()
        && span.start() >= region.start()
        && span.end() <= region.end();
  }
}
