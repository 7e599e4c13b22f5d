package dev.tapwright.server.protocol;

/**
 * What the server is doing.
 *
 * @param state {@code loading} while facts of the machine are being read, else {@code ready}
 * @param targetKernel the kernel that scripts are checked for
 * @param message a sentence for people
 */
public record StatusParams(String state, String targetKernel, String message) {}
