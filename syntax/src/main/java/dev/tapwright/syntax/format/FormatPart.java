package dev.tapwright.syntax.format;

/** A piece of a format: text as it stands, or a directive that an argument fills. */
public sealed interface FormatPart {
  /**
   * Text printed as it stands, escapes already resolved.
   *
   * @param text the characters; {@code %%} has become {@code %}
   */
  record Text(String text) implements FormatPart {}

  /**
   * A directive such as {@code %-8.3d}.
   *
   * @param flag the one flag that a directive may have
   * @param width least number of characters
   * @param precision digits of a number, or most characters of a string
   * @param conversion what the argument becomes
   */
  record Directive(Flag flag, Size width, Size precision, Conversion conversion)
      implements FormatPart {}

  /** The flag before the width. */
  enum Flag {
    /** No flag. */
    NONE,
    /** {@code 0}: pad with zeros. */
    ZERO,
    /** {@code +}: always a sign. */
    PLUS,
    /** {@code -}: pad on the right. */
    LEFT,
    /** Space: a space where a plus sign would stand. */
    SPACE,
    /** {@code #}: the base's prefix. */
    ALTERNATE
  }

  /** A width or precision. */
  sealed interface Size {
    /** Not given. */
    record Absent() implements Size {}

    /**
     * Written in the format.
     *
     * @param count characters
     */
    record Fixed(int count) implements Size {}

    /** {@code *}: taken from an argument of its own, which stands before the directive's. */
    record FromArgument() implements Size {}
  }

  /** What an argument becomes. */
  enum Conversion {
    /** {@code b}: the low 1, 2, 4 or 8 bytes of a number, by width, as binary data. */
    BINARY,
    /** {@code c}: the number's character. */
    CHARACTER,
    /** {@code d} and {@code i}: signed decimal, 64 bits. */
    SIGNED,
    /** {@code u}: unsigned decimal, 64 bits. */
    UNSIGNED,
    /** {@code o}: octal. */
    OCTAL,
    /** {@code x}: hexadecimal, small letters. */
    HEXADECIMAL,
    /** {@code X}: hexadecimal, capital letters. */
    HEXADECIMAL_CAPITALS,
    /** {@code p}: {@code 0x} and hexadecimal. */
    POINTER,
    /** {@code s}: a string. */
    STRING,
    /** {@code m}: memory at the address, as it is; the precision is its length in bytes. */
    MEMORY,
    /** {@code M}: memory at the address, in hexadecimal; the precision is its length in bytes. */
    MEMORY_HEXADECIMAL
  }
}
