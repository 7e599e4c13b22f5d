package dev.tapwright.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Identifier;
import dev.tapwright.syntax.tree.ProbeComponent;
import dev.tapwright.syntax.tree.ProbePoint;
import dev.tapwright.syntax.tree.Script;
import dev.tapwright.syntax.tree.Statement;
import dev.tapwright.syntax.tree.UnaryOperator;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the parser makes of a text, analysis gives a result. */
class AnalysisRobustnessTest {
  private static final List<String> PIECES =
      List.of(
          "probe",
          "begin",
          "end",
          "timer.s(1)",
          "kernel.function(\"vfs_*\")",
          "a",
          "b",
          "c[1]",
          "global",
          "function",
          "f",
          "(",
          ")",
          "{",
          "}",
          "[",
          "]",
          "=",
          "+=",
          "<<<",
          "++",
          ",",
          ";",
          "1",
          "\"s\"",
          "if",
          "else",
          "while",
          "foreach",
          "in",
          "return",
          "delete",
          "@count",
          "@hist_log",
          "printf",
          "\"%d\"",
          "println",
          "$x",
          "->",
          "*",
          "?",
          ":",
          "&&",
          ".",
          "try",
          "catch",
          "next",
          "break",
          "@defined",
          "=~",
          "oneshot",
          "{a,b}",
          "%{ %}",
          "!");

  static Stream<Path> scripts() {
    return Stream.concat(
        Scripts.resources("marked", ".stp").stream(),
        Scripts.resources("summary", ".stp").stream());
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void survivesMissingAndStrayPieces(Path file) {
    String text = Scripts.read(file);
    Random random = new Random(1);
    for (int i = 0; i < 150; i++) {
      int start = random.nextInt(text.length());
      int end = Math.min(text.length(), start + random.nextInt(12));
      String piece =
          random.nextBoolean() ? "" : " " + PIECES.get(random.nextInt(PIECES.size())) + " ";
      String damaged = text.substring(0, start) + piece + text.substring(end);
      assertThatCode(() -> Scripts.analyze(damaged)).as(damaged).doesNotThrowAnyException();
    }
  }

  @Test
  void survivesRandomPieces() {
    Random random = new Random(2);
    for (int i = 0; i < 1500; i++) {
      StringBuilder text = new StringBuilder("global a, c probe begin { ");
      for (int j = 0; j < 25; j++) {
        text.append(PIECES.get(random.nextInt(PIECES.size()))).append(' ');
      }
      String script = text.toString();
      assertThatCode(() -> Scripts.analyze(script)).as(script).doesNotThrowAnyException();
    }
  }

  @Test
  void refusesAliasesNestedTooDeeply() {
    StringBuilder text = new StringBuilder("probe a0 = begin { } ");
    for (int i = 1; i < 2000; i++) {
      text.append("probe a%d = a%d { } ".formatted(i, i - 1));
    }
    assertThat(Scripts.analyze(text + "probe a1999 { println(1) }").diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly("aliases nested more than 100 levels deep");
    assertThat(Scripts.analyze(text + "probe a90 { println(1) }").diagnostics()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 200, 1000, 100_000})
  void survivesDeepExpressions(int depth) {
    Span span = new Span(new SourceText("<input>", "x"), 0, 1);
    Expression expression = new Expression.NumberLiteral(span, 1);
    for (int i = 0; i < depth; i++) {
      expression = new Expression.Unary(span, UnaryOperator.MINUS, expression);
    }
    Expression call =
        new Expression.FunctionCall(span, new Identifier(span, "exit"), List.of(expression));
    check(new Statement.Evaluation(span, call), span, depth > Nesting.DEEPEST);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 200, 1000, 100_000})
  void survivesDeepStatements(int depth) {
    Span span = new Span(new SourceText("<input>", "x"), 0, 1);
    Statement statement = new Statement.Next(span);
    for (int i = 0; i < depth; i++) {
      statement = new Statement.Block(span, List.of(statement));
    }
    check(statement, span, depth > Nesting.DEEPEST);
  }

  private static void check(Statement statement, Span span, boolean isTooDeep) {
    ProbePoint begin =
        new ProbePoint(
            span,
            List.of(new ProbeComponent.Named(span, "begin", span, Optional.empty())),
            ProbePoint.Presence.REQUIRED,
            Optional.empty());
    Declaration probe =
        new Declaration.Probe(
            span, false, List.of(begin), new Statement.Block(span, List.of(statement)));
    AnalysisResult result =
        Analyzer.analyze(new Script(span, List.of(probe)), Scripts.input(RecordedTarget.of(6, 1)));
    assertThat(
            result.diagnostics().stream()
                .anyMatch(each -> each.code().equals(AnalysisCodes.NESTING)))
        .isEqualTo(isTooDeep);
  }
}
