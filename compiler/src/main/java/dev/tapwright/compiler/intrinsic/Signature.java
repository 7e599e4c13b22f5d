package dev.tapwright.compiler.intrinsic;

import java.util.List;

/**
 * What a provided function looks like to a script.
 *
 * @param name such as {@code pid}; several may share it when they differ in the number of
 *     parameters
 * @param parameters in order
 * @param result what it gives
 * @param documentation one paragraph in plain words: what it gives or does, shape and unit
 */
public record Signature(
    String name, List<Parameter> parameters, Result result, String documentation) {
  /** Copies the list. */
  public Signature {
    parameters = List.copyOf(parameters);
  }

  /** A parameter. */
  public record Parameter(String name, ValueType type) {
    /** A parameter that takes a number. */
    static Parameter number(String name) {
      return new Parameter(name, ValueType.LONG);
    }

    /** A parameter that takes a string. */
    static Parameter text(String name) {
      return new Parameter(name, ValueType.STRING);
    }
  }

  /** The type of a value. */
  public enum ValueType {
    /** A signed 64-bit number. */
    LONG,
    /** A string of bytes. */
    STRING
  }

  /** What a function gives. */
  public enum Result {
    /** Nothing. */
    NONE,
    /** A signed 64-bit number. */
    LONG,
    /** A string of bytes. */
    STRING
  }
}
