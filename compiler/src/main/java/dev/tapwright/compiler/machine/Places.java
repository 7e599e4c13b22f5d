package dev.tapwright.compiler.machine;

import dev.tapwright.syntax.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the places that faults can point at, in the words that SystemTap prints tokens with. */
final class Places {
  private static final Set<String> KEYWORDS =
      Set.of(
          "if",
          "else",
          "for",
          "foreach",
          "in",
          "limit",
          "return",
          "delete",
          "while",
          "break",
          "continue",
          "next",
          "try",
          "catch");

  private final List<String> places = new ArrayList<>();
  private final Map<String, Integer> indexes = new HashMap<>();

  /** All so far. */
  List<String> all() {
    return List.copyOf(places);
  }

  /** An operator. */
  int operator(Span span) {
    return place("operator '" + span.text() + "'", span);
  }

  /** A name. */
  int identifier(Span span, String name) {
    return place("identifier '" + name + "'", span);
  }

  /** The token that a node begins with. */
  int first(Span span) {
    String text = span.source().text();
    int start = span.start();
    int end = start;
    while (end < span.end() && isWordPart(text.charAt(end))) {
      end++;
    }
    String word = text.substring(start, end);
    if (KEYWORDS.contains(word)) {
      return place("keyword", span);
    }
    if (!word.isEmpty()) {
      boolean isNumber = word.charAt(0) >= '0' && word.charAt(0) <= '9';
      boolean isOperator = word.charAt(0) == '@';
      return place(
          (isNumber ? "number '" : isOperator ? "operator '" : "identifier '") + word + "'", span);
    }
    return start < span.end()
        ? place("operator '" + text.charAt(start) + "'", span)
        : place("end of file", span);
  }

  private static boolean isWordPart(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '_'
        || character == '$'
        || character == '@';
  }

  private int place(String token, Span span) {
    String place = token + " at " + span.outermost();
    Integer known = indexes.get(place);
    if (known == null) {
      known = places.size();
      places.add(place);
      indexes.put(place, known);
    }
    return known;
  }
}
