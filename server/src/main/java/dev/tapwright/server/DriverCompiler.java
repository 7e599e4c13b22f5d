package dev.tapwright.server;

import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.server.snapshot.SnapshotCompiler;
import dev.tapwright.syntax.ParseResult;
import dev.tapwright.syntax.SourceText;

/** The compiler itself. */
final class DriverCompiler implements SnapshotCompiler {
  @Override
  public Compilation compile(SourceText source, CompilerSettings settings, Target target) {
    return CompilerDriver.compile(source, settings, target);
  }

  @Override
  public ParseResult parse(SourceText source, CompilerSettings settings, Target target) {
    return new CompilerDriver(settings, target).parse(source);
  }
}
