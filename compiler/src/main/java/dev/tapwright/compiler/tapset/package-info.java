/**
 * The tapset library: finds its files, knows from an index which file declares a name, and parses a
 * file when one of its names is used. Analysis asks here through {@link
 * dev.tapwright.compiler.analysis.TapsetLibrary}.
 *
 * <p>Nothing in a library file or in the cache of the index stops a script that does not use it.
 */
@NullMarked
package dev.tapwright.compiler.tapset;

import org.jspecify.annotations.NullMarked;
