/** The formats of {@code printf}: parsed once, checked by analysis, rendered at run time. */
@NullMarked
package dev.tapwright.syntax.format;

import org.jspecify.annotations.NullMarked;
