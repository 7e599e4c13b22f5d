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
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Blocks of assembler do the same in the kernel, on code for old and new versions, as in user
 * space.
 */
class AssemblyPlacementTest {
  private static final String KERNEL =
      "probe kernel.trace(\"sched_switch\") { if (times_run++ > 0) { if (times_run > 20) exit(); next }\n";
  private static final String USER = "probe begin { if (times_run++ > 0) next\n";

  private static Compilation compile(String script, String version) {
    KernelProfile profile = KernelProfile.ofVersion(KernelVersion.parse(version).orElseThrow());
    return CompilerDriver.compile(
        new SourceText("a.stp", script),
        new CompilerSettings(List.of(), true, List.of(), Map.of("MAXSTRINGLEN", 504L)),
        LiveTarget.open(profile));
  }

  private static String script(String declarations, String probe, String body) {
    return "global times_run%n%s%n%s%s%nexit() }%nprobe timer.s(1) { exit() }%n"
        .formatted(declarations, probe, body);
  }

  private static SessionRun run(String script, String version) {
    Compilation compilation = compile(script, version);
    assertThat(compilation.object()).as("%s", compilation.diagnostics()).isPresent();
    SessionRun run = SessionRun.of(compilation.object().orElseThrow());
    return new SessionRun(run.status(), run.output(), run.messages().replaceAll(" near .*", ""));
  }

