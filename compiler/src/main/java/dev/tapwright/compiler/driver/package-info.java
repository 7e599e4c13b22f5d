/**
 * From a script's text to a {@link dev.tapwright.compiler.object.BpfObject}, and to every
 * diagnostic on the way: the one place that knows the order of the stages. The command line and the
 * language server both ask here.
 *
 * <p>Immutable input, immutable result, no state: any number of compilations may run at once.
 */
@NullMarked
package dev.tapwright.compiler.driver;

import org.jspecify.annotations.NullMarked;
