/**
 * The functions that the compiler itself provides, one a file: signature, documentation, what it is
 * in the kernel and what it is in the user-space machine.
 *
 * <p>A new function is one file here and one line in {@link
 * dev.tapwright.compiler.intrinsic.Intrinsics}.
 */
@NullMarked
package dev.tapwright.compiler.intrinsic;

import org.jspecify.annotations.NullMarked;
