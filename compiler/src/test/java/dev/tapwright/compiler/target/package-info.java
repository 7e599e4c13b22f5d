/** Tests of what is read from the machine, against files and against other tools. */
@NullMarked
package dev.tapwright.compiler.target;

import org.jspecify.annotations.NullMarked;
