package dev.tapwright.compiler.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexTest {
  /** Random expressions match where another engine says so, and begin at the same place. */
  @Test
  void agreesWithAnotherEngine() {
    Random random = new Random(1);
    int compared = 0;
    for (int i = 0; i < 20_000; i++) {
      String expression = ends("^", random) + "(" + expression(random, 3) + ")" + ends("$", random);
      String subject = subject(random);
      java.util.regex.Matcher expected = Pattern.compile(expression).matcher(subject);
      boolean matches = expected.find();

      Regex regex = Regex.compile(expression);

      assertThat(regex.problem()).as(expression).isEmpty();
      assertThat(regex.match(subject).isPresent())
          .as("%s in %s", expression, subject)
          .isEqualTo(matches);
      assertThat(matchesByTable(expression, subject))
          .as("%s in %s", expression, subject)
          .isEqualTo(matches);
      Optional<RegexGroups> groups = RegexGroups.of(expression);
      if (groups.isPresent()) {
        compared++;
        assertThat(marksByTables(groups.get(), subject))
            .as("%s in %s", expression, subject)
            .isEqualTo(regex.match(subject).map(Regex.Match::marks));
      }
    }
    assertThat(compared).isGreaterThan(15_000);
  }

  private static boolean matchesByTable(String expression, String subject) {
    RegexTable table =
        RegexTable.of(expression) instanceof RegexTable.Result.Built(RegexTable built)
            ? built
            : fail("no table for " + expression);
    int row = table.start();
    for (char character : (subject + "\0").toCharArray()) {
      if (row >= RegexTable.FIRST) {
        row = table.rows().get(row - RegexTable.FIRST + table.classes().get(character));
      }
    }
    return row == RegexTable.MATCHED;
  }

  private static Optional<List<Integer>> marksByTables(RegexGroups groups, String subject) {
    List<Integer> taken = new ArrayList<>(List.of(RegexGroups.BEGINNING));
    int row = groups.start();
    int end = -1;
    int way = 0;
    for (int i = 0; row >= RegexGroups.FIRST; i++) {
      int match = groups.rows().get(row + groups.width() - 1);
      if (match > 0) {
        end = i;
        way = match - 1;
      }
      char character = i < subject.length() ? subject.charAt(i) : 0;
      int entry = row + groups.classes().get(character);
      taken.add(entry);
      row = groups.rows().get(entry);
    }
    if (row == RegexGroups.MATCHED) {
      end = taken.size() - 1;
      way = 0;
    }
    if (end < 0) {
      return Optional.empty();
    }
    List<Integer> marks = new ArrayList<>(Collections.nCopies(2 * groups.groups(), -1));
    while (way != RegexGroups.FRESH) {
      long here = groups.ways().get(groups.origins().get(taken.get(end)) + way);
      for (int i = 0; i < marks.size(); i++) {
        if (marks.get(i) < 0 && ((here >> i) & 1) == 1) {
          marks.set(i, Math.min(end, subject.length()));
        }
      }
      way = (int) (here >>> RegexGroups.SOURCE);
      end--;
    }
    return Optional.of(marks);
  }

  @ParameterizedTest
  @CsvSource({
    "'^$', '', true",
    "'$^', '', true",
    "'a^b', ab, false",
    "'(^|b)c', abc, true",
    "'x$|y', yz, true"
  })
  void anchorsHoldAtTheEndsOnly(String expression, String subject, boolean matches) {
    assertThat(matchesByTable(expression, subject)).isEqualTo(matches);
    assertThat(Regex.compile(expression).match(subject).isPresent()).isEqualTo(matches);
  }

  @Test
  void saysThatATableWouldBeTooLarge() {
    assertThat(RegexTable.of("(a|b)*a(a|b){16}")).isEqualTo(new RegexTable.Result.TooLarge());
  }

  private static String expression(Random random, int depth) {
    if (depth == 0) {
      return new String[] {"a", "b", "c", ".", "[ab]", "[^a]"}[random.nextInt(6)];
    }
    String inner = expression(random, depth - 1);
    String other = expression(random, depth - 1);
    return switch (random.nextInt(8)) {
      case 0 -> "(" + inner + "|" + other + ")";
      case 1 -> "(" + inner + ")*";
      case 2 -> "(" + inner + ")+" + other;
      case 3 -> "(" + inner + ")?";
      case 4 -> "(" + inner + "){1,2}" + other;
      case 5 -> inner + "|" + other + "|" + inner;
      case 6 -> "(" + inner + "){2}";
      default -> inner + other;
    };
  }

  private static String ends(String anchor, Random random) {
    return random.nextInt(4) == 0 ? anchor : "";
  }

  private static String subject(Random random) {
    StringBuilder subject = new StringBuilder();
    for (int i = random.nextInt(7); i > 0; i--) {
      subject.append("abc".charAt(random.nextInt(3)));
    }
    return subject.toString();
  }

  /** The leftmost match, of those the longest, and its groups. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a|ab; xab; ab",
        "x*; aaa; -",
        "b+; abbab; bb",
        "(a)|(b); b; b,-,b",
        "[]a]+; x]a]; ]a]",
        "[a-c_]+; x_b_; _b_",
        "a{2,}; aaaa; aaaa",
        "(ab){0}c; abc; c,-",
        "(?:a|b)+(c); xabc; abc,c",
        "^a); a)b; a)",
        "[\\]x]+; a]x\\; ]x",
        "[^\\\\]; \\a; a",
      })
  void findsTheLongestOfTheLeftmost(String expression, String subject, String groups) {
    Regex.Match match = Regex.compile(expression).match(subject).orElseThrow();

    String[] expected = groups.replace("-", "").split(",", -1);
    for (int i = 0; i < expected.length; i++) {
      assertThat(match.group(i)).contains(expected[i]);
    }
    assertThat(match.group(expected.length)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "(; 1; unmatched (",
        "[a; 2; unmatched [",
        "*a; 0; unexpected '*'",
        "a{3,2}; 5; bad repetition"
      })
  void saysWhatIsWrong(String expression, int position, String message) {
    RegexParser.Problem problem = Regex.compile(expression).problem().orElseThrow();

    assertThat(problem).isEqualTo(new RegexParser.Problem(position, message));
  }

  /** What takes other engines longer than there is time. */
  @Test
  void isNotSlowWhateverTheExpression() {
    Regex regex = Regex.compile("(a*)*(a|aa)*(a+)+b");

    Assertions.assertTimeout(
        Duration.ofSeconds(10), () -> assertThat(regex.match("a".repeat(511))).isEmpty());
  }
}
