/**
 * How a text becomes a tree: characters → tokens ({@code ScriptLexer}, generated) → macros,
 * conditionals and arguments ({@code Preprocessor}) → roles ({@code TokenRoles}) → parse contexts
 * ({@code ScriptGrammar}, generated) → tree ({@code TreeBuilder}). Used by {@link
 * dev.tapwright.syntax.ScriptParser} alone.
 */
@NullMarked
package dev.tapwright.syntax.parser;

import org.jspecify.annotations.NullMarked;
