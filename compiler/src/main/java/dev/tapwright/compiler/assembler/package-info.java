/**
 * Embedded assembler: {@code %{ /* bpf *}{@code / … %}} read into steps over named registers, and
 * what can be said to be wrong with it before any placement is known. Promises that every register
 * that a step reads has a value, that every jump goes to a step, and that every helper is called
 * with as many operands as it takes.
 */
@NullMarked
package dev.tapwright.compiler.assembler;

import org.jspecify.annotations.NullMarked;
