package dev.tapwright.compiler.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostProfileTest {
  @TempDir private Path root;

  private KernelProfile measure() {
    return LiveTarget.open(root).profile();
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void configure(String... options) throws IOException {
    write("proc/sys/kernel/osrelease", "6.1.0-56-cloud-amd64\n");
    write("sys/kernel/btf/vmlinux", "x");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(root.resolve("proc/config.gz")))) {
      out.write(
          (String.join("=y\n", options) + "=y\n# CONFIG_FPROBE is not set\n")
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void theVersionSaysWhatThereIs() throws IOException {
    write("proc/sys/kernel/osrelease", "6.1.0-56-cloud-amd64\n");
    KernelProfile profile = measure();
    assertThat(profile.name()).isEqualTo("6.1.0-56-cloud-amd64");
    assertThat(profile.has(KernelFeature.RING_BUFFER)).isTrue();
    assertThat(profile.has(KernelFeature.SIGNED_DIVISION)).isFalse();
  }

  @Test
  void kprobesNeedTheirDevice() throws IOException {
    configure("CONFIG_BPF_EVENTS");
    assertThat(measure().has(KernelFeature.KPROBES)).isFalse();
    assertThat(measure().has(KernelFeature.PROBE_PMU)).isFalse();
    Files.createDirectories(root.resolve("sys/bus/event_source/devices/kprobe"));
    assertThat(measure().has(KernelFeature.KPROBES)).isTrue();
    assertThat(measure().has(KernelFeature.PROBE_PMU)).isTrue();
  }

  @Test
  void fentryNeedsAKernelThatIsNotLockedDown() throws IOException {
    configure("CONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS");
    assertThat(measure().has(KernelFeature.FENTRY)).as("no lockdown at all").isTrue();
    configure("CONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS", "CONFIG_SECURITY_LOCKDOWN_LSM");
    assertThat(measure().has(KernelFeature.FENTRY)).as("cannot be seen").isFalse();
    write("sys/kernel/security/lockdown", "[none] integrity confidentiality\n");
    assertThat(measure().has(KernelFeature.FENTRY)).as("not locked down").isTrue();
    write("sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
    assertThat(measure().has(KernelFeature.FENTRY)).as("locked down").isFalse();
    Files.delete(root.resolve("sys/kernel/security/lockdown"));
    write("sys/kernel/tracing/available_filter_functions", "vfs_read\n");
    assertThat(measure().has(KernelFeature.FENTRY)).as("shows what can be traced").isTrue();
    configure("CONFIG_SECURITY_LOCKDOWN_LSM");
    assertThat(measure().has(KernelFeature.FENTRY)).as("calls are not patched").isFalse();
  }
}
