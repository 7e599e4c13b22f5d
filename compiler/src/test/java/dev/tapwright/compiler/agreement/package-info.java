/** Holds pass 2 beside the packaged SystemTap's, on scripts made at random. */
@NullMarked
package dev.tapwright.compiler.agreement;

import org.jspecify.annotations.NullMarked;
