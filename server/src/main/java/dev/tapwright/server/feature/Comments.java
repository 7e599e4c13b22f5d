package dev.tapwright.server.feature;

/** Text in fewer lines. */
final class Comments {
  private Comments() {}

  /** A text on one line. */
  static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
