package dev.tapwright.compiler.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.target.KernelSymbols.KernelSymbol;
import dev.tapwright.compiler.target.Tracepoints.Tracepoint;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveTargetTest {
  @Test
  void profileIsThatOfTheRunningKernel() throws IOException {
    KernelProfile profile = LiveTarget.open().profile();
    assertThat(profile.name())
        .isEqualTo(Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
    assertThat(profile.has(KernelFeature.PROBE_PMU))
        .isEqualTo(Files.exists(Path.of("/sys/bus/event_source/devices/uprobe")));
    assertThat(profile.has(KernelFeature.KPROBES))
        .isEqualTo(Files.exists(Path.of("/sys/bus/event_source/devices/kprobe")));
  }

  @Test
  void aGivenProfileStands() {
    KernelProfile old = KernelProfile.ofVersion(KernelVersion.of(4, 14));
    assertThat(LiveTarget.open(old).profile()).isEqualTo(old);
  }

  @Test
  void kernelFunctionsAreThere() {
    assumeTrue(Files.isReadable(Path.of("/proc/kallsyms")), "no /proc/kallsyms");
    KernelSymbols symbols = LiveTarget.open().kernelSymbols();
    assertThat(symbols.function("vfs_read")).isPresent();
    assertThat(symbols.functionsMatching("vfs_*").stream().map(KernelSymbol::name))
        .contains("vfs_read", "vfs_write");
  }

  @Test
  void tracepointsAreThere() {
    assumeTrue(Files.isReadable(Path.of("/sys/kernel/btf/vmlinux")), "the kernel has no BTF");
    Tracepoints tracepoints = LiveTarget.open().tracepoints();
    assertThat(tracepoints.matching("sched_switch")).hasSize(1);
    assertThat(tracepoints.matching("sched:sched_switch")).hasSize(1);
    assertThat(tracepoints.matching("sched_pro*").stream().map(Tracepoint::name))
        .contains("sched_process_exec", "sched_process_exit");
  }

  @Test
  void tracefsGivesSystemsAndNumbers(@TempDir Path root) throws IOException {
    Path tracing = Files.createDirectories(root.resolve("sys/kernel/debug/tracing"));
    Files.writeString(
        tracing.resolve("available_events"), "sched:sched_switch\nirq:softirq_entry\n\nbad\n");
    Path event = Files.createDirectories(tracing.resolve("events/sched/sched_switch"));
    Files.writeString(event.resolve("id"), "123\n");

    LiveTarget target = LiveTarget.open(root);
    assertThat(target.tracepoints().matching("*"))
        .isEqualTo(
            List.of(
                new Tracepoint("irq", "softirq_entry"), new Tracepoint("sched", "sched_switch")));
    assertThat(target.tracepoints().matching("irq:*")).hasSize(1);
    assertThat(target.tracepoints().matching("sched:softirq_entry")).isEmpty();
    Tracefs tracefs = new Tracefs(new MachineFiles(root));
    assertThat(tracefs.eventId("sched", "sched_switch")).isEqualTo(OptionalInt.of(123));
    assertThat(tracefs.eventId("sched", "../../x")).isEmpty();
    assertThat(tracefs.eventId("sched", "nothing")).isEmpty();
  }

  @Test
  void modulesAreLoadedOrInFilesOrBuiltInOrAbsent(@TempDir Path root) throws IOException {
    write(root, "proc/sys/kernel/osrelease", "6.1.0-test");
    write(root, "sys/module/nf_nat/initstate", "live");
    write(root, "sys/module/printk/parameters/time", "Y");
    write(root, "lib/modules/6.1.0-test/modules.builtin", "kernel/fs/ext4/ext4.ko\n");
    write(
        root,
        "lib/modules/6.1.0-test/modules.dep",
        """
        kernel/net/netfilter/nf_nat.ko.xz: kernel/net/netfilter/nf_conntrack.ko.xz
        kernel/net/sched/act-dummy.ko:
        """);
    LiveTarget target = LiveTarget.open(root);
    assertThat(target.moduleState("nf_nat")).isEqualTo(ModuleState.LOADED);
    assertThat(target.moduleState("act_dummy")).isEqualTo(ModuleState.NOT_LOADED);
    assertThat(target.moduleState("ext4")).isEqualTo(ModuleState.BUILT_IN);
    for (String name : List.of("printk", "nf_conntrack", "", ".", "..", "../module/nf_nat")) {
      assertThat(target.moduleState(name)).as(name).isEqualTo(ModuleState.ABSENT);
    }
    assertThat(LiveTarget.open(root.resolve("none")).moduleState("ext4"))
        .isEqualTo(ModuleState.NOT_LOADED);
  }

  /** Where only BTF tells of tracepoints, that of modules does too. */
  @Test
  void tracepointsOfModulesAreThereWithoutTracefs(@TempDir Path root) throws Exception {
    ModuleMachine machine = ModuleMachine.of(ByteOrder.nativeOrder());
    Path types = Files.createDirectories(root.resolve("sys/kernel/btf"));
    Files.write(types.resolve("vmlinux"), machine.kernel().toBytes());
    Files.write(types.resolve("one"), machine.module("one"));
    LiveTarget target = LiveTarget.open(root);
    assertThat(target.tracepoints().matching("*")).containsExactly(new Tracepoint("", "opened"));
    KernelTypes kernel = target.kernelTypes().orElseThrow();
    assertThat(kernel.module("one").flatMap(one -> one.function("open_box"))).isPresent();
    assertThat(kernel.module("vmlinux")).isEmpty();
    assertThat(kernel.module("../btf/one")).isEmpty();
  }

  private static void write(Path root, String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
    Files.writeString(file, text);
  }

  @Test
  void anEmptyMachineHasNothing(@TempDir Path root) {
    LiveTarget target = LiveTarget.open(root);
    assertThat(target.profile().version()).isEqualTo(KernelVersion.of(4, 14));
    assertThat(target.kernelTypes()).isEmpty();
    assertThat(target.kernelSymbols().functionsMatching("*")).isEmpty();
    assertThat(target.tracepoints().matching("*")).isEmpty();
    assertThat(target.program(root)).isEmpty();
    assertThat(target.program(root.resolve("none"))).isEmpty();
    assertThat(target.findProgram("no-such-program-anywhere")).isEmpty();
  }

  @Test
  void programsAreFoundAlongThePath() {
    LiveTarget target = LiveTarget.open();
    assertThat(target.findProgram("sh"))
        .hasValueSatisfying(path -> assertThat(path).endsWithRaw(Path.of("sh")));
    assertThat(target.findProgram("./a/b")).contains(Path.of("./a/b"));
    assertThat(target.findProgram("a\0b")).isEmpty();
  }
}
