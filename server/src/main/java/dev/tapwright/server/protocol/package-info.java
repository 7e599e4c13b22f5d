/**
 * What our clients and the server say to each other beyond the Language Server Protocol: see {@code
 * docs/protocol.md}.
 */
@NullMarked
package dev.tapwright.server.protocol;

import org.jspecify.annotations.NullMarked;
