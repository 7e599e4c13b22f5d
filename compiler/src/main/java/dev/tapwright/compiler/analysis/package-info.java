/**
 * What a script means: names, types, aliases, probe points, checks. The result is a {@link
 * dev.tapwright.compiler.analysis.Program}.
 *
 * <p>Analysis takes immutable input, never fails, and has never heard of editors. Results stand in
 * {@link dev.tapwright.compiler.analysis.Bindings}, keyed by the identity of the tree's nodes.
 */
@NullMarked
package dev.tapwright.compiler.analysis;

import org.jspecify.annotations.NullMarked;
