package dev.tapwright.compiler.target;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * What a kernel was built with.
 *
 * @param enabled the {@code CONFIG_} names, without that prefix, of the options that are {@code y}
 */
record KernelConfiguration(Set<String> enabled) {
  /** More than this is no kernel's configuration. */
  private static final int LARGEST = 8 << 20;

  KernelConfiguration {
    enabled = Set.copyOf(enabled);
  }

  /** Reads {@code /proc/config.gz}, or {@code /boot/config-RELEASE}; empty when neither can be. */
  static Optional<KernelConfiguration> read(MachineFiles files, String release) {
    return files
        .read("/proc/config.gz")
        .flatMap(KernelConfiguration::unpack)
        .or(() -> release.contains("/") ? Optional.empty() : files.read("/boot/config-" + release))
        .map(bytes -> parse(new String(bytes, StandardCharsets.ISO_8859_1)));
  }

  private static Optional<byte[]> unpack(byte[] packed) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), 1 << 16)) {
      return Optional.of(in.readNBytes(LARGEST));
    } catch (IOException damaged) {
      return Optional.empty();
    }
  }

  static KernelConfiguration parse(String text) {
    Set<String> enabled = new HashSet<>();
    String prefix = "CONFIG_";
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        end = text.length();
      }
      if (text.startsWith(prefix, start) && text.startsWith("=y", end - 2)) {
        enabled.add(text.substring(start + prefix.length(), end - 2));
      }
      start = end + 1;
    }
    return new KernelConfiguration(enabled);
  }

  boolean has(String option) {
    return enabled.contains(option);
  }
}
