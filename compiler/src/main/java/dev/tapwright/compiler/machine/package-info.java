/**
 * The user-space machine: the code of user-placed handlers, made from the analysed program, and its
 * execution.
 *
 * <p>It has all of the language and none of the verifier's limits, needs no privilege, and agrees
 * with the kernel placement on every operation. It knows nothing of system calls: globals that live
 * in the kernel reach it as a {@link dev.tapwright.compiler.machine.GlobalStore}.
 */
@NullMarked
package dev.tapwright.compiler.machine;

import org.jspecify.annotations.NullMarked;
