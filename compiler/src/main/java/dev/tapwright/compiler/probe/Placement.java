package dev.tapwright.compiler.probe;

/** Where a handler runs. */
public enum Placement {
  /** In the kernel, as BPF, under the verifier. */
  KERNEL,
  /** In the user-space machine, inside the process that runs the session. */
  USER
}
