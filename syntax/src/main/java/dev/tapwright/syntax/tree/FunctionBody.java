package dev.tapwright.syntax.tree;

/** What a function does: a block of the language, or embedded code. */
public sealed interface FunctionBody extends Node permits Statement.Block, EmbeddedCode {}
