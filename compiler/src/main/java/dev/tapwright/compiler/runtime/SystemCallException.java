package dev.tapwright.compiler.runtime;

import java.io.IOException;

/** A system call that failed, with the kernel's error number. */
final class SystemCallException extends IOException {
  private static final long serialVersionUID = 1;

  private final ErrorNumber error;

  SystemCallException(String call, int number) {
    super(call + ": " + ErrorNumber.describe(number));
    this.error = ErrorNumber.of(number);
  }

  /** Which error; {@link ErrorNumber#OTHER} for a number without a name here. */
  ErrorNumber error() {
    return error;
  }
}
