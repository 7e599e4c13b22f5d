package dev.tapwright.compiler.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.target.KernelTypes.FunctionPrototype;
import dev.tapwright.compiler.target.KernelTypes.TypedParameter;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
  void spellsTypesAsC() throws Exception {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      BtfTypes types = BtfTypes.parse(BtfFixture.sample(order));
      assertThat(types.function("probe_me").orElseThrow().parameters())
          .isEqualTo(
              List.of(
                  new TypedParameter("name", "const char *"),
                  new TypedParameter("compare", "int (*)(const void *, ...)"),
                  new TypedParameter("tasks", "struct task *const *"),
                  new TypedParameter("states", "enum state [4][2]")));
      assertThat(types.tracepoint("happened").orElseThrow().parameters())
          .isEqualTo(List.of(new TypedParameter("all", "struct task *const *")));
      assertThat(types.tracepointNames()).containsExactly("happened");
      assertThat(types.function("circular")).as("a type that refers to itself").isEmpty();
    }
  }

  @Test
  void knowsTheKernelsFunctions() throws Exception {
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
  void knowsTheKernelsTracepoints() throws Exception {
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
  void damageIsNoMoreThanAnAbsence() {
    byte[] file = BtfFixture.sample(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < file.length; i++) {
      for (int mask = 0xff; mask > 0; mask >>= 1) {
        byte[] damaged = file.clone();
        damaged[i] ^= (byte) mask;
        lookAround(damaged, "probe_me");
      }
      lookAround(Arrays.copyOf(file, i), "probe_me");
    }
  }

  @Test
  void damageOfTheKernelsIsToo() throws IOException {
    byte[] file = kernelBtf();
    Random random = new Random(1);
    for (int round = 0; round < 5; round++) {
      byte[] damaged = file.clone();
      for (int flips = 1000; flips > 0; flips--) {
        damaged[random.nextInt(24, damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      lookAround(damaged, "vfs_read");
      lookAround(Arrays.copyOf(file, random.nextInt(file.length)), "vfs_read");
    }
  }

  /** Asks for everything; the only way out is an answer. */
  private static void lookAround(byte[] file, String function) {
    try {
      BtfTypes types = BtfTypes.parse(file);
      types.function(function);
      types.tracepointNames().forEach(types::tracepoint);
    } catch (MalformedFileException declared) {
      assertThat(declared.getMessage()).isNotBlank();
    }
  }
}
