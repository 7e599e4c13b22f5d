/**
 * The language server: the Language Server Protocol on the outside, {@link
 * dev.tapwright.compiler.driver.CompilerDriver} on the inside.
 *
 * <p>Edits are applied on the thread that reads messages; everything that takes time runs on
 * threads of {@link dev.tapwright.server.snapshot.Workspace}, on an immutable {@link
 * dev.tapwright.server.snapshot.Snapshot}. One small class in {@code feature} a capability. What
 * the protocol does not say is in {@code docs/protocol.md}.
 */
@NullMarked
package dev.tapwright.server;

import org.jspecify.annotations.NullMarked;
