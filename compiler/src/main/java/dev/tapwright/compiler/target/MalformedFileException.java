package dev.tapwright.compiler.target;

/**
 * A file of the machine is not what it should be. Stays inside this package: outside, the fact is
 * absent.
 */
final class MalformedFileException extends Exception {
  MalformedFileException(String message) {
    super(message);
  }
}
