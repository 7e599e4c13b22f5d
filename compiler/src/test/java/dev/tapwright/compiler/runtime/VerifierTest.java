package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.syntax.SourceText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What compiles without an error, for whichever kernel, the verifier of the running one accepts.
 */
class VerifierTest {
  private static final String[] KERNELS = {"4.14", "5.4", "5.10", "6.1", "6.18"};

  private static final String DECLARATIONS =
      """
      global n = 0, m = 5, t, s = "start", names
      global calls, who, pairs[16]
      function half(x) { if (x > 100) return x / 2; return x }
      function label:string (x) { if (x) return "yes"; return "not at all" }
      probe begin { n = 0; t = 1; names["a"] = "b"; calls[1]++; who["c"]++; pairs["d", 1] = 2 }
      probe end { println(n, m, t, s, names["x"], calls[1], who["x"], pairs["x", 1]) }
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n++",
        "calls[tid()]++",
        "who[execname()] += pid(); if (who[execname()] > 3) delete who[execname()]",
        "pairs[execname(), cpu()] = n++ - --m; println(pairs[\"swapper\", 0])",
        "printf(\"%d %5x %s|%-8s|%*d %c\\n\", n, m, execname(), \"lit\", 5, n, 65)",
        "x = n / m; y = n % (m + x); t = x * y - (x << y) + (x >> n) ^ (y >>> 3) | ~x & -y; m /= 3; m %= n",
        "if (n > 3 && (m < 2 || !(tid() in calls))) exit(); else if (uid() == 0) { warn(\"careful\"); next }; log(execname())",
        "name = execname(); other = name == \"sh\" ? \"a shell\" : name; printf(\"%s %s\\n\", name, other); who[other]++",
        "s = execname(); names[s] = label(n); println(s, names[s], label(m) != \"yes\")",
        "try { calls[n / m]++; error(\"own\") } catch (e) { println(e) }",
        "try { try { error(execname()) } catch { n = half(n) + half(half(m)) / n } } catch (e) { println(e) }",
        "t += gettimeofday_us() + gettimeofday_ns() + gettimeofday_s() + gid() + target(); error(execname())",
        "println(fp_to_string(fp_div(fp_add(long_to_fp(n), m), fp_mul(m, fp_sqrt(t))), m), fp_to_long(fp_rem(string_to_fp(s), m), t, 0))",
        "calls[1] = calls[2] *= calls[3] += calls[4]++ + --calls[5]; println(calls[1]--)",
        "a = pid(); b = tid(); c = cpu(); d = uid(); e = gid(); f = n; calls[a] = b + c; println(a + b * c - d / (e + 1) ^ f, f, e, d, c, b, a)",
      })
  void accepts(String body) throws SessionException {
    assumeTrue(Privileges.mayLoadPrograms(), "not allowed to load programs");
    String script = DECLARATIONS + "probe kernel.trace(\"sched_switch\") {\n" + body + "\n}\n";
    int loaded = 0;
    String lastDiagnostics = "";
    for (String kernel : KERNELS) {
      KernelProfile profile = KernelProfile.ofVersion(KernelVersion.parse(kernel).orElseThrow());
      Compilation compilation =
          CompilerDriver.compile(
              new SourceText("a.stp", script),
              CompilerSettings.defaults(),
              LiveTarget.open(profile));
      lastDiagnostics = compilation.diagnostics().toString();
      if (compilation.object().isPresent()) {
        // Refused programs come as an exception with the verifier's words.
        KernelSide.load(compilation.object().orElseThrow(), 1).close();
        loaded++;
      }
    }
    assertThat(loaded).as(lastDiagnostics).isPositive();
  }
}
