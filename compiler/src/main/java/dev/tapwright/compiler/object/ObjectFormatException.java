package dev.tapwright.compiler.object;

/** A file is no compiled script; says why. Becomes an {@link ObjectReading.Refused}. */
final class ObjectFormatException extends Exception {
  ObjectFormatException(String message) {
    super(message);
  }
}
