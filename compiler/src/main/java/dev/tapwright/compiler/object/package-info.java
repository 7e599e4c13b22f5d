/**
 * {@link dev.tapwright.compiler.object.BpfObject}, the compiled script, and its ELF file form,
 * written and read.
 *
 * <p>The file is an ordinary libbpf-style object, so that other loaders accept its kernel programs.
 * Reading never trusts the file: every offset and count is checked, and a bad file is a message,
 * never a crash.
 */
@NullMarked
package dev.tapwright.compiler.object;

import org.jspecify.annotations.NullMarked;
