package dev.tapwright.compiler.agreement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Random scripts of {@code begin} probes, of what SystemTap's own {@code stapbpf} 4.8 computes as
 * the language says, so that what it prints can be held beside what ours prints;
 * docs/random-scripts.md lists what it computes wrongly, which is left out here and has tests with
 * the right answer.
 */
final class PeerScripts {
  private static final int DEEPEST = 3;

  private final Dice dice;
  private final StringBuilder text = new StringBuilder();
  private int indent = 1;
  private int loops;
  private int conditionals;

  private PeerScripts(long seed) {
    this.dice = new Dice(seed, 0);
  }

  /**
   * Writes scripts: {@code java PeerScripts.java SEED COUNT FOLDER}.
   *
   * @param arguments as said
   */
  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[1]);
    for (int i = 0; i < count; i++) {
      Files.writeString(
          Path.of(arguments[2], i + ".stp"), of(Long.parseLong(arguments[0]) * 1_000_003 + i));
    }
  }

  /** The script of a seed. */
  static String of(long seed) {
    return new PeerScripts(seed).script();
  }

  private String script() {
    text.append(
        """
        global n0, n1, s0, a, b, c
        function sum(x, y) { return x + y * 2 }
        function clamp(x) { if (x > 1000) return 1000; if (x < -1000) return -1000; return x }
        probe begin {
          n0 = %d
          s0 = "%s"
          a[0] = b["a"] = c[0, 0] = 1
        """
            .formatted(dice.below(100), word()));
    line("x0 = " + dice.below(50));
    line("x1 = " + number(1));
    int statements = 4 + dice.below(8);
    for (int i = 0; i < statements; i++) {
      statement(0);
    }
    show();
    line("exit()");
    return text.append("}\n").toString();
  }

  /** Prints all that the handler leaves. */
  private void show() {
    print("n0", "n1", "x0", "x1");
    line("printf(\"%s\\n\", s0)");
    line("foreach (k+ in a) printf(\"%d=%d\\n\", " + shown("k") + ", " + shown("a[k]") + ")");
    // Elements with one first key come in any order.
    line("foreach ([i, j] in c) n1 += c[i, j] * (i + 3 * j)");
    print("n1");
  }

  private void statement(int depth) {
    switch (dice.below(depth < DEEPEST ? 13 : 7)) {
      case 0 -> line(target() + " = " + number(0));
      case 1 -> line(target() + dice.pick(" += ", " -= ", " ^= ", " |= ", " &= ") + number(1));
      case 2 -> line(target() + dice.pick("++", "--"));
      case 3 -> print(number(0), number(0));
      case 4 -> line("printf(\"%s\\n\", \"" + word() + "\")");
      case 5 -> line(element() + " = " + number(1));
      case 6 -> line(dice.chance(0.3) ? "delete " + element() : "s0 = \"" + word() + "\"");
      case 7, 8 -> {
        line("if (" + number(1) + ") {");
        block(depth);
        if (dice.chance(0.5)) {
          line("} else {");
          block(depth);
        }
        line("}");
      }
      case 9 -> {
        String counter = "i" + loops++;
        line("for (%1$s = 0; %1$s < %2$d; %1$s++) {".formatted(counter, 1 + dice.below(5)));
        block(depth);
        line("}");
      }
      case 10 -> {
        String counter = "w" + loops++;
        line(counter + " = " + dice.below(6));
        line("while (" + counter + " > 0) {");
        line("  " + counter + " -= " + (1 + dice.below(3)));
        block(depth);
        line("}");
      }
      case 11 -> {
        String sorted = dice.pick("foreach (k+ in a)", "foreach (k- in a)");
        line(sorted + " printf(\"%d\\n\", " + shown("k") + ")");
      }
      default -> print("(x0 & 7) in a", number(0));
    }
  }

  private void block(int depth) {
    indent++;
    int statements = 1 + dice.below(3);
    for (int i = 0; i < statements; i++) {
      statement(depth + 1);
    }
    indent--;
  }

  private String target() {
    return dice.pick("n0", "n1", "x0", "x1");
  }

  private String element() {
    return switch (dice.below(3)) {
      case 0 -> "a[" + number(2) + " & 7]";
      case 1 -> "b[\"" + word() + "\"]";
      default -> "c[" + dice.below(3) + ", x1 & 3]";
    };
  }

  private String number(int depth) {
    return switch (dice.below(depth < DEEPEST ? 16 : 4)) {
      case 0 -> "" + dice.below(1000);
      case 1 -> "" + dice.pick(0, 1, -1, 2, 65535, -65536);
      case 2, 3 -> target();
      case 4, 5, 6 ->
          "("
              + number(depth + 1)
              + dice.pick(" + ", " - ", " & ", " | ", " ^ ")
              + number(depth + 1)
              + ")";
      // Of constants alone both could give what does not fit in 32 bits.
      case 7 -> "(" + target() + dice.pick(" << ", " >> ") + dice.below(20) + ")";
      case 8 -> "(" + target() + " * " + number(depth + 1) + ")";
      case 9 -> dice.pick("~", "!") + "(" + number(depth + 1) + ")";
      case 10, 11 ->
          "("
              + number(depth + 1)
              + dice.pick(" < ", " > ", " <= ", " >= ", " == ", " != ")
              + number(depth + 1)
              + ")";
      case 12 -> "(" + number(depth + 1) + dice.pick(" && ", " || ") + number(depth + 1) + ")";
      case 13 -> {
        conditionals++;
        String choice =
            "(" + number(depth + 1) + " ? " + number(depth + 1) + " : " + number(depth + 1) + ")";
        conditionals--;
        yield choice;
      }
      case 14 -> conditionals > 0 ? target() : call(depth);
      default -> element();
    };
  }

  private String call(int depth) {
    return dice.chance(0.5)
        ? "sum(" + number(depth + 1) + ", " + number(depth + 1) + ")"
        : "clamp(" + number(depth + 1) + ")";
  }

  /** The part of a number that it prints. */
  private static String shown(String number) {
    return "(" + number + ") & 2147483647";
  }

  private void print(String... numbers) {
    List<String> values = new ArrayList<>();
    for (String number : numbers) {
      values.add(shown(number));
    }
    line("printf(\"" + "%d ".repeat(numbers.length) + "\\n\", " + String.join(", ", values) + ")");
  }

  private String word() {
    return dice.pick("a", "word", "of", "some length, with a comma", "0", "%");
  }

  private void line(String line) {
    text.append("  ".repeat(indent)).append(line).append('\n');
  }
}
