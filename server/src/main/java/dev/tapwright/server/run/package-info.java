/** Compiling to a file, and running it. */
@NullMarked
package dev.tapwright.server.run;

import org.jspecify.annotations.NullMarked;
