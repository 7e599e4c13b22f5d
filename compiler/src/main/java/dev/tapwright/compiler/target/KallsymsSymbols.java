package dev.tapwright.compiler.target;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The functions in {@code /proc/kallsyms}, of which a line is
 *
 * <pre>
 *   ffffffff8114c1c0 t try_to_wake_up&lt;TAB&gt;[module]
 * </pre>
 *
 * <p>The kernel's own symbols are in the order of their addresses, with marks around the code that
 * is thrown away after the start: no probe can be on that.
 *
 * <p>All addresses are zero for who may not see them. A hundred thousand names are kept as the
 * bytes of the file with three numbers each; strings are made of those that are asked for.
 */
final class KallsymsSymbols implements KernelSymbols {
  private final byte[] file;
  private final int count;
  private final long[] addresses;
  private final int[] nameStarts;
  private final short[] nameLengths;
  private final OptionalLong textStart;

  /** For this many names looking through all takes no longer than a table does to make. */
  private static final int FEW = 8;

  private final AtomicInteger lookups = new AtomicInteger();
  private final Lazy<int[]> byName = new Lazy<>(this::table);

  private KallsymsSymbols(byte[] file, int estimate) {
    this.file = file;
    long[] addresses = new long[estimate];
    int[] nameStarts = new int[estimate];
    short[] nameLengths = new short[estimate];
    int count = 0;
    long textStart = 0;
    boolean isThrownAway = false;
    int at = 0;
    while (at < file.length) {
      long address = 0;
      int digit;
      int start = at;
      while (at < file.length && (digit = hexadecimal(file[at])) >= 0) {
        address = address << 4 | digit;
        at++;
      }
      int name = at + 3;
      int end = name;
      while (end < file.length && file[end] != '\n' && file[end] != '\t' && file[end] != ' ') {
        end++;
      }
      if (at > start
          && end > name
          && file[at] == ' '
          && file[at + 2] == ' '
          && isText(file[at + 1])) {
        if (textStart == 0 && isMark(name, end, "_stext")) {
          textStart = address;
        }
        if (isMark(name, end, "_sinittext")) {
          isThrownAway = true;
        } else if (isMark(name, end, "_einittext")) {
          isThrownAway = false;
        } else if (!isThrownAway && isFunction(name, end)) {
          if (count == addresses.length) {
            addresses = Arrays.copyOf(addresses, count * 2);
            nameStarts = Arrays.copyOf(nameStarts, count * 2);
            nameLengths = Arrays.copyOf(nameLengths, count * 2);
          }
          addresses[count] = address;
          nameStarts[count] = name;
          nameLengths[count] = (short) (end - name);
          count++;
        }
      }
      at = Math.min(end, file.length);
      while (at < file.length && file[at] != '\n') {
        at++;
      }
      at++;
    }
    this.addresses = addresses;
    this.nameStarts = nameStarts;
    this.nameLengths = nameLengths;
    this.count = count;
    this.textStart = textStart == 0 ? OptionalLong.empty() : OptionalLong.of(textStart);
  }

  /** Reads the file's bytes. A line that is none of its is skipped. */
  static KernelSymbols parse(byte[] file) {
    return new KallsymsSymbols(file, Math.max(16, file.length / 44));
  }

  @Override
  public List<KernelSymbol> functionsMatching(String glob) {
    Glob pattern = Glob.of(glob);
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (pattern.matches(file, nameStarts[i], nameStarts[i] + nameLengths[i])) {
        found.add(i);
      }
    }
    // The kernel's own symbols are in order already, those of modules follow in the order of
    // loading.
    found.sort(Comparator.comparing(i -> addresses[i], Long::compareUnsigned));
    record Key(String name, Optional<String> module) {}
    Set<Key> known = new HashSet<>();
    return found.stream()
        .map(this::symbol)
        .filter(symbol -> known.add(new Key(symbol.name(), symbol.module())))
        .toList();
  }

  @Override
  public Optional<KernelSymbol> function(String name) {
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    if (lookups.incrementAndGet() > FEW) {
      int[] table = byName.get();
      int slot = slot(table, wanted, 0, wanted.length);
      return table[slot] == 0 ? Optional.empty() : Optional.of(symbol(table[slot] - 1));
    }
    for (int i = 0; i < count; i++) {
      if (isAt(i, wanted, 0, wanted.length)) {
        return Optional.of(symbol(i));
      }
    }
    return Optional.empty();
  }

  private boolean isAt(int index, byte[] text, int from, int to) {
    int start = nameStarts[index];
    return nameLengths[index] == to - from
        && Arrays.equals(file, start, start + to - from, text, from, to);
  }

  /** One more than the place of the first function of each name; 0 where there is none. */
  private int[] table() {
    int[] table = new int[Integer.highestOneBit(Math.max(8, count)) * 4];
    for (int i = 0; i < count; i++) {
      int slot = slot(table, file, nameStarts[i], nameStarts[i] + nameLengths[i]);
      if (table[slot] == 0) {
        table[slot] = i + 1;
      }
    }
    return table;
  }

  /** Where in the table a name stands, or would. */
  private int slot(int[] table, byte[] text, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text[i];
    }
    int slot = (hash ^ hash >>> 15) & (table.length - 1);
    while (table[slot] != 0 && !isAt(table[slot] - 1, text, from, to)) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }

  @Override
  public OptionalLong textStart() {
    return textStart;
  }

  private KernelSymbol symbol(int index) {
    int start = nameStarts[index];
    int end = start + nameLengths[index];
    String name = new String(file, start, nameLengths[index], StandardCharsets.UTF_8);
    long address = addresses[index];
    return new KernelSymbol(
        name, address == 0 ? OptionalLong.empty() : OptionalLong.of(address), moduleAfter(end));
  }

  private Optional<String> moduleAfter(int end) {
    if (end + 1 >= file.length || file[end] != '\t' || file[end + 1] != '[') {
      return Optional.empty();
    }
    int start = end + 2;
    int close = start;
    while (close < file.length && file[close] != ']' && file[close] != '\n') {
      close++;
    }
    return Optional.of(new String(file, start, close - start, StandardCharsets.UTF_8));
  }

  /**
   * Whether a text symbol is a function that a probe can be on: not the padding before one, not the
   * cold part split off one, not BPF programs and trampolines, which are listed as if they were
   * modules.
   */
  private boolean isFunction(int start, int end) {
    if (end - start > Short.MAX_VALUE) {
      return false;
    }
    if (file[start] == '_'
        && (startsWith(start, end, "__pfx_") || startsWith(start, end, "__cfi_"))) {
      return false;
    }
    if (end < file.length
        && file[end] == '\t'
        && (isNamed(end, "\t[bpf]") || isNamed(end, "\t[__builtin__"))) {
      return false;
    }
    for (int i = end - 5; i > start; i--) {
      if (file[i] == '.') {
        if (isNamed(i, ".cold") && (i + 5 == end || file[i + 5] == '.')) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean startsWith(int start, int end, String prefix) {
    return end - start > prefix.length() && isNamed(start, prefix);
  }

  private boolean isMark(int start, int end, String name) {
    return end - start == name.length() && isNamed(start, name);
  }

  private boolean isNamed(int start, String text) {
    if (start + text.length() > file.length) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (file[start + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isText(byte type) {
    return type == 't' || type == 'T' || type == 'w' || type == 'W';
  }

  private static int hexadecimal(byte character) {
    if (character >= '0' && character <= '9') {
      return character - '0';
    }
    return character >= 'a' && character <= 'f' ? character - 'a' + 10 : -1;
  }
}
