package dev.tapwright.compiler.target;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * What a kernel was built with. Few of its thousands of options are ever asked for, so they are
 * looked for in the text.
 *
 * @param text a line {@code CONFIG_NAME=VALUE} for each option that is set, among others
 */
record KernelConfiguration(String text) {
  /** More than this is no kernel's configuration. */
  private static final int LARGEST = 8 << 20;

  /** Reads {@code /proc/config.gz}, or {@code /boot/config-RELEASE}; empty when neither can be. */
  static Optional<KernelConfiguration> read(MachineFiles files, String release) {
    return files
        .read("/proc/config.gz")
        .flatMap(KernelConfiguration::unpack)
        .or(() -> release.contains("/") ? Optional.empty() : files.read("/boot/config-" + release))
        .map(bytes -> new KernelConfiguration(new String(bytes, StandardCharsets.ISO_8859_1)));
  }

  private static Optional<byte[]> unpack(byte[] packed) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), 1 << 16)) {
      return Optional.of(in.readNBytes(LARGEST));
    } catch (IOException damaged) {
      return Optional.empty();
    }
  }

  /**
   * The value of an option, named with {@code CONFIG_}: {@code y}, {@code m}, a number, a string
   * with its quotes.
   */
  Optional<String> value(String option) {
    String wanted = option + "=";
    int start = text.startsWith(wanted) ? 0 : text.indexOf("\n" + wanted) + 1;
    if (start == 0 && !text.startsWith(wanted)) {
      return Optional.empty();
    }
    int end = text.indexOf('\n', start);
    return Optional.of(text.substring(start + wanted.length(), end < 0 ? text.length() : end));
  }

  /** Whether an option, named without {@code CONFIG_}, is built in. */
  boolean has(String option) {
    return value("CONFIG_" + option).filter("y"::equals).isPresent();
  }
}
