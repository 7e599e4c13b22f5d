package dev.tapwright.compiler.target;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The symbols of the kernel's text. */
public interface KernelSymbols {
  /**
   * Functions whose name matches a glob ({@code *}, {@code ?}, {@code [a-z]}), in address order;
   * each name once of the kernel's own, and once of each module.
   */
  List<KernelSymbol> functionsMatching(String glob);

  /** The function of that very name; the kernel's own before one of a module. */
  Optional<KernelSymbol> function(String name);

  /** The address of {@code _stext}; empty where addresses are hidden from this user. */
  OptionalLong textStart();

  /**
   * A function of the kernel.
   *
   * @param name its symbol
   * @param address where it is; empty where addresses are hidden from this user
   * @param module the module that holds it, if one does
   */
  record KernelSymbol(String name, OptionalLong address, Optional<String> module) {}
}
