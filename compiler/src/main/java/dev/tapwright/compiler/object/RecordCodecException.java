package dev.tapwright.compiler.object;

/** Bytes are not what the encoder wrote. */
final class RecordCodecException extends Exception {
  RecordCodecException(String message) {
    super(message);
  }
}
