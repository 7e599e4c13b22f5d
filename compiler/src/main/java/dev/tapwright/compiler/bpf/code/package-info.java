/**
 * Code of kernel programs: intermediate code over virtual registers, the passes over it, registers,
 * and instructions.
 *
 * <p>It knows nothing of scripts but the places that steps come from. What comes out computes what
 * went in, in a form that the verifier can follow.
 */
@NullMarked
package dev.tapwright.compiler.bpf.code;

import org.jspecify.annotations.NullMarked;
