package dev.tapwright.compiler.assembler;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The registers of a block by name, as {@link Assembly} numbers them. */
final class AssemblyRegisters {
  private final Map<String, Integer> named = new LinkedHashMap<>();
  private final Map<String, Integer> machine = new HashMap<>();

  AssemblyRegisters(List<String> parameters) {
    for (int i = 0; i <= Assembly.FRAME; i++) {
      machine.put("r" + i, i);
    }
    number("$$");
    number("$ctx");
    for (int i = 0; i < parameters.size(); i++) {
      // A second one of a name is never meant, but has its number.
      named.put(
          named.containsKey("$" + parameters.get(i)) ? "$" + i : "$" + parameters.get(i),
          Assembly.PARAMETERS + i);
    }
  }

  /** The register of a name; a new one for a {@code $name} that is new. */
  OptionalInt of(String name) {
    Integer known = machine.get(name);
    if (known != null) {
      return OptionalInt.of(known);
    }
    return name.startsWith("$") && name.length() > 1
        ? OptionalInt.of(number(name))
        : OptionalInt.empty();
  }

  private int number(String name) {
    return named.computeIfAbsent(name, _ -> Assembly.RESULT + named.size());
  }

  /** The names, from that of {@link Assembly#RESULT} on. */
  List<String> names() {
    return List.copyOf(named.keySet());
  }
}
