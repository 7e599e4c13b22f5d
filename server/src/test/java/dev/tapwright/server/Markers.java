package dev.tapwright.server;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expectations in comments of a script: {@code //@hover(pid, "pid:long")} says that hovering {@code
 * pid} on that line shows the text. The first argument is found in the line before the comment; the
 * place is its second character, or its end for {@code complete}. A line that begins with the
 * comment speaks of the line above.
 *
 * @param kind what is asked
 * @param line 0-based
 * @param start of the target in the line
 * @param target the characters in the line
 * @param expected what is to be found
 */
record Markers(String kind, int line, int start, String target, String expected) {
  private static final Pattern MARKER =
      Pattern.compile("@(\\w+)\\((\"[^\"]*\"|[^,]*), *\"([^\"]*)\"\\)");

  static List<Markers> of(String script) {
    List<Markers> markers = new ArrayList<>();
    List<String> lines = script.lines().toList();
    int subject = 0;
    for (int i = 0; i < lines.size(); i++) {
      int comment = lines.get(i).indexOf("//@");
      if (comment < 0) {
        subject = i;
        continue;
      }
      subject = lines.get(i).isBlank() || comment > 0 ? i : subject;
      Matcher matcher = MARKER.matcher(lines.get(i).substring(comment));
      while (matcher.find()) {
        String target = matcher.group(2).replaceAll("^\"|\"$", "");
        String code = subject == i ? lines.get(i).substring(0, comment) : lines.get(subject);
        int start = code.indexOf(target);
        if (start < 0) {
          throw new IllegalArgumentException(
              "line " + (i + 1) + ": no '" + target + "' in: " + code);
        }
        markers.add(new Markers(matcher.group(1), subject, start, target, matcher.group(3)));
      }
    }
    return markers;
  }

  /** Where it is asked. */
  int character() {
    return kind.equals("complete")
        ? start + target.length()
        : Math.min(start + 1, start + target.length() - 1);
  }

  @Override
  public String toString() {
    return "line " + (line + 1) + " @" + kind + "(" + target + ", " + expected + ")";
  }
}
