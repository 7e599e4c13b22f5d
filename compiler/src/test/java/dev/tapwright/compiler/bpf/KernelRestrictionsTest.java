package dev.tapwright.compiler.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.bpf.code.Instruction;
import dev.tapwright.compiler.bpf.code.InstructionEncoder;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelRestrictionsTest {
  /** A body in a kernel probe, a kernel, where the error stands, and how it begins. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "while (n < 3) n++|4.14|3:1|a 'while' loop in a kernel probe cannot run on Linux 4.14: it needs bounded loops, which Linux 5.3 brought",
        "for (i = 0; i < 3; i++) n++|4.14|3:1|a 'for' loop in a kernel probe cannot run on Linux 4.14",
        "foreach (k in a) n++|5.10|3:1|a 'foreach' loop in a kernel probe cannot run on Linux 5.10: it needs walking a map in the kernel, which Linux 5.13 brought",
        "x = execname(); println(x)|4.14|3:1|a string variable in a kernel probe cannot run on Linux 4.14",
        "if (execname() == \"sh\") n++|4.14|3:5|a comparison of strings in a kernel probe cannot run on Linux 4.14",
        "println(execname() . \"!\")|4.14|3:9|a concatenation of strings in a kernel probe cannot run on Linux 4.14",
        "println(str_replace(execname() . sprint(n), execname(), sprint(a[1])))|5.4|2:7|the loops of this handler, and of what it does with strings, are more than the verifier of Linux 5.4 can go through",
        "if (execname() =~ \"a([ab]){12}\") println(matched(1))|6.18|3:19|this regular expression is too large for a kernel probe: its table would have more than 16384 entries",
        "println(matched(0))|4.14|3:9|a function of strings in a kernel probe cannot run on Linux 4.14",
        "words[str_replace(execname(), \"a\", \"b\"), n]++|5.10|1:17|an array whose keys take more than 512 bytes in a kernel probe cannot run on Linux 5.10: it needs keys of more than 512 bytes, which Linux 5.11 brought",
        "delete a|5.10|3:1|'delete' of a whole array in a kernel probe cannot run on Linux 5.10: it needs walking a map in the kernel, which Linux 5.13 brought",
        "foreach (k+ in a) n++|5.10|3:1|a 'foreach' loop in a kernel probe cannot run on Linux 5.10",
        "of[n] <<< 1; foreach (k in of @sum-) n++|5.15|3:28|a figure of a statistic in a kernel probe cannot run on Linux 5.15",
        "println([*] in a)|5.10|3:9|'*' as an index in a kernel probe cannot run on Linux 5.10: it needs walking a map in the kernel, which Linux 5.13 brought",
        "delete a[*]|5.10|3:8|'*' as an index in a kernel probe cannot run on Linux 5.10",
        "wrapped[n]++|5.10|3:1|a new element of an array that wraps ('%') in a kernel probe cannot run on Linux 5.10: it needs walking a map in the kernel, which Linux 5.13 brought",
        "s <<< 1; println(@count(s))|5.15|3:18|a figure of a statistic in a kernel probe cannot run on Linux 5.15: it needs reading what other processors keep, which Linux 5.19 brought",
        "s <<< 1; print(@hist_log(s))|5.15|3:16|a figure of a statistic in a kernel probe cannot run on Linux 5.15: it needs reading what other processors keep, which Linux 5.19 brought",
        "foreach (b in @hist_log(s)) n++|5.15|3:15|a figure of a statistic in a kernel probe cannot run on Linux 5.15",
        "println(@uregister(5))|6.18|3:9|registers are not at hand in this probe, which is attached by raw tracepoint",
        "println(u_register(\"rdi\"))|6.18|3:9|registers are not at hand in this probe, which is attached by raw tracepoint",
        "println(@perf(\"x\"))|6.18|3:9|there is no counter 'x'",
        "println(strlen(execname()))|4.14|3:9|a function of strings in a kernel probe cannot run on Linux 4.14",
      })
  void refuses(String body, String kernel, String place, String message) {
    KernelCompilation compilation =
        KernelScripts.compile(
            "global a, n, s, words, wrapped%[9], of\nprobe kernel.trace(\"sched_switch\") {\n"
                + body
                + "\n}\nprobe end { a[1]++; n++; println(n, a[1]) }\n",
            kernel);
    assertThat(compilation.code()).isEmpty();
    assertThat(compilation.diagnostics())
        .anySatisfy(
            diagnostic -> {
              assertThat(diagnostic.span()).hasToString("a.stp:" + place);
              assertThat(diagnostic.message()).startsWith(message);
            });
  }

  @Test
  void refusesRecursionThatIsTooLarge() {
    KernelCompilation compilation =
        KernelScripts.compile(
            "function f(n) { return n < 2 ? n : f(n - 1) + f(n - 2) + f(n - 3) + f(n - 4) }\nprobe kernel.trace(\"sched_switch\") { println(f(3)) }",
            "6.18");
    assertThat(compilation.code()).isEmpty();
    assertThat(compilation.diagnostics().getFirst().message())
        .isEqualTo(
            "function 'f' calls itself so often that its 11 levels, each written out, make this handler too large for a kernel probe");
    assertThat(compilation.diagnostics().getFirst().span()).hasToString("a.stp:1:47");
  }

  @Test
  void refusesMoreInstructionsThanTheKernelTakes() {
    String script =
        "probe kernel.trace(\"sched_switch\") {\n%s}\n".formatted("println(pid())\n".repeat(400));
    KernelCompilation refused = KernelScripts.compile(script, "4.14");
    assertThat(refused.code()).isEmpty();
    assertThat(refused.diagnostics().getFirst().message())
        .matches(
            "this handler compiles to \\d+ instructions, and Linux 4.14 takes at most 4096; Linux 5.2 .*");
    assertThat(refused.diagnostics().getFirst().notes().getFirst().message())
        .matches("line \\d+ costs most: \\d+ instructions");
    assertThat(KernelScripts.compile(script, "5.10").code()).isPresent();
  }

  /** Beside the arrays there are the session's map and that of events. */
  @Test
  void refusesMoreMapsThanTheKernelTakes() {
    assertThat(counting(62).code()).isPresent();
    KernelCompilation refused = counting(63);
    assertThat(refused.code()).isEmpty();
    assertThat(refused.diagnostics().getFirst().message())
        .isEqualTo("this handler uses 65 maps, and Linux 6.18 takes at most 64 in one program");
    assertThat(refused.diagnostics().getFirst().notes().getFirst().span()).isPresent();
  }

  private static KernelCompilation counting(int arrays) {
    StringBuilder script = new StringBuilder();
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < arrays; i++) {
      script.append("global a").append(i).append('\n');
      body.append("  a").append(i).append("[pid()]++\n");
    }
    script.append("probe kernel.trace(\"sched_switch\") {\n").append(body).append('}');
    return KernelScripts.compile(script.toString(), "6.18");
  }

  @Test
  void refusesMoreStackThanTheKernelGives() {
    String script =
        "global a\nprobe kernel.trace(\"sched_switch\") { a[execname()]++ }\nprobe end { a[tokenize(\"x y\", \" \")]++ }";
    Diagnostic error = KernelScripts.compile(script, "4.14").diagnostics().getFirst();
    assertThat(error.message()).startsWith("this handler needs 552 bytes of stack");
    assertThat(error.notes().getLast().message()).isEqualTo("this takes most: 512 bytes");
    assertThat(error.notes().getLast().span().orElseThrow()).hasToString("a.stp:2:38");
  }

  @Test
  void carriesLongHandlers() {
    String script =
        "global a\nprobe kernel.trace(\"sched_switch\") {\n%s}\nprobe end { println(a[1]) }\n"
            .formatted("a[cpu()]++\n".repeat(3000));
    KernelProgram program =
        KernelScripts.compile(script, "6.18").code().orElseThrow().programs().getFirst();
    // No jump is too far to be encoded.
    assertThat(InstructionEncoder.encode(program.instructions()).slots())
        .hasSizeGreaterThan(32_768);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.14", "5.10", "6.18"})
  void refusesWhatIsFarTooLong(String kernel) {
    String script =
        "global a\nprobe kernel.trace(\"sched_switch\") {\n%s}\nprobe end { println(a[1]) }\n"
            .formatted("a[cpu()]++\n".repeat(20_000));
    assertThat(KernelScripts.compile(script, kernel).diagnostics().getFirst().message())
        .startsWith("this handler is far too long for a kernel probe, on Linux " + kernel);
  }

  /** A loop whose jump backward is too far for one instruction. */
  @Test
  void carriesLongLoops() {
    String script =
        "global a\nprobe kernel.trace(\"sched_switch\") {\nfor (i = 0; i < 10; i++) {\n%s}}\nprobe end { println(a[1]) }\n"
            .formatted("if (i == 3) continue\na[i]++\n".repeat(2500));
    KernelProgram program =
        KernelScripts.compile(script, "6.18").code().orElseThrow().programs().getFirst();
    assertThat(InstructionEncoder.encode(program.instructions()).slots())
        .hasSizeGreaterThan(32_768);
  }

  @Test
  void oldKernelsGetOnlyWhatTheyHave() {
    String script =
        "global a, n\nprobe kernel.trace(\"sched_switch\") { a[execname(), pid()] += n++ / 3; printf(\"%d %s\\n\", n, execname()) }\n"
            + "probe end { println(a[\"x\", 1]) }";
    KernelCode code = KernelScripts.compile(script, "4.14").code().orElseThrow();
    assertThat(code.programs().getFirst().kind()).isEqualTo(KernelProgram.ProgramKind.TRACEPOINT);
    assertThat(code.programs().getFirst().instructions())
        .noneMatch(Instruction.LoadMapValue.class::isInstance)
        .noneMatch(
            instruction ->
                instruction instanceof Instruction.Atomic atomic
                    && atomic.operation() != Instruction.AtomicOperation.ADD)
        .noneMatch(
            instruction ->
                instruction instanceof Instruction.Call call
                    && call.helper().name().startsWith("RINGBUF"));
    for (int i = 0; i < code.programs().getFirst().instructions().size(); i++) {
      if (code.programs().getFirst().instructions().get(i) instanceof Instruction.JumpIf jump) {
        assertThat(jump.target()).isGreaterThan(i);
      }
    }
  }
}
