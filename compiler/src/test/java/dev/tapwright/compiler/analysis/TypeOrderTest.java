package dev.tapwright.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which order types are learnt, and that they are learnt however long the way. */
class TypeOrderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "global x function f() { x = 1 } function g() { x = \"s\" } probe begin { f(); g() }",
        "global x function g() { x = \"s\" } function f() { x = 1 } probe begin { g(); f() }",
        "global x function g() { x = \"s\" return 1 } function f(p) { x = 1 return p }"
            + " probe begin { f(g()) }"
      })
  void functionsComeInTheOrderOfTheirNames(String script) {
    assertThat(Scripts.analyze(script).diagnostics())
        .filteredOn(Diagnostic::isError)
        .extracting(Diagnostic::message)
        .containsExactly("type mismatch (string)");
  }

  @Test
  void aTypeTravelsThroughAnyNumberOfCalls() {
    int last = 300;
    String functions =
        IntStream.range(0, last)
            .mapToObj(i -> "function f%d(a) { return f%d(a) }\n".formatted(i, i + 1))
            .collect(Collectors.joining());
    assertThat(
            Scripts.analyze(
                    functions
                        + "function f%d(a) { return a . \"x\" }\n".formatted(last)
                        + "probe begin { println(f0(\"y\")) }\n")
                .diagnostics())
        .isEmpty();
  }
}
