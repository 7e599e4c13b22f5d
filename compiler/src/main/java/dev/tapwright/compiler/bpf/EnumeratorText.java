package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.target.TypeShape;
import dev.tapwright.syntax.tree.Expression;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The name that a number has in an enumeration: a table of names, and the place of a name in it.
 */
final class EnumeratorText {
  /** Places without a name in a table for each with one, at most. */
  private static final int SPARSEST = 4;

  private EnumeratorText() {}

  /** Writes the name to a place that the caller has made; digits where the number has none. */
  static void write(
      HandlerLowering handler,
      Expression expression,
      Operand number,
      TypeShape.Enumeration enumeration,
      MemoryText place) {
    if (Restriction.STRING_FUNCTION.isBeyond(handler.tables.profile())) {
      handler.report(Restriction.STRING_FUNCTION, expression.span());
      return;
    }
    Map<Long, String> names = new LinkedHashMap<>();
    enumeration.values().forEach(value -> names.putIfAbsent(value.value(), value.name()));
    long most = names.isEmpty() ? 0 : Collections.max(names.keySet());
    boolean isDense =
        (names.isEmpty() || Collections.min(names.keySet()) >= 0)
            && most <= SPARSEST * (names.size() + 1L);
    handler.texts.copy(
        isDense
            ? handler.textFunctions.name(inOrder(names, (int) most), number, "", place.capacity())
            : handler.textFunctions.name(
                List.copyOf(names.values()),
                index(handler.code, List.copyOf(names.keySet()), number),
                number,
                "",
                place.capacity()),
        place);
  }

  private static List<String> inOrder(Map<Long, String> names, int most) {
    List<String> table = new ArrayList<>();
    for (long value = 0; value <= most; value++) {
      table.add(names.getOrDefault(value, ""));
    }
    return table;
  }

  /** Which of some values a number is; how many they are where it is none. */
  private static Operand index(CodeBuilder code, List<Long> values, Operand number) {
    Virtual index = code.fresh();
    int end = code.newBlock();
    for (int i = 0; i < values.size(); i++) {
      int here = code.newBlock();
      int next = code.newBlock();
      code.branch(Comparison.EQUAL, number, new Constant(values.get(i)), here, next);
      code.start(here);
      code.copy(index, new Constant(i));
      code.jump(end);
      code.start(next);
    }
    code.copy(index, new Constant(values.size()));
    code.jump(end);
    code.start(end);
    return index;
  }
}
