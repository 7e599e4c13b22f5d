package dev.tapwright.compiler.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.EmbeddedCode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks of a function with the parameters {@code a} and {@code s}. */
class AssemblyReaderTest {
  private static AssemblyReader.Result read(String block) {
    String text = "%{ " + block.replace("\\n", "\n") + " %}";
    EmbeddedCode code =
        new EmbeddedCode(
            new Span(new SourceText("a.stp", text), 0, text.length()),
            text.substring(2, text.length() - 2));
    return AssemblyReader.read(code, List.of("a", "s"), 512);
  }

  /** A block, where the mistake stands, and what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mov $$, 1\\n  foo $$, $a|2:3|unknown instruction 'foo'",
        "0xe4, $a, -, -, 16|1:4|unknown instruction '0xe4'",
        "mov $$, 1; ja nowhere|1:18|undefined label 'nowhere'",
        "x: mov $$, 1\\nx: mov $$, 2|2:1|duplicate label 'x'",
        "label, x; mov $$, 1; label, x|1:32|duplicate label 'x'",
        "mov $$, q|1:12|expected a register, such as $name, $$ or r1",
        "mov 5|1:4|'mov' takes 2 operands, or destination, source, offset and immediate; here are 1",
        "mov $$ 5|1:11|expected ',' before '5'",
        "mov $$,|1:10|expected an operand before the end of the statement",
        "mov $$, 0x1z|1:12|'0x1z' is no number",
        "mov $$, 0x123456789|1:12|an instruction holds 32 bits: load a longer number with lddw",
        "ldxdw $$, $a|1:14|'ldxdw' takes a place in memory here: [register + offset]",
        "ldxdw $$, [$a + 40000]|1:14|an offset is of 16 bits",
        "ldxdw $$, [$a + 8|1:20|expected ']' before the end of the statement",
        "mov r10, 1|1:8|this register cannot be assigned",
        "mov $ctx, 1|1:8|this register cannot be assigned",
        "mov $$, $b|1:4|'$b' has no value here, on one way at least",
        "jeq $a, 1, x; mov $b, 1\\nx: mov $$, $b|2:4|'$b' has no value here, on one way at least",
        "mov r2, 1; call -, ktime_get_ns; mov $$, r2|1:37|'r2' has no value here, on one way at least",
        "call $$, nothing|1:13|unknown helper 'nothing': none of that name is for programs that trace",
        "call $$, ktime_get_ns, 5|1:13|bpf_ktime_get_ns takes 0 arguments; here are 1",
        "0x85, 0, 0, 0, 9999|1:19|unknown helper 9999: none of that number is for programs that trace",
        "call ktime_get_ns|1:4|'call' takes where the result goes, or '-', and what to call: call $result, helper",
        "call -, printf, $a|1:12|printf takes a format first, a string",
        "call -, printf, \"%d %d\", $a|1:20|the format takes 2 values; here are 1",
        "call -, printf, \"%s\", 5|1:26|the format wants a string here",
        "call -, printf, \"%*d\", 5, 6|1:20|a '*' cannot stand in a format of assembler",
        "call $$, sprintf, \"%d%d%d%d\", 1, 2, 3, 4|1:43|sprintf takes 3 values at most",
        "alloc $b, 16; ldxdw $$, [$b + 9]|1:18|this is outside of the 16 bytes that 'alloc' gave '$b'",
        "alloc $b, 0|1:14|'alloc' takes a number of bytes",
        "alloc $b, 8, left|1:17|expected 'align'",
        "stdw [r10 - 520], 0|1:4|this is outside of the stack, which has 512 bytes before what r10 says",
        "stdw [r10 + 0], 0|1:4|this is outside of the stack, which has 512 bytes before what r10 says",
        "div $a, 0|1:4|this divides by zero",
        "lsh $a, 64|1:4|a shift is by 0 to 63 bits",
        "rsh32 $a, 32|1:4|a shift is by 0 to 31 bits",
        "0x118, $m, -, -, 1|1:4|the maps of stapbpf are not there",
        "0xdb, $a, $a, 0, 0x33|1:4|0x33 is no atomic operation",
        "mov $$, 1 = 2|1:14|unexpected '=' in assembler",
        "mov $$, \"a|1:12|this string does not end on its line",
        "0x05, -, -, 7, -|1:16|no instruction is 7 slots on as can be counted: write a label",
        "terminate now|1:4|'terminate' takes 0 operands; here are 1",
        "label, $x|1:11|'$x' is a register, not a label",
      })
  void saysWhatIsWrongAndWhere(String block, String place, String message) {
    assertThat(read(block).diagnostics())
        .anySatisfy(
            diagnostic -> {
              assertThat(diagnostic.span()).hasToString("a.stp:" + place);
              assertThat(diagnostic.message()).startsWith(message);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/* nothing */ ;;\\n\\n",
        "mov $$, $a;add $$, 1 // and so on",
        "call $r,\\n  get_current_comm,\\n  $s, 16",
        "here: there: mov $$, 0",
        "0xb7, $$, -, -, 5; 0x05, -, -, 1, -; 0xb7, $$, -, -, 6; 0xb7, 1, 0, 0, 7",
        "lddw r1, 0x123456789abcdef0; 0x05, -, -, -3, -",
        "0xdb, $s, $a, 0, 0xe1; 0xc3, $s, $a, 4, 0x41",
        "stxdw [$s + 0], $a; stb [$s+8], -1; ldxb $$, [$s]; neg $$; neg32 $$",
        "jset $a, $a, x; jsle $a, BPF_MAXSTRINGLEN, x; 0x26, $a, -, x, 3\\nx:",
        "exit",
        "call -, printf, \"a\\tb %d %s\", $a, $s; call -, exit; terminate",
      })
  void reads(String block) {
    assertThat(read(block).diagnostics()).isEmpty();
  }
}
