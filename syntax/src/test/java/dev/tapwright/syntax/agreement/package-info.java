/** Holds the parser beside the packaged SystemTap: the same scripts, the same first message. */
@NullMarked
package dev.tapwright.syntax.agreement;

import org.jspecify.annotations.NullMarked;
