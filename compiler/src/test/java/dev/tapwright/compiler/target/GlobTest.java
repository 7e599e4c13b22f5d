package dev.tapwright.compiler.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "vfs_read, vfs_read, true",
    "vfs_read, vfs_rea, false",
    "vfs_read, vfs_reads, false",
    "vfs_*, vfs_read, true",
    "vfs_*, vfs_, true",
    "vfs_*, vf, false",
    "*, x, true",
    "*_read, vfs_read_read, true",
    "*a*b*c, aXbXbXc, true",
    "*a*b*c, aXcXb, false",
    "v?s_read, vfs_read, true",
    "v?s, vs, false",
    "[a-c]x, bx, true",
    "[a-c]x, dx, false",
    "[!a-c]x, dx, true",
    "[^a-c]x, ax, false",
    "[]x]y, ]y, true",
    "a[, a[, true",
    "a[b, a[b, true",
    "a\\*, a*, true",
    "a\\*, ab, false",
    "a**b, ab, true"
  })
  void matchesAsTheShellDoes(String pattern, String name, boolean expected) {
    assertThat(Glob.of(pattern).matches(name)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"vfs_read, false", "vfs_*, true", "a?, true", "[ab], true", "'', false"})
  void tellsPatternsFromNames(String text, boolean expected) {
    assertThat(Glob.isPattern(text)).isEqualTo(expected);
  }
}
