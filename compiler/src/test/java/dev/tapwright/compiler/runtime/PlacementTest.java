package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers compute the same in the kernel, on code for old and new versions, as in user space. */
class PlacementTest {
  private static final String DECLARATIONS =
      """
      global n = 3, m = -7, s = "start", names, counts, pairs
      function sum(k) { t = 0; for (i = 1; i <= k; i++) t += i; return t }
      function first(k) { for (i = 0; ; i++) { if (i * i > k) return i; if (i > 20) break }; return -1 }
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i = 0; while (i < 10) { i++; if (i == 3) continue; if (i == 7) break; println(i) }; println(\"end \", i)",
        "for (i = 0; i < 4; i++) for (j = i; j < 4; j++) { if (j == 2) continue; printf(\"%d,%d \", i, j) }",
        "println(sum(10), \" \", sum(sum(4)), \" \", first(50), \" \", first(1000))",
        "t = 0; for (i = 0; i < 20; i++) { t += i * n - m; counts[i % 3] += t }; println(t, counts[0], counts[1], counts[2])",
        "for (i = 5; i; i--) { try { println(10 / (i - 2)) } catch (e) { println(e); break } }",
        "x = execname(); for (i = 0; i < 3; i++) { names[i] = i == 1 ? \"one\" : \"other\"; x = names[i]; println(x) }",
        "i = 0; while (1) { if (i++ > 100) break }; println(i)",
        "try { while (1) { n++ } } catch { println(1) }",
        "a = 1; b = 1; while (a < 1000) { c = a + b; a = b; b = c; print(a, \" \") }; for (;;) { if (a-- < 1400) break }; println(a)",
      })
  void agrees(String body) {
    Needs.privilege();
    SessionRun user = Placements.inUserSpace(DECLARATIONS, body);
    for (String version : new String[] {"6.18", "5.10"}) {
      SessionRun kernel = Placements.inKernel(DECLARATIONS, body, version);
      assertThat(kernel).as(version).isEqualTo(user);
    }
  }
}
