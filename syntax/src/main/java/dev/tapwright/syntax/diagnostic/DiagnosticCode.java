package dev.tapwright.syntax.diagnostic;

/**
 * The lasting name of one kind of diagnostic, such as {@code bpf-loop}: lower case words joined by
 * hyphens. Declared as a constant in the registry of the stage that reports it.
 *
 * @param name the name
 */
public record DiagnosticCode(String name) {}
