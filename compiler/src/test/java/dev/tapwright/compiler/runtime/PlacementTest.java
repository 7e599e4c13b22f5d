package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers compute the same in the kernel, on code for old and new versions, as in user space. */
class PlacementTest {
  private static final String DECLARATIONS =
      """
      global n = 3, m = -7, s = "start", names, counts, pairs
      function marked:string (k) { print(k, " "); return sprint("<", k, ">") }
      function chain:string(k, t:string) :2 { if (k < 0) next; return "last " . t . sprint(k) }
      function chain:string(k, t:string) :1 { k++; t .= "!"; if (t == "start!") next; return sprint(k) . t }
      function chain:string(k, t:string) { if (k > 3) next; if (k < 0) next; return "first" }
      function unused(k) { t = 9; return k }
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
        "x = \"a\" . s . \"z\"; x .= \"!\"; s .= x; println(x, s, strlen(s), s . \"\" == x)",
        "x = s; for (i = 0; i < 12; i++) x = x . x; println(strlen(x), substr(x, 500, 20), x == s, x != x . \"q\")",
        "println(s < \"stark\", s < \"start\", s <= \"start\", \"\" < s, s > \"sta\", s . s >= s, \"\\xff\" > s)",
        "println(sprintf(\"%d|%5d|%-5d|%05d|%+d|% d|%x|%#x|%X|%#o|%u|%c|%p\", n, n, m, m, n, n, m, n, 255, 8, m, 65, 4096))",
        "println(sprintf(\"%s|%10s|%-10s|%.2s|%3.1s|\", s, s, s, s, s), sprint(n, s, m), sprintd(\", \", 1, \"two\", 3))",
        "println(sprintf(\"%d %d %u %i\", 0, -9223372036854775807 - 1, -1, 9223372036854775807), sprintf(\"%.5d|%8.3d|%-8.3x|\", m, n, 10))",
        "for (i = -1; i < 8; i++) { try { print(stringat(s, i), \",\", substr(s, i, 2), \" \") } catch (e) { print(e) } }",
        "println(isinstr(s, \"art\"), isinstr(s, \"arts\"), strpos(\"aaab\", \"aab\"), strpos(s, \"\"), isinstr(\"\", \"x\"), substr(s, 1, -1), substr(s, 9, 1), substr(s, 2, 99))",
        "println(s =~ \"art\", s !~ \"^art\", s =~ \"^s[a-t]+$\", \"\" =~ \"^$\", \"x\" =~ \"^$\"); if (s . s =~ \"(tst|x)ar{1,2}t$\") println(\"twice\"); for (i = 0; i < 3; i++) if (sprint(i) =~ \"[01]\") println(i)",
        "println(\"key=value\" =~ \"([a-z]+)=([a-z]+)\", matched(0), \" \", matched(2)); if (s . s =~ \"(t(a|x)?|r)+\") println(matched(0), \",\", matched(1), \",\", matched(2)); for (i = -1; i < 5; i++) { try { print(matched(i), \";\") } catch (e) { println(e) } }",
        "for (i = 0; i < 40; i += 7) { t = sprint(i, s, i * i) . \"!\"; if (t =~ \"^([0-9]*)(st|sta)(a?.*)([0-9])(!|$)()\") println(matched(1), \",\", matched(2), \",\", matched(3), \",\", matched(4), \",\", matched(6), strlen(matched(0))) }; try { if (s !~ \"x(y)\") println(matched(0)) } catch (e) { println(e) }; if (s !~ \"(r)t\") println(1); println(matched(1), s =~ \"t$|q\", matched(0))",
        "try { println(ngroups()) } catch (e) { println(e) }; if (s . \"ing\" =~ \"s(t)|(x)\") println(ngroups(), matched(2)); if (s =~ \"t\") println(ngroups()); if (s !~ \"q\") { try { println(ngroups()) } catch (e) { println(e) } }",
        "t = \"\"; for (i = 0; i < 100; i++) t .= sprint(i % 7, \",\"); if (t =~ \"(([0-9]),?)*6,(.*)$\") println(matched(0), \" \", matched(1), \" \", matched(2), \" \", matched(3)); s = t; if (t =~ \"5,6\" && s =~ \"a*\") println(\"<\", matched(0), \">\")",
        "t = \"a\\tb\\\"c\\\\d\\x01\\xff\\n\" . s; println(text_str(t), \" \", string_quoted(t), text_str(\"\"), string_quoted(\"\")); for (i = -1; i < 22; i += 4) println(text_strn(t, i, 0), text_strn(t, i, 1), text_strn(t, 9, i))",
        "p = \"old\"; println(isinstr(p, (p = \"new\")), strpos(p, (p = \"newold\")), str_replace(p, \"n\", (p = \"x\")), substr(p, 0, strlen(p = \"ab\")))",
        "println(errno_str(2), errno_str(0), errno_str(-5), errno_str(41), errno_str(134), errno_str(99999999999)); for (i = 128; i < 133; i++) println(errno_str(i))",
        "println(tokenize(\"one two, three\", \" ,\"), \"|\", tokenize(\"\", \" \"), \"|\", tokenize(\",\"), \"|\", tokenize(\" \")); for (x = tokenize(\"a:b::c:\", \":\"); x != \"\"; x = tokenize(\":\" . \"+\")) println(x)",
        "for (i = -12; i < 14; i += 5) { println(sprintf(\"[%*d][%*s][%.*s][%-*d]\", i, n, i, s, i, s, i, m), sprintf(\"[%0*d][%.*d][%*.*x]\", i, m, i, m, i, i, n)); printf(\"[%*d][%.*s][%0*d]\\n\", i, n, i, s, i, m) }",
        "println(sprintf(\"[%*c][%+*d][% .*d][%#*x][%p][%*p]\", n, 65, n, m, 4, n, 12, n, n, -10, n), sprintf(\"%150d|%-120s|%.110d|\", n, s, m))",
        "t = sprintf(\"%1b%2b%4b%b|\", 65, 0x4243, 0x44454647, 0x48494a4b4c4d4e4f); println(t, strlen(t)); t = sprintf(\"a%1bz\", 0); println(t, t == \"a\"); t = sprintf(\"%c%c\", 0, 65); println(t, strlen(t)); println(sprintf(\"%#c%#c%#c%#5c|\", 10, 7, 200, 34))",
        "n |= 6; println(n, n |= 256, n &= 511); n &= 12; n ^= m; counts[1] |= 5; counts[1] ^= 1; println(n, counts[1], counts[2] |= 8, counts[2] &= 3, n ^= -1)",
        "println(syscall_name(0), \" \", syscall_name(450), syscall_name(400), syscall_name(-1), syscall_name(99999)); names[syscall_name(n - 2)] = syscall_name(n); println(names[\"write\"], isdigit(s), isdigit(\"\"), isdigit(\"7x\"), isdigit(sprint(m)))",
        "try { assert(n); assert(n - 3, s . \"!\") } catch (e) { println(e) }; try { assert(0) } catch (e) { println(e) }; assert(m > 0, \"last\")",
        "println(1); try { abort() } catch { println(2) }; println(3)",
        "println(strtol(\"12x\", 10), strtol(\"-0x1f\", 0), strtol(\"0x1f\", 16), strtol(\"0755\", 0), strtol(\"zz\", 36), strtol(\"5\", 1), strtol(\"\", 0), strtol(\"0xg\", 16), strtol(\"102\", 2))",
        "println(str_replace(\"aXbXXc\", \"X\", \"--\"), str_replace(s, \"t\", \"\"), str_replace(s, \"\", \"x\"), str_replace(\"aaa\", \"aa\", \"b\"))",
        "names[sprint(n)] = s . s; names[names[\"3\"]] = sprintf(\"<%s>\", names[\"3\"]); println(names[\"startstart\"], \"3\" in names, \"4\" in names)",
        "pairs[s . s, n] = 7; pairs[\"startstart\", 3] += 5; println(pairs[sprint(s, s), n]); try { error(sprintf(\"bad %d\", n)) } catch (e) { println(e) }; error(\"x\" . s)",
        "t = \"\"; for (i = 0; i < 30; i++) { t .= sprint(i); if (strlen(t) > 20) t = substr(t, 5, 50); println(t) }",
        "println(unused(4))",
        "t = 2147483647; for (i = -t - 1; i <= t; i += 107374181) println(ctime(i)); println(ctime(0), ctime(t), ctime(68169599), \" \", ctime(68169600), ctime(951782400), ctime(-1), strlen(ctime())); try { ctime(t + 1); } catch (e) { println(e) }; names[ctime(n)] = ctime(m); println(names[\"Thu Jan  1 00:00:03 1970\"]); println(ctime(-t - 2))",
        "println(chain(1, s), chain(5, s), chain(5, \"b\")); try { chain(-1, s) } catch (e) { println(e) }",
        "names[marked(1)] .= s; names[marked(1)] .= marked(2); s .= marked(3); s .= s; println(names[\"<1>\"], s)",
        "x = string_to_fp(\"-2.75\"); for (i = -1; i < 4; i++) { y = long_to_fp(i); z = fp_div(x, fp_mul(y, fp_add(y, string_to_fp(\"1e-20\")))); printf(\"%x %x %x %x %d%d%d\\n\", z, fp_sub(z, x), fp_rem(z, string_to_fp(\"0.3\")), fp_sqrt(z), fp_eq(y, z), fp_le(y, x), fp_lt(x, z)) }",
        "for (i = 0; i < 7; i++) { x = fp32_to_fp64(i == 5 ? 0x7f800000 : 0xc0200000 + i * 0x333333); println(fp_to_string(x, i * 4), \" \", fp_to_long(x, i, 0)) }",
        "x = fp_rem(string_to_fp(\"1.5e308\"), string_to_fp(\"1.1e-308\")); printf(\"%x %x %s\\n\", x, string_to_fp(fp_to_string(x, 60)), fp_to_string(fp_mul(x, string_to_fp(\" 7.7E+300 \")), 12));",
        "names[fp_to_string(string_to_fp(s), 2)] = \"none\"; println(names[\"0.00\"], fp_to_string(string_to_fp(\"-1.7976931348623157e308\"), 3))",
        "a = 1; b = 1; while (a < 1000) { c = a + b; a = b; b = c; print(a, \" \") }; for (;;) { if (a-- < 1400) break }; println(a)",
      })
  void agrees(String body) {
    Needs.privilege();
    SessionRun user = Placements.inUserSpace(DECLARATIONS, body);
    for (String version : new String[] {"6.18", "5.10"}) {
      Optional<SessionRun> kernel = Placements.inKernel(DECLARATIONS, body, version);
      assertThat(kernel).as(version).contains(user);
    }
  }
}
