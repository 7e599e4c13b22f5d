package dev.tapwright.server.protocol;

import java.util.List;
import org.eclipse.lsp4j.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * What compiling a document gave.
 *
 * @param version of the document; null when it was read from its file
 * @param object path of the object file; null when there are errors
 * @param errors how many diagnostics are errors
 * @param diagnostics as published
 * @param command how to run it, without elevation; empty when there is no object
 * @param needsPrivilege whether some of it runs in the kernel
 */
public record CompileResult(
    @Nullable Integer version,
    @Nullable String object,
    int errors,
    List<Diagnostic> diagnostics,
    List<String> command,
    boolean needsPrivilege) {}
