package dev.tapwright.compiler.runtime;

import static dev.tapwright.compiler.runtime.RandomConstruct.ARRAYS;
import static dev.tapwright.compiler.runtime.RandomConstruct.DELETION;
import static dev.tapwright.compiler.runtime.RandomConstruct.ERRORS;
import static dev.tapwright.compiler.runtime.RandomConstruct.FIGURES;
import static dev.tapwright.compiler.runtime.RandomConstruct.FOREACH;
import static dev.tapwright.compiler.runtime.RandomConstruct.FUNCTIONS;
import static dev.tapwright.compiler.runtime.RandomConstruct.LOOPS;
import static dev.tapwright.compiler.runtime.RandomConstruct.STATISTICS;
import static dev.tapwright.compiler.runtime.RandomConstruct.STRINGS;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Random statements of a handler. They always end, whatever they compute. */
final class RandomStatements {
  /** Loops in each other. */
  private static final List<String> COUNTERS = List.of("i", "j", "l");

  private final RandomChoices choices;
  private final RandomExpressions expressions;
  private final boolean isFunction;
  private final List<IntFunction<String>> simple = new ArrayList<>();
  private final List<IntFunction<String>> nesting = new ArrayList<>();
  private int loops;
  private int walks;

  /**
   * @param isFunction of the body of a function, which calls no other
   */
  RandomStatements(RandomChoices choices, boolean isFunction) {
    this.choices = choices;
    this.expressions = new RandomExpressions(choices, isFunction);
    this.isFunction = isFunction;
    simple();
    nesting();
  }

  /** The expressions of the same handler. */
  RandomExpressions expressions() {
    return expressions;
  }

  private void simple() {
    IntFunction<String> assignment = _ -> expressions.numberAssignment(3);
    IntFunction<String> print = _ -> expressions.print();
    simple.addAll(List.of(assignment, assignment, print, print, this::leave));
    if (choices.has(STRINGS)) {
      IntFunction<String> text = _ -> expressions.textAssignment(3);
      simple.addAll(List.of(text, text));
    }
    if (choices.has(ARRAYS)) {
      simple.add(_ -> expressions.numberElement(1) + choices.any("++", "--"));
      // Not while somebody may be walking it.
      if (!isFunction) {
        simple.add(
            _ ->
                walks > 0
                    ? expressions.print()
                    : "e_@[" + expressions.number(0) + "] += " + expressions.number(2));
      }
    }
    if (choices.has(STATISTICS)) {
      IntFunction<String> addition = _ -> expressions.statistic() + " <<< " + expressions.number(2);
      simple.addAll(List.of(addition, addition));
      if (choices.has(FIGURES)) {
        simple.add(_ -> expressions.drawing());
        if (choices.has(FOREACH) && choices.has(LOOPS)) {
          simple.add(_ -> buckets());
        }
      }
    }
    if (choices.has(DELETION)) {
      simple.add(_ -> "delete " + deleted());
    }
    if (choices.has(ERRORS)) {
      simple.add(_ -> "if (" + expressions.number(1) + ") error(" + expressions.text(2) + ")");
    }
    if (choices.has(FUNCTIONS) && !isFunction) {
      simple.add(_ -> "d_@(" + expressions.number(2) + ")");
    }
  }

  private void nesting() {
    IntFunction<String> condition =
        depth -> "if (" + expressions.number(2) + ") {\n" + block(3, depth) + "}";
    nesting.add(condition);
    nesting.add(condition);
    nesting.add(depth -> condition.apply(depth) + " else {\n" + block(2, depth) + "}");
    if (choices.has(ERRORS)) {
      nesting.add(depth -> caught(block(3, depth), choices.onceIn(3) ? block(1, depth) : ""));
    }
    if (choices.has(LOOPS)) {
      nesting.addAll(List.of(this::loop, this::loop));
    }
    if (choices.has(FOREACH) && choices.has(ARRAYS)) {
      nesting.add(this::walk);
    }
  }

