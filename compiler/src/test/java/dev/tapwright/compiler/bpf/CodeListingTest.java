package dev.tapwright.compiler.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.bpf.code.Instruction;
import dev.tapwright.compiler.bpf.code.Instruction.Source;
import dev.tapwright.compiler.bpf.code.Register;
import dev.tapwright.compiler.bpf.code.RegisterTypes;
import dev.tapwright.compiler.bpf.code.Scratch;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What people are shown of kernel code, and what can be seen in it. */
class CodeListingTest {
  private static final String COUNT =
      """
      global n
      probe kernel.trace("sched_switch") { n[pid()]++ }
      """;

  private static final String TEXT =
      """
      global n
      probe kernel.trace("sched_switch") {
        name = execname() . "!"
        for (i = 0; i < strlen(name); i++)
          n += stringat(name, i)
      }
      """;

  private static KernelCode code(String script) {
    return KernelScripts.compile(script, "6.18").code().orElseThrow();
  }

  @Test
  void functionsForElementsOfMapsAreNamed() {
    String script =
        """
        global n
        probe kernel.trace("sched_switch") { foreach (k in n) println(k); delete n; n[1]++ }
        """;
    assertThat(CodeListing.of(code(script), _ -> "there"))
        .containsPattern("r2 = <copy to map\\[2\\]> ll\n")
        .containsPattern("<copy to map\\[2\\]>:\n")
        .contains("<remove an element>:");
  }

  @Test
  void addressesInRegistersAreNamed() {
    String listing = CodeListing.of(code(COUNT), _ -> "there");

    assertThat(listing)
        .contains("24 bytes of stack, maps session, n, events")
        .containsPattern("r1 = map\\[1\\] ll +; map n\n")
        .containsPattern("r2 = r10 +; stack\n")
        .containsPattern("r2 \\+= -8 +; stack - 8\n")
        .containsPattern("call bpf_map_lookup_elem#1 +; value of n, or null\n");
    assertThat(CodeListing.costs(code(COUNT), _ -> "there"))
        .singleElement()
        .asString()
        .matches("there: [0-9]+ instructions, 24 bytes of stack, maps session, n, events");
  }

  /** Else another handler that comes in between would write over its strings. */
  @Test
  void aHandlerGivesItsMemoryBackOnlyWhereItEnds() {
    List<Instruction> instructions = code(TEXT).programs().getFirst().instructions();
    RegisterTypes types = RegisterTypes.of(instructions);
    List<Integer> givings =
        IntStream.range(0, instructions.size())
            .filter(
                i ->
                    instructions.get(i)
                            instanceof
                            Instruction.Store(
                                var _,
                                Register base,
                                int offset,
                                Source.Immediate(int value))
                        && types.of(i, base) instanceof RegisterTypes.Type.Value
                        && offset == Scratch.TAKEN
                        && value == 0)
            .boxed()
            .toList();

    assertThat(givings)
        .isNotEmpty()
        .allSatisfy(i -> assertThat(instructions.get(i + 2)).isEqualTo(new Instruction.Exit()));
  }

  @Test
  void theLengthOfAStringThatALoopLeavesAloneIsComputedBeforeIt() {
    String listing = CodeListing.of(code(TEXT), _ -> "there");

    assertThat(listing.lastIndexOf("call bpf_probe_read_kernel_str"))
        .isPositive()
        .isLessThan(listing.indexOf("may_goto"));
  }
}
