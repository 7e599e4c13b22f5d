package dev.tapwright.syntax;

import dev.tapwright.syntax.parser.Front;

/** Parses scripts. Stateless; any number of threads may parse at once. */
public final class ScriptParser {
  private ScriptParser() {}

  /** Parses a text. Never fails: see {@link ParseResult}. */
  public static ParseResult parse(SourceText source, ParseOptions options) {
    return DeepStack.call(() -> Front.parse(source, options));
  }
}
