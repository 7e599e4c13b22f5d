/** One immutable snapshot a document version, and the threads that compile it. */
@NullMarked
package dev.tapwright.server.snapshot;

import org.jspecify.annotations.NullMarked;
