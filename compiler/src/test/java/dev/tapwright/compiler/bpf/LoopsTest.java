package dev.tapwright.compiler.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.analysis.DerivedProbe;
import dev.tapwright.compiler.analysis.Program;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.Block;
import dev.tapwright.compiler.bpf.code.BlockOrder;
import dev.tapwright.compiler.bpf.code.Flow;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Scratch;
import dev.tapwright.compiler.bpf.code.Step;
import dev.tapwright.compiler.bpf.code.Terminator;
import dev.tapwright.syntax.Span;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopsTest {
  private static final String SCRIPT =
      """
      global s = "start", counts
      function sum(k) { t = 0; for (i = 1; i <= k; i++) t += i; return t }
      probe kernel.trace("sched_switch") {
        for (i = 0; i < 10; i++) {
          for (j = 0; j < 10; j++) {
            if (i == j) continue
            counts[i, j] += sum(j)
          }
        }
        text = execname() . sprint(pid())
        while (strlen(text) < 400) text .= str_replace(s, "t", text)
        s = substr(text, 3, 5)
        printf("%s %d %d\\n", text, strpos(text, s), strtol(s, 10))
      }
      probe end { println(counts[1, 2]) }
      """;

  @ParameterizedTest
  @ValueSource(strings = {"5.10", "5.15", "6.1", "6.6", "6.12", "6.18"})
  void ordinaryLoopsNeedNoWarning(String kernel) {
    KernelCompilation compilation = KernelScripts.compile(SCRIPT, kernel);
    assertThat(compilation.diagnostics()).isEmpty();
    assertThat(compilation.code()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.4", "5.10", "6.18"})
  void scratchIsKeptUntilTheEnd(String kernel) {
    Program program = KernelScripts.analyze(SCRIPT);
    KernelTables tables =
        new KernelTables(
            program,
            KernelScripts.profile(kernel),
            KernelCompilerOptions.defaults(),
            Optional.empty());
    DerivedProbe probe = program.probes().getFirst();
    Span place = probe.origins().getLast().span();
    LoopStyle style = LoopStyle.of(tables.profile());
    Flow flow = BlockOrder.run(HandlerLowering.lower(tables, probe, place, style, 1000).flow());
    Step given =
        new Step.Store(
            Size.DOUBLE,
            new Address.Behind(flow.scratch().base().orElseThrow(), Scratch.TAKEN),
            new Constant(0));
    List<Block> giving =
        flow.blocks().stream()
            .filter(block -> block.lines().stream().anyMatch(line -> line.step().equals(given)))
            .toList();
    assertThat(giving).isNotEmpty().allMatch(block -> block.end() instanceof Terminator.Return);
  }
}
