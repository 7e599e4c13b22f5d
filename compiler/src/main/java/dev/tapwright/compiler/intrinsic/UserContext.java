package dev.tapwright.compiler.intrinsic;

import java.util.Optional;

/** What a provided function can ask and do in the user-space machine. Supplied by the machine. */
public interface UserContext extends UserHost {
  /** The fault that {@code error()} raises, which {@code try} can catch; the caller throws it. */
  RuntimeException fault(String message);

  /** What ends the handler in silence, past every {@code catch}; the caller throws it. */
  RuntimeException endOfHandler();

  /** The handler's probe point as {@code pp()} gives it. */
  String probePoint();

  /** The handler's probe point as {@code pn()} gives it. */
  String scriptPoint();

  /**
   * A part of what the handler's last {@code =~} matched.
   *
   * @param group 0 for all of it, else the number of a parenthesis
   * @return empty when it did not match, or has no such group; an empty string for a group that
   *     took no part
   */
  Optional<String> matched(long group);

  /**
   * How many groups the handler's last {@code =~} matched, all of it among them; empty when it did
   * not match.
   */
  Optional<Long> matchedGroups();

  /** Bytes that a string can have. */
  int stringLength();

  /** What {@code tokenize()} left to itself. */
  String tokenizerRest();

  /** Keeps text for the next {@code tokenize()}. */
  void keepTokenizerRest(String rest);
}
