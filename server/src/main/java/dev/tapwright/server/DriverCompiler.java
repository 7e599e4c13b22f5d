package dev.tapwright.server;

import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.server.snapshot.SnapshotCompiler;
import dev.tapwright.syntax.ParseOptions;
import dev.tapwright.syntax.ParseResult;
import dev.tapwright.syntax.ScriptParser;
import dev.tapwright.syntax.SourceText;
import java.util.Optional;

/** The compiler itself. */
final class DriverCompiler implements SnapshotCompiler {
  @Override
  public Compilation compile(SourceText source, CompilerSettings settings, Target target) {
    ParseResult parsed = parse(source, settings, target);
    return new Compilation(
        parsed.script(), Optional.empty(), Optional.empty(), Optional.empty(), parsed.diagnostics());
  }

  @Override
  public ParseResult parse(SourceText source, CompilerSettings settings, Target target) {
    return ScriptParser.parse(
        source,
        new ParseOptions(
            settings.arguments(),
            settings.isGuru(),
            new ParseOptions.Conditions("6.1", "6.1", "x86_64", "5.6", settings.isGuru(), _ -> "")));
  }
}
