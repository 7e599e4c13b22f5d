/** Documents as the protocol sees them: URIs, versions, lines, positions, edits. */
@NullMarked
package dev.tapwright.server.text;

import org.jspecify.annotations.NullMarked;
