package dev.tapwright.compiler.target;

/** Where a module of the kernel is. */
public enum ModuleState {
  /** In the kernel, at this moment. */
  LOADED,
  /** In a file, from which it can be loaded. */
  NOT_LOADED,
  /** It is a part of this kernel, which has no such module therefore. */
  BUILT_IN,
  /** This kernel has no such module. */
  ABSENT
}
