/** Prints trees as source that parses back to the same tree. */
@NullMarked
package dev.tapwright.syntax.print;

import org.jspecify.annotations.NullMarked;
