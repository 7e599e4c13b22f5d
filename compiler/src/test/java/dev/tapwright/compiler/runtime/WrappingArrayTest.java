package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oldest element of an array that wraps makes room, whoever adds: the kernel or user space. */
class WrappingArrayTest {
  private static final String DECLARATIONS =
      """
      global w%[3], t%[2], s%[3], one%[1]
      probe begin(-1) { w[100] = 1; w[101] = 2; t["begun", 1] = "x"; s["a"] <<< 4; one[1]++ }
      probe end {
        foreach (v = k+ in w) println(k, " ", v)
        foreach (c = [a+, b] in t) println(a, b, c)
        foreach (q+ in s) println(q, " ", @count(s[q]), " ", @sum(s[q]))
        w[200]++
        w[201] = 3
        s["e"] <<< 5
        one[9] = 9
        foreach (v = k+ in w) println(k, " ", v)
        foreach (q+ in s) println(q, " ", @count(s[q]))
        foreach (k in one) println(k)
      }
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "println(100 in w)",
        "for (i = 0; i < 10; i++) w[i] = i * i; for (i = 0; i < 10; i++) println(i in w, w[i])",
        "for (i = 0; i < 10; i++) { w[i]++; w[i % 4] += 10 }",
        "w[5] = 5; w[100] = 7; w[101]++; w[6] = 6; w[7] = 7",
        "w[5] = 5; delete w[101]; w[6] = 6; println(100 in w, w[5]); w[7] = 7; delete w; w[8] = 8; w[9]++",
        "w[1] = 1; delete w[1]; w[2] = 2; delete w[2]; w[3] = 3; w[4] = 4; delete w[*]; w[5] = 5",
        "t[\"a\", 1] = \"one\"; t[\"begun\", 1] .= \"y\"; t[\"b\", 2] = execname() == \"\" ? \"no\" : \"two\"; println([\"begun\", 1] in t, t[\"a\", 1], t[\"b\", 2]); delete t[\"a\", *]; t[\"c\", 3] = \"three\"",
        "s[\"b\"] <<< 1; s[\"c\"] <<< 2; s[\"a\"] <<< 5; s[\"d\"] <<< 3; s[\"b\"] <<< 6; println(\"a\" in s, @count(s[\"b\"]))",
        "x = (w[7] = 3); println(x + w[7]++); println(w[8] += 4, ++w[9], 7 in w, 101 in w); one[2] = 2; one[3] <<= 1; println(2 in one)",
        "foreach (k in w) sum += k; println(sum); for (i = 0; i < 200; i++) w[i] = i; foreach (k in w) sum += k; println(sum)",
      })
  void agrees(String body) {
    Needs.privilege();
    SessionRun user = Placements.inUserSpace(DECLARATIONS, body);
    for (String version : new String[] {"6.18", "6.1"}) {
      assertThat(Placements.inKernel(DECLARATIONS, body, version)).as(version).contains(user);
    }
  }

  /** Every system call on every processor adds an element, while user space adds too. */
  @Test
  void holdsAsManyAsItIsGivenUnderContention() {
    Needs.privilege();
    SessionRun run =
        Placements.ofScript(
            """
            global w%[16], n
            probe kernel.trace("sys_enter") { w[n++] = 1 }
            probe kernel.trace("sys_exit") { w[-n]++; w[-(n++)]++ }
            probe timer.ms(3) { for (i = 0; i < 20; i++) w[n++] = 2 }
            probe timer.ms(400) { exit() }
            probe end {
              for (i = 0; i < 20; i++) w[1000000000 + i] = i
              foreach (v = k+ in w) print(k - 1000000000, " ")
              println(n > 1000)
            }
            """);
    assertThat(run.messages()).isEmpty();
    List<String> words = Arrays.asList(run.output().strip().split(" "));
    assertThat(words).hasSize(17);
    assertThat(words).startsWith("4", "5").endsWith("19", "1");
  }
}
