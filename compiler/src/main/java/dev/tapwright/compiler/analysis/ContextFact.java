package dev.tapwright.compiler.analysis;

import java.util.OptionalInt;

/**
 * What is known of an expression that names data of the traced program, for whoever shows it.
 *
 * @param type as C writes it, such as {@code struct file *}
 * @param structure the number of the structure whose members may follow {@code ->}; empty for none
 */
public record ContextFact(String type, OptionalInt structure) {}
