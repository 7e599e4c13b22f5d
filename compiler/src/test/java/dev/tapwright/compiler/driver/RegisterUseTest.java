package dev.tapwright.compiler.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions of the kernel are attached to by kprobes where a handler asks for registers. */
class RegisterUseTest {
  private static final LiveTarget TARGET =
      LiveTarget.open(KernelProfile.ofVersion(KernelVersion.of(6, 12)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ println($count) } | FENTRY",
        "{ println($count, register(\"rdi\")) } | KPROBE",
        "{ println(@kregister(5)) } | KPROBE",
        "{ println(symname(addr())) } | KPROBE",
        "{ println(called()) } | KPROBE",
        "{ println(pid()) } function unused() { return addr() } | FENTRY",
        ".return { println($return, $count) } | FEXIT",
        ".return { println(returnval(), $return) } | KRETPROBE",
        ".return { println(returnval() - @entry($count)) } | FENTRY KRETPROBE",
        ".return { println(returnval(), $count) } | what a function returns is not at hand in this probe",
      })
  void decidesHowAFunctionIsAttachedTo(String handler, String expected) {
    assumeTrue(
        TARGET.kernelTypes().isPresent() && TARGET.kernelSymbols().function("vfs_read").isPresent(),
        "needs the kernel's BTF and symbols");
    String script =
        "function called() { return addr() }\nprobe kernel.function(\"vfs_read\")" + handler;
    Compilation compilation =
        CompilerDriver.compile(
            new SourceText("a.stp", script),
            new CompilerSettings(List.of(), true, List.of(), Map.of()),
            TARGET);
    String kinds =
        compilation
            .object()
            .map(
                object ->
                    object.programs().stream()
                        .map(program -> program.kind().name())
                        .collect(Collectors.joining(" ")))
            .orElseGet(
                () ->
                    compilation.diagnostics().stream()
                        .filter(Diagnostic::isError)
                        .map(Diagnostic::message)
                        .collect(Collectors.joining("; ")));
    assertThat(kinds).isEqualTo(expected);
  }
}
