/**
 * The SystemTap language: text in, an immutable tree and a list of diagnostics out.
 *
 * <p>Start at {@link dev.tapwright.syntax.ScriptParser}. Parsing never fails and never throws for
 * any input: what cannot be understood becomes a {@link
 * dev.tapwright.syntax.diagnostic.Diagnostic}, and the rest of the file stays in the tree. Nothing
 * here knows of probe points' meanings, kernels, types or editors.
 */
@NullMarked
package dev.tapwright.syntax;

import org.jspecify.annotations.NullMarked;
