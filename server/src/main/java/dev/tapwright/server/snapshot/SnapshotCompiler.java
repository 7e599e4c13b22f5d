package dev.tapwright.server.snapshot;

import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.syntax.ParseResult;
import dev.tapwright.syntax.SourceText;

/** The compiler as the server sees it: {@code CompilerDriver}, or a stand-in of a test. */
public interface SnapshotCompiler {
  /** Does everything. */
  Compilation compile(SourceText source, CompilerSettings settings, Target target);

  /** Only parses, which asks nothing of the machine but its kernel's version. */
  ParseResult parse(SourceText source, CompilerSettings settings, Target target);
}
