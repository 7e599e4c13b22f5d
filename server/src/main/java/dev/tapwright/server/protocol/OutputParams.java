package dev.tapwright.server.protocol;

/**
 * Some output of a run.
 *
 * @param run its number
 * @param uri the document that runs
 * @param stream {@code stdout} or {@code stderr}
 * @param text the next characters; lines may be split
 */
public record OutputParams(int run, String uri, String stream, String text) {}
