package dev.tapwright.server.protocol;

/**
 * A run has begun.
 *
 * @param run its number
 */
public record RunResult(int run) {}
