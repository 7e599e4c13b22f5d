package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Intervals.Range;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which virtual register holds one register where. */
final class Occupation {
  private record Tenancy(Range range, int virtual) {}

  private final TreeMap<Integer, Tenancy> tenancies = new TreeMap<>();

  /** Gives the register to a virtual register. */
  void add(int virtual, List<Range> ranges) {
    ranges.forEach(range -> tenancies.put(range.start(), new Tenancy(range, virtual)));
  }

  /** Takes it back. */
  void remove(List<Range> ranges) {
    ranges.forEach(range -> tenancies.remove(range.start()));
  }

  /** Whether nobody has it anywhere there. */
  boolean isFree(List<Range> ranges) {
    return ranges.stream()
        .allMatch(
            range -> {
              Map.Entry<Integer, Tenancy> last = tenancies.floorEntry(range.end());
              return last == null || last.getValue().range().end() < range.start();
            });
  }

  /** Who has it anywhere there. */
  Set<Integer> tenants(List<Range> ranges) {
    Set<Integer> tenants = new TreeSet<>();
    for (Range range : ranges) {
      Map.Entry<Integer, Tenancy> entry = tenancies.floorEntry(range.end());
      while (entry != null && entry.getValue().range().end() >= range.start()) {
        tenants.add(entry.getValue().virtual());
        entry = tenancies.lowerEntry(entry.getKey());
      }
    }
    return tenants;
  }
}
