package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handlers in the kernel see the data of the kernel, on code for old and new versions. */
class ContextDataTest {
  private static final String DECLARATIONS =
      """
      function pid_of(t) { return @cast(t, "task_struct", "kernel<linux/sched.h>")->pid }
      function same(t) { return t }
      function counted(t) { calls++; return t }
      global values, calls
      """;

  /** At the tracepoint the running task is the one that is switched away from. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "println($prev->pid == tid(), $prev->tgid == pid(), pid_of($prev) == tid()) | 111",
        "t = $prev; println(t->pid == tid(), same(t)->group_leader->pid == pid()) | 11",
        "println(@cast($prev, \"struct task_struct\")->pid == tid()) | 1",
        "println(&$prev->comm == &$prev->comm[0], &$prev->comm[3] - &$prev->comm) | 13",
        "for (i = 0; i < 16; i++) if ($prev->comm[i] == 0) break; println(i < 16) | 1",
        "println($prev->sched_reset_on_fork, $prev->in_execve) | 00",
        "println($prev->se->on_rq == @cast(&$prev->se, \"sched_entity\")->on_rq) | 1",
        "println(@defined($prev->pid), @defined($prev->nothing), @defined($nobody)) | 100",
        "println(@defined($nobody) ? $nobody : 7) | 7",
        "println(@enum(\"PIDTYPE_TGID\")) | 1",
        "println(@const(\"PIDTYPE_MAX + 1\"), @const(\"1 << PIDTYPE_SID\")) | 58",
        "n = tid() - tid(); println(@enumname(n, \"pid_type\"), @enumname(n + 1, \"enum pid_type\"), @enumname(n - 7, \"pid_type\")) | PIDTYPE_PIDPIDTYPE_TGID-7",
        "n = tid() - tid(); println(@enumname(n + 4, \"kobject_action\"), @enumname(n + 0x7fffff, \"pid_type\")) | KOBJ_ONLINE8388607",
        "println(@kderef(4, &$prev->pid) == tid(), @kderef(1, $prev->comm) == $prev->comm[0]) | 11",
        "try { println(@kderef(2, 8)) } catch (m) { println(m) } | kernel read fault at 0x0000000000000008 (addr)",
        "println($$name) | sched:sched_switch",
        "try { println(@cast(8, \"task_struct\")->flags > 0) } catch { println(\"caught\") } | caught",
        "try { println(@cast(0xdead, \"char\")[0]) } catch (m) { println(m) } | kernel read fault at 0x000000000000dead (addr)",
        "println($prev->mm ? @cast($prev->mm, \"mm_struct\")->mm_users->counter > 0 : 1) | 1",
        "x = sprintf(\"%.1m,%.2M,%10.*M\", &$prev->comm, &$prev->comm, 2, &$prev->comm); y = sprintf(\"%02x%02x\", $prev->comm[0], $prev->comm[1]); println(x == sprintf(\"%c,%s,      %s\", $prev->comm[0], y, y)) | 1",
        "try { println(@cast(tid() - tid() + 0xdead, \"char\")[0]) } catch (m) { println(m) } | kernel read fault at 0x000000000000dead (addr)",
        "name = kernel_string(&$prev->comm); n = strlen(name); printf(\"%.*m\", n, &$prev->comm); println(\" \", name) | =",
        "try { printf(\"%.2M\", 8) } catch (m) { println(m) } | kernel read fault at 0x0000000000000008 (addr)",
        "n = 1024; try { printf(\"%.*M\", n, &$prev->comm) } catch (m) { println(m) } | more than 1023 bytes of memory to print",
        "printf(\"<%s>\", $prev->comm$); println() | *",
        "n = strlen(kernel_string(&$prev->comm)); println(strlen(kernel_string_utf16(&$prev->comm)) == n / 2 * 3 + n % 2, kernel_string_utf32(&$prev->comm, \"bad\")) | 1bad",
        "println($prev->comm$ == string_quoted(kernel_string(&$prev->comm)), $prev->pid$ == sprint(tid())) | 11",
        "println(@cast(8, \"task_struct\")$, @cast(8, \"task_struct\")->pid$, @cast(8, \"task_struct\")->se$$) | ERRORERRORERROR",
        "s = @cast(8, \"task_struct\")->comm$; println(s == sprintf(\"0x%x\", &@cast(8, \"task_struct\")->comm), @cast(8, \"task_struct\")->group_leader->comm$) | 1ERROR",
        "t = $prev; println(t->comm$ == $prev->comm$, t->pid$ == $prev->pid$, t->se->load$ == $prev->se->load$, &t->se - t == &$prev->se - $prev) | 1111",
        "t = $prev; println(t->se->load$ == sprintf(\"{.weight=%u, .inv_weight=%u}\", t->se->load->weight, t->se->load->inv_weight)) | 1",
        "t = &@cast(8, \"task_struct\"); println(t->se$, t->pid$) | ERRORERROR",
        "println(same($prev)->comm$ == $prev->comm$, task_current()->pid == tid(), task_parent(task_current())->tgid >= 0) | 111",
        "println(@cast(&$prev->pid, \"pid_t\") == tid(), @cast(&$prev->comm, \"char\") == $prev->comm[0], @cast(&$prev->pid, \"int\")$ == sprint(tid())) | 111",
        "println(@cast(&$prev->mm, \"unsigned long\") == $prev->mm, @cast(&$prev->parent, \"struct task_struct\")[0]->comm[0] >= 0) | 11",
        "println(&@cast($prev, \"task_struct\") == $prev, &@cast(0, \"pid_t\")[3], &@cast(96, \"task_struct\")[-1] < 0) | 1121",
        "println(&@cast(0, \"signal_struct\")->rlim[2]->rlim_max - &@cast(0, \"signal_struct\")->rlim) | 40",
        "x = @cast(counted($prev), \"task_struct\")->se->load$; println(calls, x == $prev->se->load$) | 11",
        "i = 1; println(@cast($prev, \"task_struct\")->comm[i++]$ == sprintf(\"'%#c'\", $prev->comm[1]), i) | 12",
        "x = counted($prev)->comm$; println(calls, x == $prev->comm$) | 11",
        "values[1] = $prev; println(values[1]->pid == tid(), values[1]->comm$ == $prev->comm$) | 11",
        "try { println(@cast(8, \"int\")) } catch (m) { println(m) } | kernel read fault at 0x0000000000000008 (addr)",
        "x = \"kept\"; try { x = @cast(8, \"task_struct\")->pid$ . sprint(@cast(8, \"task_struct\")->pid) } catch { println(x) } | kept",
      })
  void seesTheKernelsData(String body, String expected) {
    Needs.privilege();
    for (String version : new String[] {"6.18", "5.10"}) {
      SessionRun run = Placements.inKernel(DECLARATIONS, body, version).orElseThrow();
      assertThat(run.messages()).as(version).isEmpty();
      if (expected.equals("=")) {
        assertThat(run.output()).matches("(.*) \\1\n");
      } else if (expected.equals("*")) {
        assertThat(run.output()).matches("<\"[^\"]*\">\n");
      } else {
        assertThat(run.output()).as(version).isEqualTo(expected + "\n");
      }
    }
  }
}
