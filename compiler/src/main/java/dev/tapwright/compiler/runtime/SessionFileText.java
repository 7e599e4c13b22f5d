package dev.tapwright.compiler.runtime;

/** The text of the file whose handlers run. For the thread that runs them. */
final class SessionFileText {
  private String text = "";
  private int limit;

  /** Handlers of a file are about to run. */
  void begin(String initial, int mostBytes) {
    text = initial;
    limit = mostBytes;
  }

  /** They are done; gives what they left. */
  String end() {
    String result = text;
    begin("", 0);
    return result;
  }

  String get() {
    return text;
  }

  void set(String value) {
    text = value.substring(0, Math.min(value.length(), limit));
  }
}
