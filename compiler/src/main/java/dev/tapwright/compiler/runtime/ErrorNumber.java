package dev.tapwright.compiler.runtime;

/**
 * Error numbers that the kernel answers to the calls of a session: {@code
 * include/uapi/asm-generic/errno*.h}.
 */
enum ErrorNumber {
  EPERM(1, "Operation not permitted"),
  ENOENT(2, "No such file or directory"),
  ESRCH(3, "No such process"),
  EINTR(4, "Interrupted system call"),
  EIO(5, "Input/output error"),
  E2BIG(7, "Argument list too long"),
  EBADF(9, "Bad file descriptor"),
  EAGAIN(11, "Resource temporarily unavailable"),
  ENOMEM(12, "Cannot allocate memory"),
  EACCES(13, "Permission denied"),
  EFAULT(14, "Bad address"),
  EBUSY(16, "Device or resource busy"),
  EEXIST(17, "File exists"),
  ENODEV(19, "No such device"),
  EINVAL(22, "Invalid argument"),
  EMFILE(24, "Too many open files"),
  ENOSPC(28, "No space left on device"),
  ERANGE(34, "Numerical result out of range"),
  ENOSYS(38, "Function not implemented"),
  EILSEQ(84, "Invalid or incomplete multibyte or wide character"),
  EOPNOTSUPP(95, "Operation not supported"),
  EADDRNOTAVAIL(99, "Cannot assign requested address"),
  ENOTSUPP(524, "Unknown error 524"),
  /** Any other. */
  OTHER(0, "Unknown error");

  private final int number;
  private final String text;

  ErrorNumber(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /** As the C library's {@code strerror} words it. */
  String text() {
    return text;
  }

  static ErrorNumber of(int number) {
    for (ErrorNumber error : values()) {
      if (error.number == number) {
        return error;
      }
    }
    return OTHER;
  }

  /** The number in words, also when it has no name here. */
  static String describe(int number) {
    ErrorNumber error = of(number);
    return error == OTHER ? "Unknown error " + number : error.text;
  }
}
