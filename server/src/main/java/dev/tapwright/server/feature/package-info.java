/** One class a capability: takes a snapshot, gives the protocol's answer. */
@NullMarked
package dev.tapwright.server.feature;

import org.jspecify.annotations.NullMarked;
