package dev.tapwright.compiler.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.target.FixedTarget;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.compiler.target.Tracepoints.Tracepoint;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts with very many of something: they are compiled, or refused with a reason. */
class LongScriptsTest {
  private static final int MANY = 6000;

  @ParameterizedTest
  @CsvSource({
    "6.18,globals of a kernel handler,",
    "5.1,globals of a kernel handler,",
    "6.18,functions that call each other,",
    "6.18,overloads,",
    "6.18,strings that take their length from the next,",
    "6.18,assignments that nothing reads,no probes found",
    "6.18,functions of a kernel handler,the functions called here make this handler too large for a kernel probe",
  })
  void areCompiledOrRefused(String kernel, String what, String message) {
    Compilation compilation =
        CompilerDriver.compile(
            new SourceText("a.stp", script(what)), CompilerSettings.defaults(), target(kernel));
    List<Diagnostic> errors =
        compilation.diagnostics().stream().filter(Diagnostic::isError).toList();
    if (message == null) {
      assertThat(errors).isEmpty();
      assertThat(compilation.object()).isPresent();
    } else {
      assertThat(errors.getFirst().message()).isEqualTo(message);
    }
  }

  private static String script(String what) {
    return switch (what) {
      case "globals of a kernel handler" ->
          many(i -> "global g%d\n".formatted(i))
              + "probe kernel.trace(\"sched_switch\") {\n"
              + many(i -> i % 100 == 99 ? "g%d++\n".formatted(i) : "")
              + "}\nprobe end {\n"
              + many(i -> "println(g%d++)\n".formatted(i))
              + "}\n";
      case "functions that call each other" ->
          functions() + "probe begin { println(f%d(1)) }\n".formatted(MANY - 1);
      case "functions of a kernel handler" ->
          functions()
              + "probe kernel.trace(\"sched_switch\") { println(f%d(1)) }\n".formatted(MANY - 1);
      case "overloads" ->
          many(i -> "function f(x) { if (x > %d) next; return x }\n".formatted(i))
              + "probe begin { println(f(1)) }\n";
      case "strings that take their length from the next" ->
          many(i -> "global s%d\n".formatted(i))
              + many(i -> i == 0 ? "" : "probe begin { s%d = s%d }\n".formatted(i - 1, i))
              + "probe begin { s%d = \"text\"; println(s0) }\n".formatted(MANY - 1);
      case "assignments that nothing reads" ->
          "probe begin {\nx0 = 1\n" + many(i -> "x%d = x%d + 1\n".formatted(i + 1, i)) + "}\n";
      default -> throw new IllegalArgumentException(what);
    };
  }

  private static String functions() {
    return many(
        i ->
            i == 0
                ? "function f0(x) { return x + 1 }\n"
                : "function f%d(x) { return f%d(x) }\n".formatted(i, i - 1));
  }

  private static String many(IntFunction<String> part) {
    return IntStream.range(0, MANY).mapToObj(part).collect(Collectors.joining());
  }

  private static FixedTarget target(String kernel) {
    return new FixedTarget(
        KernelProfile.ofVersion(KernelVersion.parse(kernel).orElseThrow()),
        List.of(),
        OptionalLong.empty(),
        List.of(),
        List.of(),
        List.of(new Tracepoint("sched", "sched_switch")),
        List.of());
  }
}
