package dev.tapwright.compiler.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a script says in several places, or the kernel says already, is in the code once. */
class SharedCodeTest {
  private static final String ONCE_READ = "s = kernel_string_n(a, 30)";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Faults store which they are, and share the rest.
        "6.18 | r = a / b; r += b / c; r += c % a      | bpf_ringbuf_output | 1",
        "4.14 | r = a / b; r += b / c                  | bpf_perf_event_output | 1",
        "6.18 | r = stringat(execname(), a); r += a / b | bpf_ringbuf_output | 1",
        "6.18 | try { r = a / b } catch { r = b / c }  | bpf_ringbuf_output | 1",
        // A fault whose message is a string of its own has its own event.
        "6.18 | error(execname())                      | bpf_ringbuf_submit | 1",
        // What counts faults and what counts skipped events is what counts the last element.
        "6.18 | n[a]++                                 | lock .*\\+= | 1",
        "6.18 | n[a]++; n[b]++                         | lock .*\\+= | 2",
        // Linux 6.1 leaves what is behind a name.
        "6.1  | r = execname() == \"sh\"               | \\(r10 - [0-9]+\\) = 0 | 2",
        "6.18 | r = execname() == \"sh\"               | \\(r10 - [0-9]+\\) = 0 | 0",
        // An error of a helper.
        "6.18 | n[a]++                                 | if w0 == -7 goto | 1",
        "4.14 | n[a]++                                 | if w0 == -7 goto | 0",
        "4.14 | n[a]++                                 | w1 = w0 | 1",
        // The same in one run of the handler.
        "6.18 | r = pid() + tid()                      | bpf_get_current_pid_tgid | 1",
        "6.18 | r = uid() + gid()                      | bpf_get_current_uid_gid | 1",
        "6.18 | r = gettimeofday_ns() - gettimeofday_ns() | bpf_ktime_get_.* | 2",
        // Behind its NUL a string has nothing but NULs.
        "6.18 | r = execname() == \"sh\"               | = \\*\\(u64 \\*\\)\\(r10 | 1",
        "6.18 | r = execname() == \"sixteen-\"         | = \\*\\(u64 \\*\\)\\(r10 | 2",
      })
  void isOnce(String kernel, String body, String wanted, int times) {
    assertThat(count(kernel, body, wanted)).isEqualTo(times);
  }

  /** Where a length is counted, the halves of a word are looked at. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "READ; r = strlen(s)                              | false",
        "READ; if (a) r = strlen(s)                       | false",
        "READ; while (a-- > 0) r += strlen(s)             | false",
        "if (a) { READ; r = strlen(s) }                   | false",
        "while (a-- > 0) { READ; r += strlen(s) }         | false",
        "READ; s = \"x\"; r = strlen(s)                   | true",
        "READ; delete s; r = strlen(s)                    | true",
        "if (a) READ; r = strlen(s)                       | true",
        "if (a) { READ }; r = strlen(s)                   | true",
        "READ; while (a-- > 0) { r += strlen(s); s = \"\" } | true",
        "while (a-- > 0) { r += strlen(s); READ }         | true",
        "try { READ } catch { r = 1 }; r = strlen(s)      | true",
        "try { READ; r = strlen(s) } catch (s) { r = 2 }  | true",
        "READ; try { error(\"x\") } catch (s) { r = strlen(s) } | true",
        "s = a ? kernel_string_n(a, 30) : \"\"; r = strlen(s) | true",
        "t = kernel_string_n(a, 30); s = t; r = strlen(s) | true",
      })
  void aLengthThatTheKernelToldIsNotCounted(String body, boolean isCounted) {
    assertThat(count("6.18", body.replace("READ", ONCE_READ), "\\w+ >>= 63") > 0)
        .as(body)
        .isEqualTo(isCounted);
  }

  private static long count(String kernel, String body, String wanted) {
    String script =
        "global a, b, c, r, n\nprobe kernel.trace(\"sched_switch\") { "
            + body
            + " }\nprobe end { a = 1; b = 1; c = 1; n[1] = 1; r = 0 }";
    KernelCode code = KernelScripts.compile(script, kernel).code().orElseThrow();
    Pattern pattern = Pattern.compile(wanted);
    return Arrays.stream(CodeListing.of(code, _ -> "there").split("\n"))
        .filter(line -> pattern.matcher(line).find())
        .count();
  }
}
