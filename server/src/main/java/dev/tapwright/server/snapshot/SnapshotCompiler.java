package dev.tapwright.server.snapshot;

import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.syntax.ParseResult;
import dev.tapwright.syntax.SourceText;
import java.util.function.BooleanSupplier;

/** The compiler as the server sees it: {@code CompilerDriver}, or a stand-in of a test. */
public interface SnapshotCompiler {
  /**
   * Does everything.
   *
   * @param isSuperseded whether the result is not wanted any more; then a {@link
   *     java.util.concurrent.CancellationException} may come instead of it
   */
  Compilation compile(
      SourceText source, CompilerSettings settings, Target target, BooleanSupplier isSuperseded);

  /** Only parses, which asks nothing of the machine but its kernel's version. */
  ParseResult parse(SourceText source, CompilerSettings settings, Target target);
}
