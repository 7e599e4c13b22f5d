/** What the fuzzer feeds: {@code tests/fuzz/run}. A target throws when a promise is broken. */
@NullMarked
package dev.tapwright.syntax.fuzz;

import org.jspecify.annotations.NullMarked;
