package dev.tapwright.syntax.agreement;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a front end says of a script, as far as two of them can be compared.
 *
 * @param isAccepted whether the script has no error
 * @param message the first error's message; empty when the script is accepted
 * @param place the line below it: {@code saw: operator ';' at x.stp:1:19}
 */
record Answer(boolean isAccepted, String message, String place) {
  private static final Pattern FIRST_ERROR =
      Pattern.compile(
          "^parse error: (?<message>.*(?:\\n {8,}(?!saw:|at:|source:).*)*)\\n +(?<place>(?:saw|at): .*)$",
          Pattern.MULTILINE);
  private static final Pattern OTHER_ERROR =
      Pattern.compile("^(?<message>parse error: .*|ERROR: .*|Input file .*)$", Pattern.MULTILINE);

  /** Reads what a front end prints. */
  static Answer of(boolean isAccepted, String output) {
    if (isAccepted) {
      return new Answer(true, "", "");
    }
    Matcher first = FIRST_ERROR.matcher(output);
    if (first.find()) {
      return new Answer(
          false, first.group("message").replaceAll("\\n +", " "), first.group("place"));
    }
    Matcher other = OTHER_ERROR.matcher(output);
    return new Answer(false, other.find() ? other.group("message") : "", "");
  }

  /** One line of a table; no column holds a tab. */
  String toLine() {
    return isAccepted + "\t" + message.replace('\t', ' ') + "\t" + place.replace('\t', ' ');
  }

  /** Reads such a line; empty when it is damaged. */
  static Optional<Answer> ofLine(String line) {
    String[] columns = line.split("\t", -1);
    return columns.length == 3
        ? Optional.of(new Answer(Boolean.parseBoolean(columns[0]), columns[1], columns[2]))
        : Optional.empty();
  }
}
