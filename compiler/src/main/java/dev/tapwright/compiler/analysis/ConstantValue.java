package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.intrinsic.SyscallName;
import dev.tapwright.compiler.target.DataTypes;
import java.util.OptionalLong;

/** What C constants are known to be: the names in {@code @const("…")} and {@code @enum("…")}. */
final class ConstantValue {
  /** How C names the numbers of system calls. */
  private static final String SYSTEM_CALL = "__NR_";

  private ConstantValue() {}

  /**
   * Of a number, the number of a system call, a constant of an enumeration, or an expression of
   * these; empty of others.
   */
  static OptionalLong of(String written, DataTypes data) {
    OptionalLong number = number(written.strip());
    return number.isPresent()
        ? number
        : ConstantExpression.value(written, name -> named(name, data));
  }

  private static OptionalLong named(String name, DataTypes data) {
    return name.startsWith(SYSTEM_CALL)
        ? SyscallName.number(name.substring(SYSTEM_CALL.length()))
        : data.enumerator(name);
  }

  private static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.decode(text));
    } catch (NumberFormatException notNumber) {
      return OptionalLong.empty();
    }
  }
}
