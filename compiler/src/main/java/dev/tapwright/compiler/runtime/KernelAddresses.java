package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.intrinsic.UserHost.KernelAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which function of the kernel an address is in, by its table of symbols, read when first asked.
 */
final class KernelAddresses {
  private record Symbol(String name, String module) {}

  private static final int HEXADECIMAL = 16;

  private final Path table;
  private Optional<NavigableMap<Long, Symbol>> symbols = Optional.empty();

  /**
   * Not read yet.
   *
   * @param table such as {@code /proc/kallsyms}
   */
  KernelAddresses(Path table) {
    this.table = table;
  }

  /** The function; empty when the table cannot be read or hides addresses. */
  Optional<KernelAddress> find(long address) {
    if (symbols.isEmpty()) {
      symbols = Optional.of(read());
    }
    NavigableMap<Long, Symbol> all = symbols.get();
    Map.Entry<Long, Symbol> entry = address < 0 ? all.floorEntry(address) : null;
    if (entry == null) {
      return Optional.empty();
    }
    Long next = all.higherKey(entry.getKey());
    return Optional.of(
        new KernelAddress(
            entry.getValue().name(),
            address - entry.getKey(),
            next == null ? 0 : next - entry.getKey(),
            entry.getValue().module()));
  }

  /** Functions by address. Those of the kernel's half are negative, so their order is right. */
  private NavigableMap<Long, Symbol> read() {
    TreeMap<Long, Symbol> found = new TreeMap<>();
    try (Stream<String> lines = Files.lines(table, StandardCharsets.ISO_8859_1)) {
      lines.forEach(
          line -> {
            List<String> words = new ArrayList<>(List.of(line.split("\\s+")));
            if (words.size() < 3 || !"tTwW".contains(words.get(1))) {
              return;
            }
            long address = Long.parseUnsignedLong(words.get(0), HEXADECIMAL);
            if (address < 0) {
              String module = words.size() > 3 ? words.get(3).replaceAll("[\\[\\]]", "") : "";
              found.putIfAbsent(address, new Symbol(words.get(2), module));
            }
          });
    } catch (IOException | java.io.UncheckedIOException | NumberFormatException unreadable) {
      return new TreeMap<>();
    }
    return found;
  }
}
