package dev.tapwright.syntax.parser;

import dev.tapwright.syntax.Span;
import java.util.List;

/**
 * What {@code @define} defines.
 *
 * @param name without {@code @}
 * @param nameSpan where it was defined
 * @param parameters their names; empty for a macro that is used without parentheses
 * @param body its tokens, and how their conditionals nest
 */
record Macro(String name, Span nameSpan, List<String> parameters, TokenRange body) {}
