package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.MapDefinition.MapType;
import dev.tapwright.compiler.bpf.code.Frame;
import java.util.HashMap;
import java.util.Map;

/**
 * What handlers look up and never change, such as the automata of regular expressions: one array
 * map for all of a script, one table behind the other.
 */
final class ConstantTables {
  private static final int ALIGNMENT = 8;

  private final StringBuilder contents = new StringBuilder();
  private final Map<String, Integer> offsets = new HashMap<>();
  private int highest = ALIGNMENT;

  /**
   * Adds a table, once.
   *
   * @param table its bytes, one {@code char} for each
   * @param reach bytes from its beginning that the verifier may take an access to reach
   * @return where it begins
   */
  int place(String table, int reach) {
    int offset =
        offsets.computeIfAbsent(
            table,
            added -> {
              int start = contents.length();
              contents.append(added).repeat('\0', -added.length() & (ALIGNMENT - 1));
              return start;
            });
    highest = Math.max(Math.max(highest, contents.length()), Frame.roundedUp(offset + reach));
    return offset;
  }

  /** The map, as it is so far. */
  MapDefinition map() {
    return new MapDefinition(
        "constants", MapType.ARRAY, 4, highest, 1, MapDefinition.READ_ONLY, contents.toString());
  }
}
