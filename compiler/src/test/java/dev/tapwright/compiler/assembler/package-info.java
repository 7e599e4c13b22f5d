@NullMarked
package dev.tapwright.compiler.assembler;

import org.jspecify.annotations.NullMarked;
