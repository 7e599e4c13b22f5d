package dev.tapwright.compiler.target;

import dev.tapwright.compiler.target.Tracepoints.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a tracepoint's {@code format} file: its record's fields.
 *
 * <pre>
 *   field:char prev_comm[16];	offset:8;	size:16;	signed:0;
 * </pre>
 */
final class TracepointFormat {
  private static final Pattern FIELD =
      Pattern.compile(
          "\\s*field:(?<declaration>[^;]+);\\s*offset:(?<offset>\\d{1,6});"
              + "\\s*size:(?<size>\\d{1,6});(\\s*signed:(?<signed>[01]);)?.*");
  private static final Pattern DECLARATION =
      Pattern.compile("(?<type>.*?)\\s*\\b(?<name>\\w+)(?<array>(\\[[^]]*])*)");

  private TracepointFormat() {}

  /** The fields in order, those that every record begins with left out. */
  static List<Field> parse(String text) {
    List<Field> fields = new ArrayList<>();
    text.lines()
        .forEach(
            line -> {
              Matcher field = FIELD.matcher(line);
              if (!field.matches()) {
                return;
              }
              Matcher declaration = DECLARATION.matcher(field.group("declaration").strip());
              if (declaration.matches() && !declaration.group("name").startsWith("common_")) {
                fields.add(
                    new Field(
                        declaration.group("name"),
                        declaration.group("type") + declaration.group("array"),
                        Integer.parseInt(field.group("offset")),
                        Integer.parseInt(field.group("size")),
                        "1".equals(field.group("signed"))));
              }
            });
    return List.copyOf(fields);
  }
}
