package dev.tapwright.server.protocol;

/**
 * A run has ended.
 *
 * @param run its number
 * @param uri the document that ran
 * @param exitStatus of {@code stapbpf}, or of the program that elevates it
 */
public record EndedParams(int run, String uri, int exitStatus) {}
