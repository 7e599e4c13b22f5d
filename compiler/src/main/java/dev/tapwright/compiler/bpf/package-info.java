/**
 * Kernel-placed handlers as BPF: what a kernel can carry, intermediate code, passes, registers,
 * instructions.
 *
 * <p>What comes out without a diagnostic is accepted by the verifier of the profile's kernel, and
 * computes what the language says.
 */
@NullMarked
package dev.tapwright.compiler.bpf;

import org.jspecify.annotations.NullMarked;
