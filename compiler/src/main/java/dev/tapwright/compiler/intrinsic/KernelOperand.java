package dev.tapwright.compiler.intrinsic;

/** A number or string in a kernel handler, known only to the {@link KernelEmitter} that gave it. */
public interface KernelOperand {}
