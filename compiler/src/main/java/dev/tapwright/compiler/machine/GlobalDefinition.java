package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.Type;
import java.util.List;

/**
 * A global variable.
 *
 * @param name for messages
 * @param type of its value, or of its elements' values
 * @param keys types of an array's keys; empty for a scalar
 * @param size most elements of an array
 * @param sizeIsDeclared whether the script says so, rather than {@code MAXMAPENTRIES}
 * @param wraps whether a full array drops its oldest element
 * @param isShared whether it lives in the kernel, so that the machine is given a {@link
 *     GlobalStore} for it
 * @param initialNumber of a scalar
 * @param initialText of a scalar
 * @param histograms those that the script makes of a statistic
 * @param varianceShift how many bits {@code @variance} scales by
 */
public record GlobalDefinition(
    String name,
    Type type,
    List<Type> keys,
    int size,
    boolean sizeIsDeclared,
    boolean wraps,
    boolean isShared,
    long initialNumber,
    String initialText,
    List<HistogramShape> histograms,
    int varianceShift) {
  private static final int MOST_KEYS = 256;

  /** Copies the lists and checks the numbers. */
  public GlobalDefinition {
    keys = List.copyOf(keys);
    histograms = List.copyOf(histograms);
    if (type == Type.UNKNOWN
        || keys.contains(Type.UNKNOWN)
        || keys.contains(Type.STATISTICS)
        || keys.size() > MOST_KEYS) {
      throw new IllegalArgumentException("types of global " + name);
    }
    if (size < 1 || varianceShift < 0 || varianceShift > 62) {
      throw new IllegalArgumentException("numbers of global " + name);
    }
  }
}
