/**
 * Probe points, one family a file: which components it has, what a point resolves to on a target,
 * how it attaches.
 *
 * <p>A new family is one file here and one line in its registry.
 */
@NullMarked
package dev.tapwright.compiler.probe;

import org.jspecify.annotations.NullMarked;
