package dev.tapwright.compiler.cli;

import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Script;
import dev.tapwright.syntax.tree.Statement;
import java.util.List;
import java.util.Optional;

/**
 * {@code --suppress-handler-errors}: every handler of the script, and every block of its aliases,
 * as if {@code try { … } catch { }} stood around it.
 */
final class SuppressedErrors {
  private SuppressedErrors() {}

  /** The script with its errors caught. */
  static Script in(Script script) {
    return new Script(
        script.span(), script.declarations().stream().map(SuppressedErrors::caught).toList());
  }

  private static Declaration caught(Declaration declaration) {
    return switch (declaration) {
      case Declaration.Probe probe ->
          new Declaration.Probe(
              probe.span(), probe.isPrivate(), probe.points(), caught(probe.body()));
      case Declaration.Alias alias ->
          new Declaration.Alias(
              alias.span(),
              alias.isPrivate(),
              alias.names(),
              alias.points(),
              caught(alias.body()),
              alias.epilogue().map(SuppressedErrors::caught));
      default -> declaration;
    };
  }

  private static Statement.Block caught(Statement.Block body) {
    if (body.statements().isEmpty()) {
      return body;
    }
    Statement.Block nothing = new Statement.Block(body.span(), List.of());
    return new Statement.Block(
        body.span(), List.of(new Statement.Try(body.span(), body, Optional.empty(), nothing)));
  }
}
