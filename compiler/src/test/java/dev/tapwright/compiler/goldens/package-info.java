/** What SystemTap's module back end printed for small scripts, for the tests of both placements. */
@NullMarked
package dev.tapwright.compiler.goldens;

import org.jspecify.annotations.NullMarked;
