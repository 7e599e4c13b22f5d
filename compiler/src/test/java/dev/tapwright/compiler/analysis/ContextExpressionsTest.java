package dev.tapwright.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Context variables and what follows them, by the types of the kernel that the test runs on. */
class ContextExpressionsTest {
  private static final Target TARGET = LiveTarget.open();

  /**
   * In a handler at the tracepoint where tasks are switched; {@code -} stands for no error, {@code
   * *} for one that begins so.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "println($next->pid, $next->comm[0], &$next->comm, $next->comm$) | -",
        "t = $next; println(t->parent->pid) | -",
        "println($$parms, $$vars$, $$name, $$locals) | -",
        "println(@cast($next, \"task_struct\", \"kernel<linux/sched.h>\")->pid) | -",
        "println(@cast($next, \"struct task_struct\")->se->load->weight) | -",
        "println(@cast($next, \"int\")[2], @cast($next, \"unsigned long\")[0]) | -",
        "println(@enum(\"PIDTYPE_TGID\")) | -",
        "println($nobody) | unable to find tracepoint variable '$nobody' (alternatives: $next, $prev, $preempt, $prev_state)",
        "println($next->se->load->wait) | unable to find member 'wait' for struct load_weight (alternatives: weight, inv_weight)",
        "println($next->se->load) | 'struct load_weight' is being accessed instead of a member such as '->weight'",
        "println($next->pid->x) | invalid access '->x' vs. int",
        "println($next->pid[1]) | invalid access '[1]' vs. int",
        "println($preempt->x) | invalid access '->x' vs. _Bool",
        "println($next->comm->x) | invalid access '->x' for array type",
        "println($next->stack->x, $next->stack[1]) | invalid access '->x' vs 'void*'; invalid access '[1]' vs 'void*'",
        "println($next->sched_class->enqueue_task[1]) | confused about array element size",
        "println(&$next->in_execve) | cannot take the address of a bit field",
        "println(&$preempt) | cannot take the address of a value that is not in memory",
        "println(&$next->comm$) | cannot take address of pretty-printed variable",
        "println($next->mm[1]) | 'struct mm_struct' is being accessed instead of a member such as '->mm_count'",
        "t = $next; t->pid = 1 | write not permitted; need stap -g",
        "@cast($next, \"task_struct\")->pid++ | write to @cast context variable not permitted; need stap -g",
        "t = $next; println(&t->in_execve) | cannot take the address of a bit field",
        "t = $next; println(&t->comm$) | cannot take address of pretty-printed variable",
        "println($$parms->x) | dwarf variable '$$parms' may not be used as a structure",
        "println($$nobody) | unable to find tracepoint variable '$$nobody' (alternatives: $next, $prev, $preempt, $prev_state)",
        "x = 1; println(x->y) | unknown type in dereference",
        "x = 1; println(x->y$) | unknown type in dereference",
        "t = $next; println(t->comm$, t->se$, t->se->load$$) | -",
        "t = $next; println(t->comm_$) | *unable to find member 'comm_' for struct task_struct (alternatives: comm,",
        "t = $next; t = $next->mm; println(t->pid) | unknown type in dereference",
        "println((tid() ? $next : $next->mm)->pid) | unknown type in dereference",
        "println((tid() ? $next : $prev)->pid, (tid() ? $next : 0)->pid) | -",
        "println(task_current()->pid, (&@cast($next, \"task_struct\"))->pid, (&$next->se)->load->weight) | -",
        "println(@cast($next, \"task_struct\")) | 'struct task_struct' is being accessed instead of a member such as '->thread_info'",
        "println(&@cast($next, \"task_struct\"), @cast($next, \"pid_t\"), @cast($next, \"task_struct\")[1]->pid) | -",
        "println(@cast($next, \"struct task_struct *\")->pid) | type definition 'struct task_struct *' not found in 'kernel'",
        "println(@cast(1, \"timeval\", \"<sys/time.h>\")->tv_sec) | type definition 'timeval' not found in '<sys/time.h>'",
        "println(@var(\"jiffies\"), @var(\"a@b.c\", \"/bin/ls\")) | unresolved @var() expression; unable to find global 'a' in /bin/ls, in b.c",
        "println(@defined(@var(\"jiffies\")) ? @var(\"jiffies\") : 1) | -",
        "println(@cast(1, \"nothing\")->x) | type definition 'nothing' not found in 'kernel'",
        "println(@cast(1, \"foo\", \"/bin/ls\")->x) | type definition 'foo' not found in '/bin/ls'",
        "$next->pid = 1 | write to target variable not permitted; need stap -g",
        "$next->pid++ | write to target variable not permitted; need stap -g",
        "println(@entry($next)) | internal error: @entry is only valid in .return probes",
        "println(@uregister(5) + @uregister(99)) | -",
        "println(@enumname($next->pid, \"pid_type\"), @enumname(1, \"enum pid_type\", \"kernel\")) | -",
        "println(@enumname(1, \"pid_type\") + 1) | type mismatch: expected long but found string",
        "println(@enumname(\"a\", \"pid_type\")) | type mismatch: expected long but found string",
        "println(@enumname(1, \"task_struct\")) | enumeration 'task_struct' not found in 'kernel'",
        "println(@enumname(1, \"pid_type\", \"/bin/sh\")) | enumeration 'pid_type' not found in '/bin/sh'",
        "println(@enumname($next->pid)) | the enumeration of this value is not known",
        "println(1 + @perf(\"x\")) | -",
        "println(\"a\" . @perf(\"x\")) | invalid operator",
        "println(@uderef(3, $next)) | a value of 3 bytes cannot be read",
        "println(@enum(\"NO_SUCH_CONSTANT\")) | the value of 'NO_SUCH_CONSTANT' is not known",
        "println(@defined($next->pid) ? 1 : $nobody, @defined($nobody) ? $nobody : 1) | -",
        "println(@defined(@cast(0, \"task_struct\")->nothing) ? @cast(0, \"nothing\")->x : 1) | -",
      })
  void saysWhatIsWrong(String body, String error) {
    assumeTrue(TARGET.kernelTypes().isPresent(), "needs the kernel's BTF");
    String found = errors("probe kernel.trace(\"sched_switch\") { " + body + " }");
    if (error.startsWith("*")) {
      assertThat(found).startsWith(error.substring(1));
    } else {
      assertThat(found).isEqualTo(error.equals("-") ? "" : error);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "probe begin { println($x) } | unresolved target-symbol expression",
        "function f() { return $x } probe begin { println(f()) } | unresolved target-symbol expression",
        "global k probe kernel.trace(\"sched_switch\") { k[$prev] = 1 } probe end { foreach (t in k) println(t->pid, t->comm$) } | -",
        "global v probe kernel.trace(\"sched_switch\") { v[1] = $prev } probe end { foreach (t = i in v) println(t->pid, v[i]->comm$) } | -",
        "function f(t) { return t->pid } probe kernel.trace(\"sched_switch\") { println(f($prev), f($next)) } | -",
        "function f(t) { return t->pid } probe kernel.trace(\"sched_switch\") { println(f($prev), f($prev->mm)) } | unknown type in dereference",
        "probe kernel.function(\"vfs_read\").return { println(@entry($nobody)) } | unable to find local 'nobody' in vfs_read (alternatives: $buf, $pos, $count, $file)",
        "probe kernel.function(\"vfs_read\") { println($$return) } | unable to find local '$return' in vfs_read (alternatives: $buf, $count, $pos, $file)",
        "probe kernel.function(\"vfs_read\") { println($file->f_flags, $count, $$parms) } | -",
        "probe kernel.function(\"vfs_read\") { println($return) } | unable to find local 'return' in vfs_read (alternatives: $buf, $count, $pos, $file)",
        "probe kernel.function(\"vfs_read\").return { println($return, $count, @entry($file->f_pos)) } | -",
        "probe process(\"/bin/sh\").function(\"main\") ? { println($x) } probe begin { println(1) } | -",
      })
  void knowsThePlaces(String script, String error) {
    assumeTrue(
        TARGET.kernelTypes().isPresent() && TARGET.kernelSymbols().function("vfs_read").isPresent(),
        "needs the kernel's BTF and symbols");
    assertThat(errors(script)).isEqualTo(error.equals("-") ? "" : error);
  }

  private static String errors(String script) {
    AnalysisInput input = new AnalysisInput(TARGET, Path.of("/usr/bin"));
    return Analyzer.analyze(Scripts.parseValid(script), input).diagnostics().stream()
        .filter(Diagnostic::isError)
        .map(Diagnostic::message)
        .collect(Collectors.joining("; "));
  }
}
