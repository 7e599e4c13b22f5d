package dev.tapwright.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.syntax.print.ScriptPrinter;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Whatever the input: diagnostics and a tree, in time that grows with the length alone. */
@Timeout(120)
class BadInputTest {
  private static final int MANY = 10_000;
  private static final int TOO_MANY = 100_000;

  /** What is repeated, and what stands before and behind. */
  private static final Map<String, String> REPEATED =
      Map.ofEntries(
          Map.entry("parentheses", "probe a { b = | ( | 1"),
          Map.entry("blocks", "probe a | { | b"),
          Map.entry("signs", "probe a { b = | - | 1 }"),
          Map.entry("addresses", "probe a { b = | &  | $c }"),
          Map.entry("additions", "probe a { b = | 1 + | 1 }"),
          Map.entry("assignments", "probe a { | b = | 1 }"),
          Map.entry("conditionals", "probe a { b = | 1 ? 2 : | 3 }"),
          Map.entry("branches", "probe a { | if (b) c; else | d }"),
          Map.entry("indexes", "probe a { | b[ | 1 }"),
          Map.entry("calls", "probe a { | f( | 1 }"),
          Map.entry("members", "probe a { $b | ->c | }"),
          Map.entry("groups", "probe | { | a {}"),
          Map.entry("preprocessor conditionals", "| %( 1 == 1 %? | probe a {}"),
          Map.entry("uses of macros", "@define m(x) %( @x %)\nprobe a { b = | @m( | 1 }"),
          Map.entry("definitions", "| @define | x"),
          Map.entry("probes", "| probe | x"),
          Map.entry("functions", "| function | x"),
          Map.entry("quotes", "| \"\n | x"),
          Map.entry("embedded code", "| %{ | x"),
          Map.entry("comments", "| /* | x"),
          Map.entry("strings", "probe a { b = | \"c\" | }"),
          Map.entry("names", "probe a { | b | }"),
          Map.entry("stars", "probe |*| {}"),
          Map.entry("semicolons", "probe a { |;| }"),
          Map.entry("closing parentheses", "probe a { |)| }"),
          Map.entry("junk", "|\u0001\u00e9|"));

  private static ParseResult parse(String text) {
    ParseResult result = ScriptParser.parse(new SourceText("<input>", text), TestOptions.TAPSET);
    ScriptPrinter.print(result.script());
    return result;
  }

  @TestFactory
  Stream<DynamicTest> repetitionIsFollowedOrRefused() {
    return REPEATED.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      String[] parts = entry.getValue().split("\\|", -1);
                      parse(parts[0] + parts[1].repeat(MANY) + parts[2]);
                    }));
  }

  @Test
  void deepNestingIsSaidToBeTooDeep() {
    assertThat(
            parse("probe a { b = " + "(".repeat(TOO_MANY) + "1" + ")".repeat(TOO_MANY) + " }")
                .diagnostics())
        .singleElement()
        .satisfies(mistake -> assertThat(mistake.code()).isEqualTo(SyntaxCodes.TOO_DEEP));
    assertThat(parse("probe a " + "{".repeat(TOO_MANY) + "}".repeat(TOO_MANY)).diagnostics())
        .singleElement()
        .satisfies(mistake -> assertThat(mistake.code()).isEqualTo(SyntaxCodes.TOO_DEEP));
    assertThat(parse("probe a { b = 1" + " + 1".repeat(TOO_MANY) + " }").diagnostics())
        .singleElement()
        .satisfies(mistake -> assertThat(mistake.code()).isEqualTo(SyntaxCodes.TOO_DEEP));
  }

  @Test
  void ordinaryNestingIsNot() {
    assertThat(
            parse("probe a { b = " + "(".repeat(3_000) + "1" + ")".repeat(3_000) + " }")
                .diagnostics())
        .isEmpty();
    assertThat(parse("probe a " + "{".repeat(3_000) + "}".repeat(3_000)).diagnostics()).isEmpty();
    assertThat(parse("probe a { b = 1" + " + 1".repeat(10_000) + " }").diagnostics()).isEmpty();
    assertThat(parse("probe a { " + "if (b) c; else ".repeat(10_000) + "d }").diagnostics())
        .isEmpty();
  }

  @Test
  void macrosThatDoubleEachOtherAreStopped() {
    StringBuilder text = new StringBuilder("@define m0 %( x %)\n");
    for (int i = 1; i < 40; i++) {
      text.append("@define m%d %%( @m%d @m%d %%)\n".formatted(i, i - 1, i - 1));
    }
    assertThat(parse(text + "probe a { @m39 }").diagnostics())
        .singleElement()
        .satisfies(mistake -> assertThat(mistake.code()).isEqualTo(SyntaxCodes.TOO_DEEP));
  }

  @Test
  void aLineOfAMegabyteIsALine() {
    assertThat(parse("probe a { b = \"" + "c".repeat(1_000_000) + "\" }").diagnostics()).isEmpty();
  }

  @Test
  void anEmptyFileIsSaidToBeEmpty() {
    ParseResult result =
        ScriptParser.parse(new SourceText("x.stp", " // nothing\n"), TestOptions.USER);
    assertThat(result.diagnostics())
        .singleElement()
        .extracting("message")
        .isEqualTo("Input file 'x.stp' is empty.");
  }

  @Test
  void randomBytesGiveDiagnosticsAndComeBackAsTheyWere() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      byte[] bytes = new byte[random.nextInt(2000)];
      random.nextBytes(bytes);
      SourceText source = SourceText.ofBytes("<input>", bytes);
      assertThat(source.bytes()).isEqualTo(bytes);
      ScriptParser.parse(source, TestOptions.USER);
    }
  }

  @Test
  void randomTokensGiveDiagnostics() {
    String[] tokens =
        ("probe global private function if else for foreach in limit return delete while break continue next string long try"
                + " catch a b $x $$ 1 2 \"s\" @cast @count @m @define %( %? %: %) %{ %} { } ( ) [ ] . , ; : ? ! ~ + - * / %"
                + " ++ -- -> = += <<< << >> < > == =~ && || & | ^ @1 $1 $# // /* */ \n \u00e9")
            .split(" ");
    Random random = new Random(2);
    for (int round = 0; round < 3000; round++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "probe a { " : "");
      for (int i = random.nextInt(40); i >= 0; i--) {
        text.append(tokens[random.nextInt(tokens.length)])
            .append(random.nextInt(4) == 0 ? "" : " ");
      }
      ParseResult result =
          ScriptParser.parse(new SourceText("<input>", text.toString()), TestOptions.USER);
      ScriptPrinter.print(result.script());
    }
  }
}
