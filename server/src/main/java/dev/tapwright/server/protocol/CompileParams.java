package dev.tapwright.server.protocol;

import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a document to be compiled.
 *
 * @param textDocument the document; a client may forget it
 */
public record CompileParams(@Nullable TextDocumentIdentifier textDocument) {}
