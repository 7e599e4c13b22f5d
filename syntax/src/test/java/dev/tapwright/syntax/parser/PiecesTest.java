package dev.tapwright.syntax.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.syntax.grammar.ScriptGrammar;
import java.util.List;
import java.util.OptionalLong;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.LL1Analyzer;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.junit.jupiter.api.Test;

class PiecesTest {
  @Test
  void versionsAreOrderedAsTheCLibraryOrdersThem() {
    assertOrder(List.of("000", "00", "01", "010", "09", "0", "1", "9", "10"));
    assertOrder(
        List.of("2.6", "2.6.9", "2.6.10", "2.6.32", "3.0", "4.14", "5.4", "5.10", "6.1.0", "6.18"));
    assertOrder(List.of("6.1.0", "6.1.0-1", "6.1.0-10", "6.1.1"));
  }

  private static void assertOrder(List<String> ascending) {
    for (int i = 0; i + 1 < ascending.size(); i++) {
      assertThat(VersionOrder.compare(ascending.get(i), ascending.get(i + 1)))
          .as(ascending.get(i))
          .isNegative();
      assertThat(VersionOrder.compare(ascending.get(i + 1), ascending.get(i)))
          .as(ascending.get(i))
          .isPositive();
    }
  }

  @Test
  void globsMatchWholeNames() {
    assertThat(Glob.matches("6.*", "6.18")).isTrue();
    assertThat(Glob.matches("i?86", "i686")).isTrue();
    assertThat(Glob.matches("i?86", "i86")).isFalse();
    assertThat(Glob.matches("[a-c]x*", "bxyz")).isTrue();
    assertThat(Glob.matches("[!a-c]x", "bx")).isFalse();
    assertThat(Glob.matches("*a*b*c", "xxaxxbxxc")).isTrue();
    assertThat(Glob.matches("[", "[")).isTrue();
    assertThat(Glob.matches("\\*", "*")).isTrue();
    assertThat(Glob.matches("*".repeat(50) + "b", "a".repeat(10_000))).isFalse();
  }

  @Test
  void numbersAreReadAsCReadsThem() {
    assertThat(LiteralReader.number("0")).hasValue(0);
    assertThat(LiteralReader.number("017")).hasValue(15);
    assertThat(LiteralReader.number("0xFf")).hasValue(255);
    assertThat(LiteralReader.number("9223372036854775808")).hasValue(Long.MIN_VALUE);
    assertThat(LiteralReader.number("18446744073709551615")).hasValue(-1);
    for (String wrong : List.of("18446744073709551616", "08", "0x", "0b1", "1a", "2015a")) {
      assertThat(LiteralReader.number(wrong)).as(wrong).isEqualTo(OptionalLong.empty());
    }
  }

  @Test
  void stringsAreQuotedSoThatTheyReadBack() {
    String text = "a\"b\\c\n\t\u0001\u007f\u00e9\udc80\udcff\ud83d\ude00" + "7";
    StringBuilder back = new StringBuilder();
    LiteralReader.string(StringEscapes.quote(text), back);
    assertThat(back.toString()).isEqualTo(text);
  }

  /** Prediction costs time and moves mistakes away from where SystemTap finds them. */
  @Test
  void onlyElseNeedsMoreThanOneTokenToDecide() {
    ATN atn = ScriptGrammar._ATN;
    LL1Analyzer analyzer = new LL1Analyzer(atn);
    for (ATNState decision : atn.decisionToState) {
      if (decision.ruleIndex == ScriptGrammar.RULE_ifStatement) {
        continue;
      }
      IntervalSet seen = new IntervalSet();
      for (IntervalSet look : analyzer.getDecisionLookahead(decision)) {
        assertThat(look).as(ScriptGrammar.ruleNames[decision.ruleIndex]).isNotNull();
        assertThat(seen.and(look) == null || seen.and(look).isNil())
            .as(ScriptGrammar.ruleNames[decision.ruleIndex])
            .isTrue();
        seen.addAll(look);
      }
    }
  }
}
