/**
 * Runs a compiled object: system calls, loading maps and programs, attaching, events, the order of
 * a run.
 *
 * <p>Whatever is attached is held by file descriptors alone, so that nothing stays behind however
 * the process ends.
 */
@NullMarked
package dev.tapwright.compiler.runtime;

import org.jspecify.annotations.NullMarked;
