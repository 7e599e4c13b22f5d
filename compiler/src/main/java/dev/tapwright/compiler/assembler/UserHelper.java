package dev.tapwright.compiler.assembler;

import java.util.Arrays;
import java.util.Optional;

/** What {@code stapbpf} offers to blocks that run in user space, by numbers of its own. */
public enum UserHelper {
  /** Wall-clock time, nanoseconds since 1970. */
  REAL_TIME(-4, 0),
  /** The process given by {@code -x} or {@code -c}. */
  TARGET_PROCESS(-5, 0),
  /** Sets the text of the file whose handler runs. */
  SET_FILE_TEXT(-6, 1),
  /** Adds to it. */
  APPEND_FILE_TEXT(-7, 1),
  /** Gives it. */
  FILE_TEXT(-8, 0);

  private final int id;
  private final int arguments;

  UserHelper(int id, int arguments) {
    this.id = id;
    this.arguments = arguments;
  }

  /** How many arguments it takes. */
  public int arguments() {
    return arguments;
  }

  /** That of a number. */
  public static Optional<UserHelper> of(long id) {
    return Arrays.stream(values()).filter(helper -> helper.id == id).findFirst();
  }
}
