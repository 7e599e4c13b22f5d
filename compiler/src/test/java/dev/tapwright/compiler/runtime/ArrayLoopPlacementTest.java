package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers in the kernel walk and empty arrays as those in user space do, but in any order. */
class ArrayLoopPlacementTest {
  private static final String DECLARATIONS =
      """
      global n, sum, a, names, pairs, s, few[4], last, of
      function fill(k) { for (i = 0; i < k; i++) { a[i] = i * i; names[i] = sprint("n", i); s[i % 3] <<< i } return k }
      probe begin(-1) { a[77] = 1; a[-1] = 2; s[9] <<< 90; pairs["begun", 1] = 3; names[5] = "x"; of["k"] <<< 1 }
      probe end { println(a[77], names[5], pairs["begun", 1], @count(s[9]), @count(of["k"])) }
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fill(6); foreach (k in a) { n++; sum += k * a[k] }; println(n, sum)",
        "fill(6); foreach (v = k in names) { if (v == sprint(\"n\", k)) n++; last = v }; println(n, strlen(last) > 0)",
        "foreach (v = k in names) println(k, v); names[6] = names[5] . names[5]; println(names[6])",
        "fill(5); foreach (k in a limit 3) n++; foreach (k in a limit 0) n += 100; foreach (k in a limit 50) n += 10; println(n)",
        "fill(6); foreach (k in s) n += @count(s[k]); foreach (j in s) foreach (k in s) { if (k == j) { sum += @sum(s[k]); break } }; println(n, sum)",
        "fill(6); foreach (k in a) { if (k % 2) continue; n += k; foreach (m in a) { if (m == k) { sum += a[m]; break } } }; println(n, sum)",
        "foreach ([t, i] in pairs) println(t, i); pairs[\"x\", 2] = 5; foreach (v = [t, i] in pairs) { n += v; sum += strlen(t) * i }; println(n, sum)",
        "foreach (last in of) println(last, \"!\"); foreach (n in few) println(1); few[5] = 6; foreach (n in few) println(n); println(n)",
        "fill(6); delete a; println(a[1] + a[77], 3 in a); foreach (k in a) println(k); a[77] = 8; foreach (k in a) println(k)",
        "delete s; println(@count(s[9])); s[9] <<< 3; println(@sum(s[9])); delete names; delete pairs; delete of; names[5] = \"y\"",
        "try { for (i = 0; ; i++) few[i] = i } catch (e) { println(e) }; foreach (k in few) sum += k; println(sum); delete few; few[9] = 1; println(few[9], few[1])",
        "for (i = 0; i < 9; i++) pairs[sprint(i % 3), i] = i; foreach (v = [t, i] in pairs[\"1\", *]) { n += v; sum += i }; foreach ([t, i] in pairs[*, 8]) println(t, i); foreach ([t, i] in pairs[\"x\", *]) println(t); foreach ([t, i] in pairs[\"2\", 5]) println(t, i); foreach ([t, i] in pairs[*, *] limit 4) n += 100; println(n, sum)",
        "pairs[\"x\", 1] = 1; pairs[\"y\", 2] = 2; println([*, 2] in pairs, [\"y\", *] in pairs, [\"z\", *] in pairs, [*, 3] in pairs, [*, *] in pairs, [*] in s); if ([\"x\", *] in pairs && !([*, 9] in pairs)) println(\"yes\")",
        "for (i = 0; i < 9; i++) pairs[sprint(i % 3), i] = i; delete pairs[\"1\", *]; delete pairs[*, 8]; delete pairs[\"none\", *]; foreach (v = [t, i] in pairs) { n++; sum += v }; println(n, sum, [\"1\", 4] in pairs, pairs[\"0\", 6]); delete pairs[*, *]; println([*, *] in pairs); pairs[\"begun\", 1] = 8",
        "fill(7); delete s[1]; foreach (k in s[2]) n += @sum(s[k]); println(n, [*] in s); delete s[*]; println([*] in s); s[9] <<< 7; a[77] = 2; foreach (k in a[77]) println(k, a[k]); println(77 in a, 3 in a)",
        "for (i = 0; i < 12; i++) a[i] = (i * 7) % 12 + 10; foreach (k+ in a) print(k, \" \"); foreach (k- in a limit 4) print(k, \" \"); foreach (k in a+) print(k, \" \"); foreach (v = k in a- limit n + 3) print(k, v, \" \"); foreach (v- = k in a) { if (v < 14) break; print(v, \" \") }",
        "for (i = 0; i < 20; i++) pairs[sprint(i * i), -i] = i; foreach ([t+, i] in pairs) print(t, \" \"); foreach ([t-, i] in pairs limit 5) print(t, \" \"); foreach ([t, i-] in pairs) print(i, \" \"); foreach ([t, i-] in pairs[\"16\", *]) print(i); foreach ([t, i] in pairs-) { foreach ([u, j+] in pairs limit 2) print(j + i, \" \"); if (i == -17) break }",
        "for (i = 0; i < 9; i++) names[i] = sprint((i * 5) % 9, i % 2 ? \"xxxxxxxxxx\" : \"\"); foreach (v = k in names+) print(v, k, \" \"); foreach (k in names- limit 1) println(names[k])",
        "fill(9); for (i = 0; i < 30; i++) s[i % 5] <<< (i % 5) * i - 40; foreach (k in s @sum-) print(k, \" \"); foreach (k in s @max+ limit 2) print(k, \" \"); foreach (k- in s) print(k, \" \"); foreach (k in s @avg-) n += k * ++sum; foreach (k in s @min-) { println(k); break } println(n)",
        "fill(3); foreach (k in a) { try { n += 10 / (k - 2) } catch (e) { sum++ } }; println(n, sum)",
      })
  void agrees(String body) {
    Needs.privilege();
    SessionRun user = Placements.inUserSpace(DECLARATIONS, body);
    // An old verifier goes through all turns, and these handlers have many.
    for (String version : new String[] {"6.18", "6.1"}) {
      Optional<SessionRun> kernel = Placements.inKernel(DECLARATIONS, body, version);
      if (version.equals("6.18") || !kernel.map(SessionRun::messages).orElse("").contains("MAX")) {
        assertThat(kernel).as(version).contains(user);
      }
    }
  }
}
