package dev.tapwright.compiler.analysis;

/**
 * What an address is of, as far as its values are followed.
 *
 * @param type the number of the C type of what is there
 * @param isUser whether it is an address of a user program, not of the kernel
 */
record Pointee(int type, boolean isUser) {}
