package dev.tapwright.syntax.tree;

import dev.tapwright.syntax.Span;

/** A node of the tree. */
public sealed interface Node
    permits Declaration,
        FunctionBody,
        GlobalVariableDeclaration,
        Identifier,
        IndexElement,
        LoopVariable,
        Parameter,
        ProbeComponent,
        ProbePoint,
        Script,
        Statement {
  /** Where it was written. */
  Span span();
}
