/**
 * Kernel-placed handlers as BPF: what a kernel can carry, and how handlers become code, which
 * {@code bpf.code} brings to instructions.
 *
 * <p>What comes out without a diagnostic is accepted by the verifier of the profile's kernel, and
 * computes what the language says.
 */
@NullMarked
package dev.tapwright.compiler.bpf;

import org.jspecify.annotations.NullMarked;
