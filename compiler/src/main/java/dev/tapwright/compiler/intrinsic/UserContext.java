package dev.tapwright.compiler.intrinsic;

/** What a provided function can ask and do in the user-space machine. */
public interface UserContext {
  /** The process that runs the session. */
  long processId();

  /** The thread that runs the handler. */
  long threadId();

  /** Name of that process, at most 15 characters. */
  String processName();

  /** Its effective user. */
  long userId();

  /** Its effective group. */
  long groupId();

  /** The processor it runs on. */
  long processor();

  /** Wall-clock time, nanoseconds since 1970. */
  long realTimeNanoseconds();

  /** The process given by {@code -x} or started by {@code -c}; 0 when neither was. */
  long targetProcess();

  /** Ends the session once this handler is done; the handler goes on. */
  void exit();

  /** Sends a line to the session's warnings, with {@code WARNING: } before it and a newline after. */
  void warn(String message);

  /** Sends text to the session's output as it is. */
  void print(String text);

  /** The fault that {@code error()} raises; the caller throws it. */
  RuntimeException fault(String message);
}
