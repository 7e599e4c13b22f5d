package dev.tapwright.compiler.machine;

/** The user half of a compiled script. */
public record UserProgram() {}
