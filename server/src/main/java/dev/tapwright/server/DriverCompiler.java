package dev.tapwright.server;

import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.tapset.CacheFolder;
import dev.tapwright.compiler.tapset.TapsetStore;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.server.snapshot.SnapshotCompiler;
import dev.tapwright.syntax.ParseResult;
import dev.tapwright.syntax.SourceText;
import java.util.function.BooleanSupplier;

/** The compiler itself, with a tapset library that it keeps from one compilation to the next. */
final class DriverCompiler implements SnapshotCompiler {
  private final TapsetStore library = new TapsetStore(CacheFolder.ofUser());

  @Override
  public Compilation compile(
      SourceText source, CompilerSettings settings, Target target, BooleanSupplier isSuperseded) {
    return new CompilerDriver(settings, target, library).compile(source, isSuperseded);
  }

  @Override
  public ParseResult parse(SourceText source, CompilerSettings settings, Target target) {
    return new CompilerDriver(settings, target, library).parse(source);
  }
}
