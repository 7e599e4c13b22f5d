package dev.tapwright.server.settings;

import java.util.List;

/**
 * How {@code stapbpf} gets its privilege.
 *
 * @param prefix what is written in front of its command line; empty for none
 */
public record Elevation(List<String> prefix) {
  /** As the user is. */
  public static final Elevation NONE = new Elevation(List.of());

  /** A server has no terminal to type a password in. */
  public static final Elevation SUDO = new Elevation(List.of("sudo", "-n"));

  /** Asks by a dialog of the desktop. */
  public static final Elevation PKEXEC = new Elevation(List.of("pkexec"));

  /** Copies the list. */
  public Elevation {
    prefix = List.copyOf(prefix);
  }
}
