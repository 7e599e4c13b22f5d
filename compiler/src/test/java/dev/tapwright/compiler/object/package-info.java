/**
 * Tests of the compiled script's file form, against other tools that read it and against damage.
 */
@NullMarked
package dev.tapwright.compiler.object;

import org.jspecify.annotations.NullMarked;
