package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Expression;
import java.util.List;

/** {@code @perf("name")}: what a counter has counted so far on the processor that asks. */
final class Counters {
  /** {@code BPF_F_CURRENT_CPU}. */
  private static final long CURRENT_PROCESSOR = 0xffffffffL;

  private Counters() {}

  /** The number; that there is no such counter is reported. */
  static Operand read(HandlerLowering handler, Expression.Perf perf) {
    String name = perf.counter().value();
    List<AttachPoint.Counter> counters = handler.tables.counters(name);
    if (counters.size() != 1 || counters.getFirst().process().isPresent()) {
      handler.tables.report(refusal(perf, name, counters));
      return new Constant(0);
    }
    CodeBuilder code = handler.code;
    code.at(perf.span());
    // Not bpf_perf_event_read_value(): only programs at kprobes and uprobes may call that.
    Virtual count =
        code.call(
            Helper.PERF_EVENT_READ,
            new Argument.MapAddress(handler.tables.counterMap(counters.getFirst())),
            new Argument.Value(new Constant(CURRENT_PROCESSOR)));
    int good = code.newBlock();
    int bad = handler.faults.block("counter cannot be read here", "operator '@perf'", perf.span());
    code.branch(Comparison.LESS, count, new Constant(0), bad, good);
    code.start(good);
    return count;
  }

  private static Diagnostic refusal(
      Expression.Perf perf, String name, List<AttachPoint.Counter> counters) {
    if (counters.isEmpty()) {
      return error(perf, "there is no counter '%s'".formatted(name))
          .withNote(
              "a probe makes it: probe perf.type(T).config(C).counter(\"%s\") {}".formatted(name));
    }
    return counters.size() > 1
        ? error(perf, "there are %d counters '%s'".formatted(counters.size(), name))
            .withNote("give them different names")
        : error(
                perf,
                "counter '%s' counts for the processes of one program, which BPF cannot read"
                    .formatted(name))
            .withNote(
                "leave .process out, and take the difference of two readings in the same process");
  }

  private static Diagnostic error(Expression.Perf perf, String message) {
    return Diagnostic.error(KernelDiagnostics.COUNTER, perf.span(), message);
  }
}
