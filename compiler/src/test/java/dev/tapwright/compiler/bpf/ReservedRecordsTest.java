package dev.tapwright.compiler.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.analysis.Program;
import dev.tapwright.compiler.bpf.code.BlockPlacement.RareBlocks;
import dev.tapwright.compiler.bpf.code.Flow;
import dev.tapwright.compiler.bpf.code.Instruction;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Source;
import dev.tapwright.compiler.bpf.code.InstructionSelector;
import dev.tapwright.compiler.bpf.code.Passes;
import dev.tapwright.compiler.bpf.code.Register;
import dev.tapwright.compiler.bpf.code.RegisterAllocator;
import dev.tapwright.compiler.bpf.code.RegisterTypes;
import dev.tapwright.compiler.intrinsic.Intrinsic;
import dev.tapwright.compiler.intrinsic.Intrinsics;
import dev.tapwright.compiler.intrinsic.Signature;
import dev.tapwright.compiler.probe.Placement;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.syntax.Span;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Records are written in the ring buffer itself where nothing can keep them there. */
class ReservedRecordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "5.8  | printf(\"%s %d\", execname(), pid())          | reserve 1 output 0",
        "5.7  | printf(\"%s %d\", execname(), pid())          | reserve 0 output 0",
        "6.18 | printf(\"once\")                              | reserve 1 output 0",
        "6.18 | printf(\"%d %s %d\", n, s, -n * 2)            | reserve 1 output 0",
        // Evaluated before; what tells of the fault is sent from elsewhere.
        "6.18 | printf(\"%s %d %d\", execname(), a[n], 7 / n) | reserve 1 output 1",
        "6.18 | printf(\"%d %d\", gettimeofday_ns(), 7 / n)   | reserve 1 output 1",
        "6.18 | printf(\"%d %d %d %d\", a[1], a[2], a[3], a[4]) | reserve 1 output 0",
        "6.18 | printf(\"%d %d %d %d %d\", a[1], a[2], a[3], a[4], a[5]) | reserve 0 output 1",
        // What a function that is called later may change would have to be copied.
        "6.18 | printf(\"%s %d\", s, f())                     | reserve 0 output 1",
        "6.18 | printf(\"%s %d\", execname(), f())            | reserve 1 output 0",
        // What is made of memory elsewhere lies in memory anyway.
        "6.18 | printf(\"%s %d\", kernel_string(n), n)        | reserve 0 output 2",
        "6.18 | printf(\"%4m\", n)                            | reserve 0 output 2",
        "6.18 | warn(execname())                              | reserve 1 output 0",
      })
  void whatCanBe(String kernel, String body, String calls) {
    List<Instruction> instructions = compiled(kernel, body);
    assertThat(
            "reserve %d output %d"
                .formatted(
                    calls(instructions, Helper.RINGBUF_RESERVE),
                    calls(instructions, Helper.RINGBUF_OUTPUT)))
        .isEqualTo(calls);
    follow(instructions);
  }

  /** What may stand between the two ends of a record: nothing of it leads elsewhere. */
  @ParameterizedTest
  @MethodSource("functions")
  void aFunctionOfNothing(String name) {
    List<Instruction> instructions =
        compiled("6.18", "printf(\"%%d %%s %%d\", %s(), execname(), n)".formatted(name));
    assertThat(calls(instructions, Helper.RINGBUF_RESERVE)).isOne();
    follow(instructions);
  }

  static Stream<String> functions() {
    return Intrinsics.all().stream()
        .filter(intrinsic -> intrinsic.placements().contains(Placement.KERNEL))
        .map(Intrinsic::signature)
        .filter(signature -> signature.parameters().isEmpty())
        .filter(signature -> signature.result() == Signature.Result.LONG)
        .map(Signature::name)
        // Not in a tracepoint.
        .filter(name -> !name.equals("returnval"));
  }

  @ParameterizedTest
  @CsvSource({"5.8", "5.13", "6.18"})
  void inLoopsAndCatches(String kernel) {
    List<Instruction> instructions =
        compiled(
            kernel,
            """
            for (i = 0; i < n; i++) {
              try { printf("%d %d %d %d %d\\n", i, 7 / i, a[i], n + i, i << n) } catch { println(i) }
              if (i == 9) exit()
            }
            """);
    assertThat(calls(instructions, Helper.RINGBUF_RESERVE)).isEqualTo(3);
    follow(instructions);
  }

  /** Kernels before 5.11 lose sight of one that lies on the stack. */
  @Test
  void staysInARegister() {
    Program program =
        KernelScripts.analyze(script("printf(\"%d %s %d\", a[n], execname(), pid())"));
    KernelTables tables =
        new KernelTables(
            program,
            KernelScripts.profile("5.8"),
            KernelCompilerOptions.defaults(),
            Optional.empty());
    var probe = program.probes().getFirst();
    Span place = probe.origins().getLast().span();
    Flow lowered = HandlerLowering.lower(tables, probe, place, LoopStyle.FOLLOWED, 1000).flow();
    List<Instruction> instructions =
        InstructionSelector.run(
                RegisterAllocator.run(Passes.optimized(lowered, RareBlocks.BEHIND), 1))
            .instructions();
    RegisterTypes types = RegisterTypes.of(instructions);
    follow(instructions);
    assertThat(instructions).anyMatch(Instruction.Store.class::isInstance);
    for (int i = 0; i < instructions.size(); i++) {
      if (instructions.get(i)
          instanceof Instruction.Store(var _, var _, var _, Source.InRegister(Register stored))) {
        assertThat(types.of(i, stored)).isEqualTo(new RegisterTypes.Type.Number());
      }
    }
  }

  private static List<Instruction> compiled(String kernel, String body) {
    return KernelScripts.compile(script(body), kernel)
        .code()
        .orElseThrow()
        .programs()
        .getFirst()
        .instructions();
  }

  private static String script(String body) {
    return """
        global n, s, a
        function f() { n++; s = "b"; return n }
        probe kernel.trace("sched_switch") { %s }
        probe end { n = 1; s = "a"; a[1] = n; println(f()) }
        """
        .formatted(body);
  }

  private static long calls(List<Instruction> instructions, Helper helper) {
    return instructions.stream().filter(new Instruction.Call(helper)::equals).count();
  }

  private enum Held {
    NOTHING,
    /** Unless what was reserved is null. */
    PERHAPS,
    A_RECORD
  }

  private record Place(int instruction, Held held) {}

  /**
   * Goes every way through a program: what is reserved is submitted, and nothing else meanwhile.
   */
  private static void follow(List<Instruction> instructions) {
    Set<Place> seen = new HashSet<>();
    Deque<Place> ways = new ArrayDeque<>(List.of(new Place(0, Held.NOTHING)));
    while (!ways.isEmpty()) {
      Place place = ways.pop();
      if (!seen.add(place)) {
        continue;
      }
      int at = place.instruction();
      Held held = place.held();
      switch (instructions.get(at)) {
        case Instruction.Exit() -> assertThat(held).as("at the end").isEqualTo(Held.NOTHING);
        case Instruction.Jump(int target) -> ways.push(new Place(target, held));
        case Instruction.MayGoto(int target) -> {
          ways.push(new Place(target, held));
          ways.push(new Place(at + 1, held));
        }
        case Instruction.JumpIf jump -> {
          boolean isNull = jump.comparison() == Comparison.EQUAL;
          ways.push(new Place(jump.target(), held == Held.PERHAPS ? known(!isNull) : held));
          ways.push(new Place(at + 1, held == Held.PERHAPS ? known(isNull) : held));
        }
        case Instruction.CallFunction(int target) -> {
          assertThat(held).as("at a call").isEqualTo(Held.NOTHING);
          ways.push(new Place(target, held));
          ways.push(new Place(at + 1, held));
        }
        case Instruction.Call(Helper helper) -> ways.push(new Place(at + 1, after(helper, held)));
        default -> ways.push(new Place(at + 1, held));
      }
    }
  }

  private static Held known(boolean isHeld) {
    return isHeld ? Held.A_RECORD : Held.NOTHING;
  }

  private static Held after(Helper helper, Held held) {
    Held wanted =
        switch (helper) {
          case RINGBUF_SUBMIT -> Held.A_RECORD;
          case RINGBUF_RESERVE, RINGBUF_OUTPUT -> Held.NOTHING;
          default -> held;
        };
    assertThat(held).as(helper.kernelName()).isEqualTo(wanted);
    return switch (helper) {
      case RINGBUF_SUBMIT -> Held.NOTHING;
      case RINGBUF_RESERVE -> Held.PERHAPS;
      default -> held;
    };
  }
}
