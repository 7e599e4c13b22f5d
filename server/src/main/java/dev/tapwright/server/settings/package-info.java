/** What the user chose, read from whatever a client sends. */
@NullMarked
package dev.tapwright.server.settings;

import org.jspecify.annotations.NullMarked;
