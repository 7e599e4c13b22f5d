/** What is wrong with a script, as values: a fault in a script is never an exception. */
@NullMarked
package dev.tapwright.syntax.diagnostic;

import org.jspecify.annotations.NullMarked;
