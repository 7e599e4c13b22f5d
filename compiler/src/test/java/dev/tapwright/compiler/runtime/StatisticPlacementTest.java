package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statistics that handlers in the kernel add to are the same as those that user space keeps. */
class StatisticPlacementTest {
  /** What a handler does, and what is printed in the end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "s <<< 1; s <<< 2; s <<< 3; s <<< 4; s <<< 5 | println(@count(s), @sum(s), @min(s), @max(s), @avg(s), @variance(s))",
        "for (i = -4; i < 9; i++) s <<< i * i * i | println(@variance(s, 4), @avg(s), @max(s), @min(s))",
        "s <<< -9223372036854775807 - 1; s <<< 9223372036854775807 | println(@min(s), @max(s), @sum(s), @count(s)); print(@hist_log(s))",
        "s <<< -7 | println(@min(s), @max(s))",
        "for (i = 0; i < 40; i++) { s <<< (1 << i) - 1; s <<< -(1 << i) }; s <<< 0 | print(@hist_log(s)); println(@hist_log(s)[64], @hist_log(s)[60])",
        "for (i = -20; i < 50; i += 3) s <<< i | print(@hist_linear(s, 0, 30, 4))",
        "for (i = -20; i < 50; i += 3) s <<< i | print(@hist_linear(s, -9, 100, 50))",
        "for (i = 0; i < 50; i++) a[i % 7, sprint(i % 2)] <<< i | foreach ([n, t] in a @sum- limit 4) println(n, t, @sum(a[n, t])); foreach ([n, t] in a @min+ limit 3) println(n, t); println([3, \"1\"] in a, [3, \"2\"] in a, [*, \"0\"] in a)",
        "for (i = 0; i < 50; i++) a[i % 3, \"x\"] <<< i * i | foreach ([n+, t] in a) println(n, t, @variance(a[n, t])); delete a[1, *]; foreach ([n-, t] in a) println(n); delete a; println([0, \"x\"] in a); a[9, \"y\"] <<< 4; println(@sum(a[9, \"y\"]))",
        "for (i = 0; i < 5; i++) few[i] <<< i | println(\"unreached\")",
        "s <<< 3; try { few[1] <<< 1; few[2] <<< 2; few[1] <<< 3; few[3] <<< 1 } catch (e) { println(e) } | s <<< 4; few[2] <<< 9; println(@sum(s), @count(few[2]), @variance(s)); delete s; try { println(@avg(s)) } catch (e) { println(e) }; s <<< 1; println(@count(s)); delete few[1]; few[7] <<< 7; println(@max(few[7])); few[8] <<< 1",
        "x = (s <<< 6); println(x, times(4)) | println(@count(s), @sum(s))",
      })
  void agrees(String body, String report) {
    Needs.privilege();
    String declarations =
        "global s, a, few[2]\nfunction times(k) { for (i = 0; i < k; i++) s <<< i; return k }\nprobe end { %s }"
            .formatted(report);
    SessionRun user = Placements.inUserSpace(declarations, body);
    for (String version : new String[] {"6.18", "6.1", "5.10"}) {
      assertThat(Placements.inKernel(declarations, body, version)).as(version).contains(user);
    }
  }

  /** A handler that asks for figures itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "s <<< 1; s <<< 2; s <<< 3; s <<< 4; s <<< 5; println(@count(s), @sum(s), @min(s), @max(s), @avg(s), @variance(s))",
        "for (i = 0; i < 30; i++) { s <<< i * i - 100; if (i > 25) println(@min(s), @max(s), @avg(s), @variance(s), @hist_log(s)[64 + i % 8]) }",
        "println(@count(s), @sum(s)); try { println(@avg(s)) } catch (e) { println(e) }; try { println(@min(s)) } catch (e) { println(e) }; println(@max(s))",
        "for (i = 0; i < 60; i++) s <<< i; for (i = -2; i < 12; i++) try { print(@hist_linear(s, 5, 40, 5)[i], i in @hist_linear(s, 5, 40, 5), \" \") } catch (e) { println(e) }",
        "for (i = 0; i < 9; i++) a[i % 2, execname() == \"x\" ? \"y\" : \"x\"] <<< i; println(@sum(a[0, \"x\"]), @variance(a[1, \"x\"], 3), @count(a[2, \"x\"]), [1, \"x\"] in a, [0, \"y\"] in a); delete a[1, \"x\"]; println(@count(a[1, \"x\"])); a[1, \"x\"] <<< 8; println(@min(a[1, \"x\"]))",
        "s <<< 9; delete s; println(@count(s)); s <<< 4; println(@max(s), @sum(s) + @count(s))",
        "s <<< -9223372036854775807 - 1; s <<< 9223372036854775807; s <<< 0; s <<< 5; print(@hist_log(s)); println(@hist_log(s)); println(1)",
        "s <<< -5; s <<< 5; s <<< 8999; print(@hist_linear(s, 0, 9000, 7))",
        "s <<< 3; s <<< 5; print(@hist_linear(s, 3, 3, 1))",
        "print(@hist_log(s)); println(@hist_log(a[1, \"x\"])); a[1, \"x\"] <<< 77; print(@hist_log(a[1, execname() == \"\" ? \"y\" : \"x\"])); begun <<< 3; print(@hist_log(begun))",
        "for (i = 0; i < 60; i++) s <<< i * i; foreach (c = b- in @hist_linear(s, 5, 40, 5)) println(b, \" \", c); foreach (c- = b in @hist_linear(s, 5, 40, 5) limit 4) println(b, \" \", c); foreach (c = b+ in @hist_linear(s, 5, 40, 5) limit 2) println(b, c); begun <<< 9; begun <<< 10; begun <<< 1; foreach (c- = b in @hist_log(begun)) { if (!c) break; println(b, \" \", c) }; foreach (c+ = b in @hist_linear(s, 5, 40, 5)) println(b, \" \", c)",
        "for (i = 0; i < 60; i++) s <<< i; foreach (c = b in @hist_linear(s, 5, 40, 5)) println(b, \" \", c); begun <<< 9; foreach (b in @hist_log(begun) limit 67) n += @hist_log(begun)[b] * b; foreach (c = b in @hist_log(a[1, \"x\"])) n += c; foreach (b in @hist_log(begun)) { if (b == 99) break; if (b % 2) continue; n++ } println(n)",
        "begun <<< 2; println(@count(begun), @sum(begun), @max(begun), @min(begun)); of[7] <<< 1; println(@sum(of[7])); delete of[7]; println(7 in of, @count(of[7])); delete begun; println(@sum(begun))",
      })
  void isReadInTheKernel(String body) {
    Needs.privilege();
    String declarations =
        "global s, a, begun, of\nprobe begin(-1) { begun <<< 40; begun <<< 10; of[7] <<< 70 }\n"
            + "probe end { println(@count(begun), @count(of[7])) }";
    SessionRun user = Placements.inUserSpace(declarations, body);
    // The verifier of an old kernel goes through all processors in every turn of a loop.
    boolean isForOld = !body.contains("for (") && !body.contains("hist_linear(s");
    for (String version : isForOld ? new String[] {"6.18", "6.1"} : new String[] {"6.18"}) {
      assertThat(Placements.inKernel(declarations, body, version)).as(version).contains(user);
    }
  }
}
