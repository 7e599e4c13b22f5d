/**
 * A scripted session, from which Java learns which classes to keep ready in its ahead-of-time
 * cache.
 */
@NullMarked
package dev.tapwright.server.rehearsal;

import org.jspecify.annotations.NullMarked;
