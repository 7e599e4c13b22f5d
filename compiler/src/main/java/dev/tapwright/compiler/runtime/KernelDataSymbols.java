package dev.tapwright.compiler.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the kernel's variables are.
 *
 * @param table such as {@code /proc/kallsyms}; a line is {@code ADDRESS KIND NAME}, and {@code
 *     [MODULE]} for those of modules. The kind says nothing: Linux 6.18 lists jiffies as text
 */
record KernelDataSymbols(Path table) {
  private static final int HEXADECIMAL = 16;

  /**
   * The address of a variable; the kernel's own before one of a module.
   *
   * @throws SessionException when the table does not have it, or not for this user
   */
  long address(String name) throws SessionException {
    Optional<Long> address;
    try (Stream<String> lines = Files.lines(table, StandardCharsets.ISO_8859_1)) {
      address =
          lines
              .map(line -> List.of(line.split("\\s+")))
              .filter(words -> words.size() >= 3 && words.get(2).equals(name))
              .map(words -> Long.parseUnsignedLong(words.getFirst(), HEXADECIMAL))
              .findFirst();
    } catch (IOException | UncheckedIOException | NumberFormatException unreadable) {
      throw new SessionException("%s cannot be read".formatted(table));
    }
    if (address.isEmpty()) {
      throw new SessionException(
          "the kernel lists no variable '%s' in %s; it lists variables where it was built with CONFIG_KALLSYMS_ALL"
              .formatted(name, table));
    }
    if (address.get() == 0) {
      throw new SessionException("this user may not see where the kernel's variables are");
    }
    return address.get();
  }
}
