package dev.tapwright.compiler.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.target.KernelTypes.FunctionPrototype;
import dev.tapwright.compiler.target.KernelTypes.TypedParameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BtfTypesTest {
  private static final Path KERNEL_BTF = Path.of("/sys/kernel/btf/vmlinux");

  private static byte[] kernelBtf() throws IOException {
    assumeTrue(Files.isReadable(KERNEL_BTF), "the kernel has no BTF");
    return Files.readAllBytes(KERNEL_BTF);
  }

  @Test
  void prototypesOfFunctions() throws Exception {
    BtfTypes types = BtfTypes.parse(kernelBtf());
    FunctionPrototype read = types.function("vfs_read").orElseThrow();
    assertThat(read.result()).isEqualTo("ssize_t");
    assertThat(read.parameters())
        .isEqualTo(
            List.of(
                new TypedParameter("file", "struct file *"),
                new TypedParameter("buf", "char *"),
                new TypedParameter("count", "size_t"),
                new TypedParameter("pos", "loff_t *")));
    assertThat(types.function("no_such_function")).isEmpty();
    assertThat(types.function("")).isEmpty();
  }

  @Test
  void prototypesOfTracepoints() throws Exception {
    BtfTypes types = BtfTypes.parse(kernelBtf());
    FunctionPrototype process = types.tracepoint("sched_process_exec").orElseThrow();
    assertThat(process.parameters())
        .isEqualTo(
            List.of(
                new TypedParameter("p", "struct task_struct *"),
                new TypedParameter("old_pid", "pid_t"),
                new TypedParameter("bprm", "struct linux_binprm *")));
    assertThat(types.tracepointNames()).contains("sched_switch", "sys_enter").isSorted();
    assertThat(types.tracepoint("vfs_read")).isEmpty();
  }

  @Test
  void damageIsNoMoreThanAnAbsence() throws Exception {
    byte[] file = kernelBtf();
    Random random = new Random(1);
    for (int round = 0; round < 60; round++) {
      byte[] damaged = round % 4 == 0 ? java.util.Arrays.copyOf(file, random.nextInt(file.length)) : file.clone();
      for (int flips = random.nextInt(1, 2000); flips > 0 && damaged.length > 0; flips--) {
        int where = random.nextBoolean() ? random.nextInt(damaged.length) : random.nextInt(Math.min(64, damaged.length));
        damaged[where] ^= (byte) (1 << random.nextInt(8));
      }
      lookAround(damaged);
    }
  }

  /** Asks for everything; the only way out is an answer. */
  private static void lookAround(byte[] file) {
    try {
      BtfTypes types = BtfTypes.parse(file);
      types.function("vfs_read");
      types.tracepointNames().forEach(types::tracepoint);
    } catch (MalformedFileException declared) {
      assertThat(declared).hasMessageNotContaining("null");
    }
  }
}