  /** Parameters and block of a function {@code f}, and a body that calls it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "f:long(a:long, b:long)~mov $$, $a; add $$, $b~println(f(2, 3), f(-2, 1))",
        "f:long(a:long)~mul $a, 3; mov $$, $a; sub $$, 1; xor $$, 5; or $$, 64; and $$, 0xff~n = 7; println(f(n), n)",
        "f:long(a:long)~mov $$, $a; be $$, 16; mov $b, $a; be $b, 32; add $$, $b; 0xdc, $a, -, -, 64; xor $$, $a~println(f(0x0102), f(-2), f(0x0123456789abcdef))",
        "f:long(a:long)~mov $$, $a; le $$, 16; mov $b, $a; 0xd4, $b, -, -, 32; sub $$, $b; le $a, 64; xor $$, $a~println(f(0x0102), f(-2), f(0x0123456789abcdef))",
        "f:long(a:long, b:long)~mov $$, $a; div $$, $b~println(f(7, 2), f(-1, 2), f(5, 0))",
        "f:long(a:long, b:long)~mov $$, $a; mod $$, $b~println(f(7, 2), f(-1, 7), f(5, 0))",
        "f:long(a:long)~mov32 $$, $a; add32 $$, 1; lsh $$, 3; neg $$; arsh $$, 1~println(f(-1), f(5))",
        "f:long(a:long)~mov $$, $a; neg32 $$; arsh32 $$, 2; rsh32 $$, 1; sub32 $$, $a~println(f(-100), f(5))",
        "f:long(a:long)~0xb7, 3, 0, 0, 9; 0x0f, 3, $a, 0, 0; 0xbf, $$, 3, 0, 0~println(f(-1), f(5))",
        "f:long(a:long)~0x7a, 10, 0, -8, 7;mov r3, r10;add r3, -8;ldxdw $t, [r3+0];mul $t, $a;0xdb, 3, $t, 0, 0;ldxdw $$, [r10-8]~println(f(6))",
        "f:long(a:long)~alloc $b, 16, align;stdw [$b + 8], -1;stw [$b + 8], 5;sth [$b+8], 3;stb [$b+10], 1;stxw [$b], $a;ldxdw $$, [$b + 8];ldxw $t, [$b];ldxh $u, [$b+8];ldxb $v, [$b+15];add $$, $t;add $$, $u;add $$, $v~println(f(-6))",
        "f:long(a:long)~jsgt $a, 3, big;mov $$, 1;ja end;big: jset $a, 4, four;mov $$, 2;exit;label, four;mov $$, 3;end:~println(f(1), f(4), f(-9)); println(f(9)); println(0)",
        "f:long(a:long, b:long)~mov $$, 0;jgt $a, $b, x;or $$, 1;x: 0x6d, $a, $b, y, 0;or $$, 2;y: jle $a, 5, z;or $$, 4;z: jne $a, $b, w;or $$, 8;w: 0x66, $a, -, v, 3;or $$, 16;v: 0xae, $a, $b, u, 0;or $$, 32;u:~println(f(1, 1), f(-1, 3), f(4294967295, 2), f(9, -9))",
        "f:long()~lddw $$, 0x123456789abcdef0; 0x05, -, -, 1, -; mov $$, 1; add $$, 1~println(f())",
        "f:long()~mov $$, 010; add $$, 0x10; add $$, -0; sub $$, 0777~println(f())",
        "f:long()~call r6, get_current_pid_tgid; mov $$, r0; sub $$, r6~println(f())",
        "f:long()~0x85, 0, 0, 0, 14; 0xbc, $$, 0, 0, 0; call $p, get_current_uid_gid; sub $p, $p; add $$, $p~println(f() == tid())",
        "f:string(s:string)~ldxb $c, [$s]; jeq $c, 0, out; mov $$, \"no\"; out:~println(f(\"\"), f(\"x\"), \".\")",
        "f()~register_error \"told\"~println(9); f()",
        "f()~call -, printf, \"a\"; call -, exit; call -, printf, \"b%c%5x\", 65, 255~f(); println(9)",
        "f(a:long)~jne $a, 2, on; terminate; on:~f(1); println(1); f(2); println(2)",
      })
  void blocksDoTheSameInBothPlacements(String header, String block, String body) {
    assumeTrue(Privileges.mayLoadPrograms(), "not allowed to load programs");
    String declaration =
        "function %s %%{ /* bpf */ /* unprivileged */\n%s\n%%}".formatted(header, block);
    SessionRun user = run(script(declaration, USER, body), "6.18");
    for (String version : List.of("4.14", "5.4", "5.10", "6.18")) {
      assertThat(run(script(declaration, KERNEL, body), version)).as(version).isEqualTo(user);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "f:long(a:long)~mov $$, 0;again: jle $a, 0, out;add $$, $a;sub $a, 1;ja again;out:~println(f(10), f(100))",
        "f:long(a:long)~again: ja again~println(1); println(f(1))",
        "f:string()~alloc $b, 16; call $r, get_current_comm, $b, 16; mov $$, $b~println(f() == execname())",
        "f:string(a:long, s:string)~jsgt $a, 3, big;mov $$, \"small\";ja end;big: mov $$, $s;end: call -, printf, \"%d %s %s|\", $a, $s, \"lit\"~println(f(2, \"two\"), f(5, \"five\" . sprint(5)), strlen(f(9, \"\")))",
        "f(s:string)~jump_to_catch $s; register_error \"first\"; register_error $s; terminate~try { f(\"caught\") } catch (m) { println(m) } f(\"x\" . sprint(1)); println(9)",
        "f:string(a:long, s:string)~call $$, sprintf, \"<%5d|%s|%x>\", $a, $s, 255~println(f(-3, \"abc\"), f(4, \"\"))",
      })
  void loopsAndStringsTakeNewerKernels(String header, String block, String body) {
    assumeTrue(Privileges.mayLoadPrograms(), "not allowed to load programs");
    String declaration = "function %s %%{ /* bpf */\n%s\n%%}".formatted(header, block);
    SessionRun user = run(script(declaration, USER, body), "6.18");
    for (String version : List.of("5.10", "6.6", "6.18")) {
      assertThat(run(script(declaration, KERNEL, body), version).output())
          .as(version)
          .isEqualTo(user.output());
    }
    assertThat(compile(script(declaration, KERNEL, body), "4.14").diagnostics())
        .anyMatch(Diagnostic::isError);
  }

  /** Where it is called, a block, where the error stands, and what is said. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "user|mov $$, $ctx|3:1|'$ctx' is there in kernel probes only",
        "user|call $$, probe_read_kernel, $a, 8, $a|3:1|bpf_probe_read_kernel is a function of the kernel, and function 'f' is called from a handler that runs in user space",
        "kernel|mov $$, 1; 0x85, 0, 0, 0, -4|3:12|helper -4 is one of user space: a kernel probe cannot call it",
        "kernel|call $$, get_func_ip, $ctx|3:1|bpf_get_func_ip cannot be called on Linux 5.10: Linux 5.15 brought it",
        "kernel|/* userspace */ mov $$, 1|5:9|function 'f' says /* userspace */: a kernel probe cannot call it",
        "kernel|0xdb, $a, $a, 0, 1|3:1|this atomic operation cannot run on Linux 5.10: it needs atomic operations that return the old value, which Linux 5.12 brought",
        "kernel|mov $$, 1; frob $a|3:12|unknown instruction 'frob'",
      })
  void refusesWhatAPlacementHasNot(String placement, String block, String place, String message) {
    String probe =
        placement.equals("user") ? "probe begin {\n" : "probe kernel.trace(\"sched_switch\") {\n";
    Compilation compilation =
        compile(
            script(
                "function f:long(a:long) %{ /* bpf */\n" + block + " %}", probe, "println(f(1))"),
            "5.10");
    assertThat(compilation.object()).isEmpty();
    assertThat(compilation.diagnostics())
        .anySatisfy(
            diagnostic -> {
              assertThat(diagnostic.message()).startsWith(message);
              assertThat(diagnostic.span().line() + ":" + diagnostic.span().column())
                  .isEqualTo(place);
            });
  }

  /** A block that only the kernel can judge, and its judgement in plain words. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "alloc $b, 16; stdw [$b], 0; add $b, $n@ldxb $$, [$b]|4:1|the place on the stack is computed from a number that could be anything: compare it with both bounds first",
        "mov $b, $n@ldxdw $$, [$b]|4:1|a number is used as an address",
        "call $$, get_current_comm, $n, 8|3:1|a helper is given something that it does not take there",
      })
  void theVerifiersRefusalIsShownOnTheBlocksLine(String block, String place, String reason) {
    assumeTrue(Privileges.mayLoadPrograms(), "not allowed to load programs");
    SessionRun run =
        run(
            script(
                "function f:long(n:long) %{ /* bpf */\n" + block.replace('@', '\n') + "\n%}",
                KERNEL,
                "println(f(pid()))"),
            "5.10");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.messages())
        .contains(" at a.stp:" + place + "\n")
        .contains("reason: " + reason + "\n");
  }

  @Test
  void readingBeyondAnAddressIsAFaultInUserSpace() {
    assertThat(
            run(
                    script(
                        "function f:long(a:long) %{ /* bpf */\nldxdw $$, [$a + 4]\n%}",
                        USER, "try { println(f(1)) } catch (m) { println(m) }"),
                    "6.18")
                .output())
        .isEqualTo("bad address 0x5 in assembler\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-4", "-5"})
  void userSpaceHasHelpersOfItsOwn(String number) {
    assertThat(
            run(
                    script(
                        "function f:long() %{ /* bpf */ /* userspace */\n0x85, 0, 0, 0, "
                            + number
                            + "; mov $$, r0\n%}",
                        USER,
                        "println(f() >= 0)"),
                    "6.18")
                .output())
        .isEqualTo("1\n");
  }
}
