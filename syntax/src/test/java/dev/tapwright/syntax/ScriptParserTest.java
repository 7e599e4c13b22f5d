package dev.tapwright.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptParserTest {
  private static final ParseOptions OPTIONS =
      new ParseOptions(
          List.of(),
          false,
          new ParseOptions.Conditions("6.1.0", "6.1.0-1", "x86_64", "5.6", false, name -> ""));

  private static ParseResult parse(String text) {
    return ScriptParser.parse(new SourceText("<input>", text), OPTIONS);
  }

  private static List<Statement> handler(String statements) {
    ParseResult result = parse("probe begin { " + statements + " }");
    assertThat(result.diagnostics()).isEmpty();
    return ((Declaration.Probe) result.script().declarations().getFirst()).body().statements();
  }

  @Test
  void anExpressionGoesOnAsLongAsItCan() {
    assertThat(handler("a = b\n-1")).hasSize(1);
    assertThat(handler("a = b\n(c)")).hasSize(1);
    assertThat(handler("if (a) -b")).hasSize(1);
    assertThat(handler("if (a) ++b c")).hasSize(2);
    assertThat(handler("x y z")).hasSize(3);
    assertThat(handler("a in b + c")).hasSize(2);
  }

  @Test
  void theLevelsOfOperatorsShapeTheTree() {
    Statement statement = handler("1 + 2 * 3 - 4").getFirst();
    assertThat(statement)
        .isInstanceOfSatisfying(
            Statement.Evaluation.class,
            evaluation ->
                assertThat(evaluation.expression())
                    .isInstanceOfSatisfying(
                        Expression.Binary.class,
                        binary -> {
                          assertThat(binary.operator()).isEqualTo(BinaryOperator.SUBTRACT);
                          assertThat(binary.left().span().text()).isEqualTo("1 + 2 * 3");
                        }));
  }

  @Test
  void keywordsNameComponentsAndMembers() {
    ParseResult result = parse("probe syscall.return.next, vfs_*.*foo** { x = $a->next - 1 }");
    assertThat(result.diagnostics()).isEmpty();
  }

  @Test
  void olderLanguagesHaveFewerWords() {
    assertThat(mistakes("3.0", "private global x")).isEmpty();
    assertThat(mistakes("2.9", "private global x")).hasSize(1);
    assertThat(mistakes("2.9", "probe a { private = 1 }")).isEmpty();
    assertThat(mistakes("4.0", "probe a { x = @uregister(1) }")).isEmpty();
    assertThat(mistakes("3.9", "probe a { x = @uregister(1) }"))
        .containsExactly("unknown operator @uregister");
    assertThat(mistakes("5.5", "probe a { x = @enum(\"y\") }")).isEmpty();
    assertThat(mistakes("5.4", "probe a { x = @enum(\"y\") }"))
        .containsExactly("unknown operator @enum");
    assertThat(mistakes("5.5", "probe a { x = @enumname(1) }"))
        .containsExactly("unknown operator @enumname");
    assertThat(mistakes("4.8", "%( systemtap_v >= \"5.0\" %? error %: probe a {} %)")).isEmpty();
    assertThat(text("2.2")).isEqualTo("x41\\x");
    assertThat(text("2.3")).isEqualTo("A\\x");
  }

  private static List<String> mistakes(String version, String script) {
    return parse(version, script).diagnostics().stream()
        .map(dev.tapwright.syntax.diagnostic.Diagnostic::message)
        .toList();
  }

  private static String text(String version) {
    Declaration.Probe probe =
        (Declaration.Probe)
            parse(version, "probe a { \"\\x41\\\\x\" }").script().declarations().getFirst();
    Statement.Evaluation statement = (Statement.Evaluation) probe.body().statements().getFirst();
    return ((Expression.StringLiteral) statement.expression()).value();
  }

  private static ParseResult parse(String version, String script) {
    ParseOptions.Conditions conditions =
        new ParseOptions.Conditions("6.1.0", "6.1.0-1", "x86_64", version, false, name -> "");
    return ScriptParser.parse(
        new SourceText("<input>", script), new ParseOptions(List.of(), false, conditions));
  }
}
