package dev.tapwright.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.print.ScriptPrinter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One mistake gives one diagnostic, and what stands around it stays in the tree. */
class RecoveryTest {
  private static ParseResult parse(String text) {
    return ScriptParser.parse(new SourceText("<input>", text), TestOptions.USER);
  }

  private static List<String> mistakes(ParseResult result) {
    return result.diagnostics().stream().map(RecoveryTest::describe).toList();
  }

  private static String describe(Diagnostic diagnostic) {
    return diagnostic.span().line() + ":" + diagnostic.span().column() + " " + diagnostic.message();
  }

  private static String flat(ParseResult result) {
    return ScriptPrinter.print(result.script())
        .replaceAll("\\s+", " ")
        .replace("/* error */ 0", "?")
        .strip();
  }

  @Test
  void statementsAroundAMistakenOneStay() {
    ParseResult result =
        parse(
            "probe a {\n  b = 1\n  c = )\n  d = 2\n  e = ;\n  f = 3; g h(\n  i\n}\nprobe j { k }");
    assertThat(mistakes(result))
        .containsExactly(
            "3:7 expected literal string or number",
            "5:7 expected literal string or number",
            "8:1 expected one of ') ,'");
    assertThat(flat(result))
        .contains("b = 1;")
        .contains("d = 2;")
        .contains("f = 3; g;")
        .endsWith("probe j { k; }");
  }

  @Test
  void theBodyOfALoopWithAMistakenHeaderStays() {
    ParseResult result =
        parse("probe a { if (b > { c } while (d e) { f } for (g, h; i) j; foreach (5 in k) l; m }");
    assertThat(mistakes(result))
        .containsExactly(
            "1:19 expected literal string or number",
            "1:34 expected ')'",
            "1:49 expected ';'",
            "1:69 expected identifier");
    assertThat(flat(result)).contains("c;").contains("f;").contains("j;").endsWith("l; m; }");
  }

  @Test
  void aMissingBraceEndsAtTheNextDeclaration() {
    ParseResult result =
        parse("probe a {\n  if (b) {\n    c\n\nprobe d { e }\nfunction f() { return 1 }");
    assertThat(mistakes(result)).containsExactly("5:1 expected statement");
    assertThat(flat(result))
        .contains("c;")
        .contains("probe d { e; }")
        .contains("function f () { return 1; }");
  }

  @Test
  void aBraceTooManyIsOneMistake() {
    ParseResult result = parse("probe a { b } }\nprobe c { d } x y z { } probe e { f }");
    assertThat(mistakes(result))
        .containsExactly(
            "1:15 expected 'probe', 'global', 'private', 'function', or '%{'",
            "2:15 expected 'probe', 'global', 'private', 'function', or '%{'");
    assertThat(flat(result)).isEqualTo("probe a { b; } probe c { d; } probe e { f; }");
  }

  @Test
  void anUnfinishedCallKeepsTheStatementsBelow() {
    ParseResult result = parse("probe a {\n  printf(\"%d\\n\", b\n  c = 1\n  d(c)\n}");
    assertThat(mistakes(result)).containsExactly("3:3 expected one of ', )'");
    assertThat(flat(result)).contains("c = 1;").contains("d(c);");
  }

  @Test
  void anUnterminatedStringEndsWithItsLine() {
    ParseResult result = parse("probe a {\n  b = \"c\n  d = 1\n}\nprobe e { f }");
    assertThat(mistakes(result)).containsExactly("2:7 Could not find matching closing quote");
    assertThat(flat(result)).contains("d = 1;").contains("probe e { f; }");
  }

  @Test
  void whatAnUnterminatedStringSwallowsIsNoMistakeOfItsOwn() {
    assertThat(mistakes(parse("probe a { b(\"c) }")))
        .containsExactly("1:13 Could not find matching closing quote");
    assertThat(mistakes(parse("probe a { b = \"c }\nprobe d { e }")))
        .containsExactly("1:15 Could not find matching closing quote");
    assertThat(mistakes(parse("probe a {\n  b(\"c)\n  d = \"e\n}\nprobe f { g = ; }")))
        .containsExactly(
            "2:5 Could not find matching closing quote",
            "3:7 Could not find matching closing quote",
            "5:15 expected literal string or number");
  }

  @Test
  void theBodyOfAProbeWithAMistakenPointStays() {
    ParseResult result = parse("probe a.b, c.5 { d }\nfunction f(g h) { return g }");
    assertThat(mistakes(result))
        .containsExactly("1:14 expected identifier or '*' or '{'", "2:14 expected ',' or ')'");
    assertThat(flat(result)).isEqualTo("probe a.b { d; } function f (g) { return g; }");
  }

  @Test
  void whatAMacroMadeIsPlacedWhereItWasWrittenAndKnowsItsUses() {
    ParseResult result = parse("@define m(x) %( f(@x %)\nprobe a {\n  b = @m(1)\n}");
    Diagnostic mistake = result.diagnostics().getFirst();
    assertThat(describe(mistake)).isEqualTo("4:1 expected one of ') ,'");
    result = parse("@define m(x) %( = @x %)\nprobe a {\n  b = @m(1)\n}");
    mistake = result.diagnostics().getFirst();
    assertThat(describe(mistake)).isEqualTo("1:17 expected literal string or number");
    assertThat(mistake.span().expansions()).extracting(Span::text).containsExactly("@m");
    assertThat(mistake.span().outermost().line()).isEqualTo(3);
  }
}
