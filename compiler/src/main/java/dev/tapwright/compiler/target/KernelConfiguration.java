package dev.tapwright.compiler.target;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * What a kernel was built with.
 *
 * @param values by name with {@code CONFIG_}: {@code y}, {@code m}, a number or a string with its quotes; what is not set is
 *     absent
 */
record KernelConfiguration(Map<String, String> values) {
  /** More than this is no kernel's configuration. */
  private static final int LARGEST = 8 << 20;

  KernelConfiguration {
    values = Map.copyOf(values);
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
    Map<String, String> values = new HashMap<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        end = text.length();
      }
      int equals = text.indexOf('=', start);
      if (text.startsWith("CONFIG_", start) && equals > 0 && equals < end) {
        values.put(text.substring(start, equals), text.substring(equals + 1, end));
      }
      start = end + 1;
    }
    return new KernelConfiguration(values);
  }

  /** Whether an option, named without {@code CONFIG_}, is built in. */
  boolean has(String option) {
    return "y".equals(values.get("CONFIG_" + option));
  }
}
