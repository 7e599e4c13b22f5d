package dev.tapwright.server.run;

import java.util.function.Consumer;

/** Makes whole lines of pieces of text. */
final class OutputLines {
  private final Consumer<String> sink;
  private final StringBuilder rest = new StringBuilder();

  OutputLines(Consumer<String> sink) {
    this.sink = sink;
  }

  synchronized void add(String text) {
    rest.append(text);
    for (int end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
      sink.accept(rest.substring(0, end));
      rest.delete(0, end + 1);
    }
  }

  synchronized void end() {
    if (!rest.isEmpty()) {
      sink.accept(rest.toString());
      rest.setLength(0);
    }
  }
}
