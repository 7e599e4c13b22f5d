/**
 * What the compiler costs in a warm process, measured by JMH; started by {@code
 * tests/benchmark/jmh}.
 */
@NullMarked
package dev.tapwright.tests.benchmark;

import org.jspecify.annotations.NullMarked;
