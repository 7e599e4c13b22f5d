package dev.tapwright.compiler.runtime;

/**
 * The kernel refused an operation on a map of ours that cannot fail for any reason that a script
 * could cause.
 */
final class MapFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  MapFault(KernelMap map, SystemCallException cause) {
    super("map " + map.definition().name() + ": " + cause.getMessage(), cause);
  }
}
