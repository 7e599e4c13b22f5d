package dev.tapwright.compiler.cli;

import java.util.Collection;
import java.util.Map;

/** Values as JSON: maps, collections, strings and whole numbers. */
final class JsonText {
  private final StringBuilder text = new StringBuilder();

  private JsonText() {}

  /** A value in one line. Bytes of a script that are no UTF-8 become replacement characters. */
  static String of(Object value) {
    JsonText json = new JsonText();
    json.append(value);
    return json.text.toString();
  }

  private void append(Object value) {
    switch (value) {
      case Map<?, ?> object -> {
        String separator = "{";
        for (Map.Entry<?, ?> member : object.entrySet()) {
          text.append(separator);
          append(String.valueOf(member.getKey()));
          text.append(':');
          append(member.getValue());
          separator = ",";
        }
        text.append(object.isEmpty() ? "{}" : "}");
      }
      case Collection<?> array -> {
        String separator = "[";
        for (Object element : array) {
          text.append(separator);
          append(element);
          separator = ",";
        }
        text.append(array.isEmpty() ? "[]" : "]");
      }
      case String string -> quote(string);
      case Integer number -> text.append(number.intValue());
      default -> throw new IllegalArgumentException(value.getClass().getName());
    }
  }

  private void quote(String string) {
    text.append('"');
    string.codePoints().forEach(this::escaped);
    text.append('"');
  }

  private void escaped(int point) {
    switch (point) {
      case '"', '\\' -> text.append('\\').append((char) point);
      case '\n' -> text.append("\\n");
      case '\t' -> text.append("\\t");
      default -> {
        if (point < ' ') {
          text.append("\\u%04x".formatted(point));
        } else {
          // A lone surrogate is a byte that is no UTF-8.
          boolean isByte = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
          text.appendCodePoint(isByte ? 0xfffd : point);
        }
      }
    }
  }
}
