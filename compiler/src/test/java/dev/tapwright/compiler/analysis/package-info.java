/** Tests of analysis: scripts with marks in them, against a recorded target. */
@NullMarked
package dev.tapwright.compiler.analysis;

import org.jspecify.annotations.NullMarked;
