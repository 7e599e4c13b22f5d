package dev.tapwright.server.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The code of a document's kernel probes, for people.
 *
 * @param version of the document; null when it is not open
 * @param code the listing; null when there are errors
 */
public record CodeResult(@Nullable Integer version, @Nullable String code) {}
