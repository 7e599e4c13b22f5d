package dev.tapwright.compiler.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.analysis.Program;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.bpf.code.BlockPlacement.RareBlocks;
import dev.tapwright.compiler.bpf.code.Flow;
import dev.tapwright.compiler.bpf.code.Frame;
import dev.tapwright.compiler.bpf.code.InstructionSelector;
import dev.tapwright.compiler.bpf.code.Passes;
import dev.tapwright.compiler.bpf.code.RegisterAllocation;
import dev.tapwright.compiler.bpf.code.RegisterAllocator;
import dev.tapwright.compiler.bpf.code.SharedTails;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random expressions, compiled and run by an interpreter of instructions, against Java's own
 * arithmetic.
 */
class ArithmeticTest {
  private static final long[] EDGES = {
    0,
    1,
    -1,
    2,
    3,
    -3,
    7,
    63,
    64,
    65,
    Long.MIN_VALUE,
    Long.MAX_VALUE,
    0x7fff_ffffL,
    0x8000_0000L,
    -0x8000_0001L
  };

  /** An expression: as the script has it, and its value. */
  private record Sample(String text, long value, boolean isFault) {}

  private record Outcome(long value, boolean isFault) {}

  private record Form(String operator, LongBinaryOperator meaning) {}

  private static final List<Form> FORMS =
      List.of(
          new Form("+", (a, b) -> a + b),
          new Form("-", (a, b) -> a - b),
          new Form("*", (a, b) -> a * b),
          new Form("/", (a, b) -> a / b),
          new Form("%", (a, b) -> a % b),
          new Form("&", (a, b) -> a & b),
          new Form("|", (a, b) -> a | b),
          new Form("^", (a, b) -> a ^ b),
          new Form("<<", (a, b) -> a << b),
          new Form(">>", (a, b) -> a >> b),
          new Form(">>>", (a, b) -> a >>> b),
          new Form("<", (a, b) -> a < b ? 1 : 0),
          new Form("<=", (a, b) -> a <= b ? 1 : 0),
          new Form(">", (a, b) -> a > b ? 1 : 0),
          new Form(">=", (a, b) -> a >= b ? 1 : 0),
          new Form("==", (a, b) -> a == b ? 1 : 0),
          new Form("!=", (a, b) -> a != b ? 1 : 0));

  private final Random random = new Random(20);
  private long[] variables = {};

  @ParameterizedTest
  @CsvSource({
    "6.18,4,BEHIND",
    "6.18,1,BETWEEN",
    "5.10,4,BETWEEN",
    "5.10,0,BEHIND",
    "4.14,2,BEHIND"
  })
  void computesWhatTheLanguageSays(String kernel, int registersKept, RareBlocks rareBlocks) {
    for (int i = 0; i < 150; i++) {
      variables = new long[] {edge(), edge(), random.nextLong(), random.nextInt()};
      Sample sample = sample(4);
      String script =
          "global r, a, b, c, d\nprobe kernel.trace(\"sched_switch\") { p = a; q = c; r = "
              + sample.text
              + " }\nprobe end { a++; b++; c++; d++; println(r) }";
      Outcome outcome = run(script, kernel, registersKept, rareBlocks);
      assertThat(outcome.isFault()).as(script).isEqualTo(sample.isFault);
      if (!sample.isFault) {
        assertThat(outcome.value()).as(script + Arrays.toString(variables)).isEqualTo(sample.value);
      }
    }
  }

