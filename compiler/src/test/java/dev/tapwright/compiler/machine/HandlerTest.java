package dev.tapwright.compiler.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What handlers do that the goldens do not show: faults that nothing catches, limits, and what only
 * our machine has.
 */
class HandlerTest {
  /** A handler and the fault that ends it. The handler begins in line 1, column 15. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "x=0 println(1/x) => division by 0 near operator '/' at test.stp:1:28",
        "x=0 y=1 y%=x => division by 0 near operator '%=' at test.stp:1:24",
        "error(\"stop\") => stop near identifier 'error' at test.stp:1:15",
        "for (;;) {} => MAXACTION exceeded near keyword at test.stp:1:15",
        "for (;;) x++ println(x) => MAXACTION exceeded near identifier 'x' at test.stp:1:24",
        "try { for (;;) {} } catch { println(1) } => MAXACTION exceeded near keyword at test.stp:1:21",
        "println(ngroups()) => no subexpression 0 was matched near identifier 'ngroups' at test.stp:1:23",
        "println(matched(0)) => no subexpression 0 was matched near identifier 'matched' at test.stp:1:23",
        "println(stringat(\"a\", -1)) => stringat: position -1 is out of bounds near identifier 'stringat' at test.stp:1:23",
      })
  void faultsPointAtTheirPlace(String body, String fault) {
    ScriptRunner.Run run = ScriptRunner.run("probe begin { " + body + " }");

    assertThat(run.errors()).isEmpty();
    assertThat(run.faults()).containsExactly(fault);
  }

  /** A script with globals and what it prints, or the fault that ends it. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "global a[2] probe begin { for (i=0;i<5;i++) a[i]=i } => "
            + "Array overflow, check size limit (2) near identifier 'a' at test.stp:1:45",
        "global a probe begin { for (i=0;i<3000;i++) a[i]=i } => "
            + "Array overflow, check MAXMAPENTRIES near identifier 'a' at test.stp:1:45",
        "probe a = begin { v = 0 w = 0 }, { println(@probewrite(v), @probewrite(w)) } probe a { v = 1 } => 10",
        "probe a = begin { print(@probewrite(x), @probewrite(y)) }, { x = 2 } "
            + "probe b = a { y = 1 print(@probewrite(x), @probewrite(y), @probewrite(z)) } "
            + "probe b { z = 1 println(@probewrite(z)) } => 010011",
        "global g probe a = begin {}, { println(@probewrite(i), @probewrite(v), @probewrite(m), @probewrite(g), @probewrite(h)) } "
            + "probe a { foreach (v = i in g) print(v) try { g[1]++ } catch (m) { print(m) } } => 11110",
        "function f() { print(1) } probe begin { x = 1 print(x && f()) x && exit() } => 10",
        "probe begin { print(proc_mem_rss(42), proc_mem_data(42), proc_mem_size(43)) } => 2004000",
        "global s probe begin { s<<<1 delete s println(@avg(s)) } => empty aggregate near operator '@avg' at test.stp:1:47",
        "global s probe begin { for(i=1;i<=5;i++) s<<<i println(@variance(s)) } => 12",
        "global s probe begin { for(i=1;i<=5;i++) s<<<i println(@variance(s, 1)) } => 2",
        "global s probe begin { s<<<1 s<<<1 foreach (i in @hist_log(s)) if (@hist_log(s)[i]) print(i) println(\"\") } => 65",
        "global a probe begin { a[1,\"x\"]=1 a[2,\"y\"]=2 foreach (v=[i-,s] in a) printf(\"%d%s%d \",i,s,v) println(\"\") } => "
            + "2y2 1x1",
        "global a probe begin { a[\"b\"]=1 a[\"a\"]=1 a[\"c\"]=0 foreach (s in a+) print(s) println(\"\") } => cba",
        "global a probe begin { a[\"k\"].=\"x\" a[\"k\"].=\"y\" println(a[\"k\"]) } => xy",
        "probe begin { println(strlen(\"\\377\\001\"), \" \", strlen(\"é\")) } => 2 2",
        "probe begin { x = sprintf(\"a%cb\", 0) println(x, strlen(x)) } => a1",
        "probe begin { println(1) next println(2) } => 1",
        "probe begin { exit() println(1) } => 1",
        "probe begin { t=tokenize(\"a,b;;c\", \",;\") while (t!=\"\") { print(t,\" \") t=tokenize(\",;\") } println(\"\") } => a b c",
        "probe begin { println(pid(), tid(), execname(), cpu(), uid(), gid(), target()) } => 47114712stapbpf3100010099",
        "probe begin { println(ctime(0)) } => Thu Jan  1 00:00:00 1970",
        "probe begin { println(gettimeofday_ms(), ctime()) } => 1700000000123Tue Nov 14 22:13:20 2023",
        "probe begin { println(\"a+b\" =~ \"a\\\\+b\", \"aab\" !~ \"^(a|b){3}$\") } => 10",
        "probe begin { if (\"an example string\" =~ \"str(ing)\") print(ngroups()) println(\"\") } => 2",
        "probe begin { if (\"xaaab\" =~ \"(a|aa)*(b|ab)\") print(matched(0)) println(\"\") } => aaab",
        "function f(n) { if (n) { f(n-1) next } return 7 } probe begin { println(f(0)) f(1) } => "
            + "all functions exhausted near identifier 'f' at test.stp:1:79",
        "function f(n):2 { return n . \"c\" } function f(n):1 { if (n == \"a\") next return n . \"b\" } "
            + "probe begin { println(f(\"x\"), f(\"a\")) } => xbac",
        "probe begin { println(str_replace(\"aXbX\", \"X\", \"--\")) } => a--b--",
      })
  void scriptsDoWhatTheLanguageSays(String script, String output) {
    ScriptRunner.Run run = ScriptRunner.run(script);

    assertThat(run.errors()).isEmpty();
    assertThat(run.faults().isEmpty() ? run.output().stripTrailing() : run.faults().getFirst())
        .isEqualTo(output);
  }

  @Test
  void limitsCanBeSet() {
    Map<String, Long> limits =
        Map.of("MAXACTION", 100_000L, "MAXSTRINGLEN", 10L, "MAXNESTING", 50L, "MAXMAPENTRIES", 3L);

    ScriptRunner.Run run =
        ScriptRunner.run(
            """
            global a
            function depth(n) { if (n == 0) return 0 return 1 + depth(n - 1) }
            probe begin {
              for (i = 0; i < 200000; i++) n++
              println(n, " ", strlen("0123456789abc"), " ", depth(45))
              try { println(depth(50)) } catch (m) { println(m) }
              try { for (i = 0; i < 4; i++) a[i] = i } catch (m) { println(m) }
            }
            """,
            limits);

    assertThat(run.errors()).isEmpty();
    assertThat(run.faults()).isEmpty();
    assertThat(run.output()).isEqualTo("200000 9 45\nMAXNESTIN\nArray ove\n");
  }

  @Test
  void abortEndsTheHandlerPastEveryCatch() {
    ScriptRunner.Run run =
        ScriptRunner.run("probe begin { try { abort() } catch { println(1) } println(2) }");

    assertThat(run.output()).isEmpty();
    assertThat(run.faults()).isEmpty();
    assertThat(run.host().hasExited()).isTrue();
  }

  /** What is refused says so at its place. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "probe begin { println(\"a\" =~ \"(\") } => test.stp:1:30: regex compilation error (at position 0): expected ), found end of regex",
        "probe begin { printf(\"%#m\", 1) } => test.stp:1:15: %#m and %#M are not supported yet in user-placed handlers",
        "probe begin { println(1 + @uregister(5)) } => test.stp:1:27: registers are not at hand in this probe, which runs in user space",
        "function f() { return @uderef(4, 8) } probe begin { println(f()) } => test.stp:1:23: no process hits this probe, which runs in user space: there is no memory of one to read",
        "probe begin { println(1 + @perf(\"x\")) } => test.stp:1:27: a counter is read by probes that run in the kernel, on the processor that counts; this one runs in user space",
        "probe begin { println(@probewrite(x)) } => test.stp:1:23: unexpected @probewrite",
        "function f() { println(@probewrite(x)) } probe begin { f() } => test.stp:1:24: unexpected @probewrite",
      })
  void refusesWhatItCannotCarry(String script, String error) {
    assertThat(ScriptRunner.run(script).errors()).containsExactly(error);
  }

  @Test
  void codeThatNestsTooDeepIsRefused() {
    String script = "probe begin { x = " + "1+".repeat(20_000) + "1 println(x) }";

    ScriptRunner.Run run = ScriptRunner.run(script);

    assertThat(run.errors().getFirst()).contains("deep");
  }
}
