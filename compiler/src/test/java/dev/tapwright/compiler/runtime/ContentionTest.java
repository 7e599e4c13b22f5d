package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.syntax.SourceText;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Handlers that run on all processors at the same time, and preempt each other on each, lose no
 * update.
 */
class ContentionTest {
  private static final int THREADS = 8;

  private static final int CALLS = 10_000;

  private static final String PROGRAM =
      """
      #include <pthread.h>
      #include <stddef.h>
      __attribute__((noinline)) int work(int number) { __asm__ volatile(""); return number * 2; }
      static void *calls(void *unused) {
        for (int i = 0; i < %d; i++) work(i);
        return NULL;
      }
      int main(void) {
        pthread_t threads[%d];
        for (int i = 0; i < %d; i++) if (pthread_create(&threads[i], NULL, calls, NULL)) return 1;
        for (int i = 0; i < %d; i++) pthread_join(threads[i], NULL);
        return 0;
      }
      """
          .formatted(CALLS, THREADS, THREADS, THREADS);

  private static final String SCRIPT =
      """
      global steps, sum, counts, keyed, values, by
      probe process("PROGRAM").function("work") {
        sum += 3
        counts[tid()]++
        keyed["x", 1] += 2
        values <<< steps++
        by[tid() % 2] <<< 7
      }
      probe end {
        printf("%d %d %d\\n", steps, sum, keyed["x", 1])
        foreach (t in counts) { threads++; all += counts[t] }
        printf("%d %d\\n", threads, all)
        printf("%d %d %d %d\\n", @count(values), @sum(values), @min(values), @max(values))
        foreach (v in @hist_log(values)) buckets += @hist_log(values)[v]
        printf("%d %d\\n", buckets, @variance(values) > 0)
        foreach (i in by) { both += @count(by[i]); sums += @sum(by[i]) }
        printf("%d %d\\n", both, sums)
      }
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"6.18", "5.15"})
  void losesNothing(String version) throws Exception {
    Needs.privilege();
    Path program = Needs.program(directory, PROGRAM);
    KernelProfile profile = KernelProfile.ofVersion(KernelVersion.parse(version).orElseThrow());
    Compilation compilation =
        CompilerDriver.compile(
            new SourceText("a.stp", SCRIPT.replace("PROGRAM", program.toString())),
            CompilerSettings.defaults(),
            LiveTarget.open(profile));
    assertThat(compilation.object()).as("%s", compilation.diagnostics()).isPresent();
    SessionRun run = SessionRun.withCommand(compilation.object().orElseThrow(), program.toString());
    long all = (long) THREADS * CALLS;
    assertThat(run.messages()).isEmpty();
    assertThat(run.output().lines())
        .containsExactly(
            "%d %d %d".formatted(all, 3 * all, 2 * all),
            "%d %d".formatted(THREADS, all),
            "%d %d 0 %d".formatted(all, all * (all - 1) / 2, all - 1),
            "%d 1".formatted(all),
            "%d %d".formatted(all, 7 * all));
  }
}
