/**
 * What the traced machine offers: kernel version and features, symbols, BTF, tracepoints, programs.
 * Everything that reads the machine stands behind {@link dev.tapwright.compiler.target.Target}.
 *
 * <p>Facts are read lazily and once. None is needed to be root for; what only root may read is
 * absent for others, and that is no error.
 */
@NullMarked
package dev.tapwright.compiler.target;

import org.jspecify.annotations.NullMarked;
