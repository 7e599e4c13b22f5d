/**
 * The two command lines, {@code stap} and {@code stapbpf}: options, what each pass prints, exit
 * codes.
 *
 * <p>Uses everything below; nothing uses it.
 */
@NullMarked
package dev.tapwright.compiler.cli;

import org.jspecify.annotations.NullMarked;