  /** A block that goes on after an error. */
  String caught(String block, String after) {
    return choices.has(STRINGS)
        ? "try {\n" + block + "} catch (e) {\nprintln(e)\n" + after + "}"
        : "try {\n" + block + "} catch {\nprintln(\"caught\")\n" + after + "}";
  }

  /** Some statements, each on its line. */
  String block(int most, int depth) {
    StringBuilder block = new StringBuilder();
    int count = 1 + choices.below(most);
    for (int i = 0; i < count; i++) {
      boolean isNesting = depth > 0 && choices.onceIn(3);
      block.append(
          isNesting ? choices.any(nesting).apply(depth - 1) : choices.any(simple).apply(0));
      block.append('\n');
    }
    return block.toString();
  }

  private String leave(int depth) {
    String how =
        loops > 0 ? choices.any("break", "continue") : isFunction ? "return RESULT" : "next";
    return "if (" + expressions.number(2) + ") " + how;
  }

  private String deleted() {
    List<String> places = new ArrayList<>(List.of("n_@", "m_@"));
    if (choices.has(STRINGS)) {
      places.addAll(List.of("s_@", "r_@"));
    }
    if (choices.has(STATISTICS)) {
      places.add(expressions.statistic());
    }
    if (choices.has(ARRAYS)) {
      places.add(expressions.numberElement(1));
      places.add(expressions.numberElement(1));
      if (choices.has(STRINGS)) {
        places.add(expressions.textElement(1));
      }
      if (choices.has(FOREACH)) {
        places.addAll(List.of("c_@", "u_@", "l_@[*, 1, *]", "q_@"));
        places.add("l_@[" + expressions.number(1) + ", *, *]");
        places.add(isFunction || walks > 0 ? "l_@" : "e_@");
      }
    }
    return choices.any(places);
  }

  private String loop(int depth) {
    if (loops == COUNTERS.size()) {
      return expressions.print();
    }
    String counter = COUNTERS.get(loops++);
    int turns = choices.below(5);
    String body = "{\n" + block(3, depth) + "}";
    loops--;
    return switch (choices.below(3)) {
      case 0 -> "for (%1$s = 0; %1$s < %2$d; %1$s++) %3$s".formatted(counter, turns, body);
      case 1 -> "for (%1$s = %2$d; %1$s; %1$s -= 1) %3$s".formatted(counter, turns, body);
      default -> "%1$s = %2$d; while (%1$s-- > 0) %3$s".formatted(counter, turns, body);
    };
  }

  /** A {@code foreach} over a histogram, whose order tells. */
  private String buckets() {
    String order = choices.any("x = y", "x = y+", "x = y-", "x- = y", "x+ = y");
    return "foreach (%s in %s limit %d) m_@ = m_@ * 3 + x * 5 + y"
        .formatted(order, expressions.walkedHistogram(), choices.below(9));
  }

  /**
   * A {@code foreach} whose order does not matter: kernel handlers walk arrays in any. One of an
   * array that has at most one element can do anything.
   */
  private String walk(int depth) {
    if (loops == COUNTERS.size()) {
      return expressions.print();
    }
    String sum = choices.any("a", "n_@", "m_@") + choices.any(" += ", " ^= ", " -= ");
    return switch (choices.below(8)) {
      case 4 -> "foreach ([x, y, z] in l_@[*, 1, *]) " + sum + choices.any("x", "l_@[x, y, z]");
      case 5 -> "foreach (x in q_@) " + sum + "q_@[x] - x";
      case 0 -> "foreach (x in c_@) " + sum + choices.any("x", "c_@[x]", "x * c_@[x] + 1");
      case 1 -> "foreach (x = y in u_@) " + sum + choices.any("x ^ y", "x", "(x > 3 ? y : 5)");
      case 2 ->
          "foreach ([x, y, z] in l_@) { if (x > y) continue; " + sum + "x + y * l_@[x, y, z] }";
      case 3 -> "foreach (x in c_@ limit " + choices.below(4) + ") " + sum + choices.any("1", "13");
      default -> {
        loops++;
        walks++;
        String body = block(3, depth);
        walks--;
        loops--;
        yield "foreach (" + choices.any("k", "x = k") + " in e_@) {\n" + body + "}";
      }
    };
  }
}