  private Outcome run(String script, String kernel, int registersKept, RareBlocks rareBlocks) {
    // What analysis folds away takes the faults in it along, as in SystemTap.
    Program program = KernelScripts.analyzeAsWritten(script);
    KernelTables tables =
        new KernelTables(
            program,
            KernelScripts.profile(kernel),
            KernelCompilerOptions.defaults(),
            Optional.empty());
    var probe = program.probes().getFirst();
    Flow lowered =
        HandlerLowering.lower(
                tables, probe, probe.origins().getLast().span(), LoopStyle.FOLLOWED, 1000)
            .flow();
    assertThat(tables.diagnostics()).isEmpty();
    RegisterAllocation allocation =
        SharedTails.run(
            RegisterAllocator.run(Passes.optimized(lowered, rareBlocks), registersKept));
    assertThat(allocation.flow().stackBytes()).isLessThanOrEqualTo(Frame.LIMIT);
    Machine machine = new Machine(InstructionSelector.run(allocation).instructions());
    for (Variable.Global global : program.globals()) {
      if (tables.reach().globals().contains(global.index()) && !global.name().equals("r")) {
        machine.set(offset(tables, global), variables[global.name().charAt(0) - 'a']);
      }
    }
    machine.run();
    Variable.Global result =
        program.globals().stream()
            .filter(global -> global.name().equals("r"))
            .findFirst()
            .orElseThrow();
    return new Outcome(machine.scalar(offset(tables, result)), machine.errors() > 0);
  }

  private static int offset(KernelTables tables, Variable.Global global) {
    return tables.storage(global).value().offset();
  }

  private long edge() {
    return EDGES[random.nextInt(EDGES.length)];
  }

  private Sample sample(int depth) {
    if (depth == 0 || random.nextInt(6) == 0) {
      return leaf();
    }
    return switch (random.nextInt(8)) {
      case 0 -> {
        Sample operand = sample(depth - 1);
        yield switch (random.nextInt(3)) {
          case 0 -> new Sample("(-" + operand.text + ")", -operand.value, operand.isFault);
          case 1 -> new Sample("(~" + operand.text + ")", ~operand.value, operand.isFault);
          default ->
              new Sample("(!" + operand.text + ")", operand.value == 0 ? 1 : 0, operand.isFault);
        };
      }
      case 1 -> {
        Sample condition = sample(depth - 1);
        Sample then = sample(depth - 1);
        Sample otherwise = sample(depth - 1);
        Sample taken = condition.value != 0 ? then : otherwise;
        yield new Sample(
            "(" + condition.text + " ? " + then.text + " : " + otherwise.text + ")",
            taken.value,
            condition.isFault || taken.isFault);
      }
      case 2 -> {
        Sample left = sample(depth - 1);
        Sample right = sample(depth - 1);
        boolean isAnd = random.nextBoolean();
        boolean isDecided = (left.value != 0) != isAnd;
        boolean result =
            isAnd ? left.value != 0 && right.value != 0 : left.value != 0 || right.value != 0;
        yield new Sample(
            "(" + left.text + (isAnd ? " && " : " || ") + right.text + ")",
            result ? 1 : 0,
            left.isFault || (!isDecided && right.isFault));
      }
      default -> binary(depth);
    };
  }

  private Sample binary(int depth) {
    Form form = FORMS.get(random.nextInt(FORMS.size()));
    Sample left = sample(depth - 1);
    Sample right = sample(depth - 1);
    boolean isZeroDivision =
        (form.operator.equals("/") || form.operator.equals("%")) && right.value == 0;
    boolean isFault = left.isFault || right.isFault || isZeroDivision;
    return new Sample(
        "(" + left.text + " " + form.operator + " " + right.text + ")",
        isFault ? 1 : form.meaning.applyAsLong(left.value, right.value),
        isFault);
  }

  private Sample leaf() {
    int kind = random.nextInt(8);
    if (kind < 4) {
      return new Sample(String.valueOf((char) ('a' + kind)), variables[kind], false);
    }
    if (kind == 4) {
      return new Sample("p", variables[0], false);
    }
    if (kind == 5) {
      return new Sample("q", variables[2], false);
    }
    long value = edge();
    return new Sample(
        value == Long.MIN_VALUE ? "(-9223372036854775807 - 1)" : "(" + value + ")", value, false);
  }
}
