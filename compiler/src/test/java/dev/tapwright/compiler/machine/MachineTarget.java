package dev.tapwright.compiler.machine;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * For the fuzzer, {@code tests/fuzz/run}: any script that compiles runs to its end, by itself or by
 * one of its limits.
 */
public final class MachineTarget {
  private static final Map<String, Long> LIMITS = Map.of("MAXACTION", 2000L);

  private MachineTarget() {}

  /** Runs the handlers of a script. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    ScriptRunner.run(new String(bytes, StandardCharsets.ISO_8859_1), LIMITS);
  }
}
