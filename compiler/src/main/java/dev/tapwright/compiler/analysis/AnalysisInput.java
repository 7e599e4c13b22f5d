package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.target.Target;
import java.nio.file.Path;

/**
 * What analysis depends on besides the script.
 *
 * @param target the machine that the script is for
 * @param workingDirectory what relative paths in probe points are relative to, absolute
 * @param library the tapset library
 * @param isOptimized whether what has no effect is left out; {@code -u} keeps it
 * @param isGuru whether the script may write to the traced program: {@code -g}
 * @param skipsBadVariables whether context variables that are not there are 0: {@code
 *     --skip-badvars}
 */
public record AnalysisInput(
    Target target,
    Path workingDirectory,
    TapsetLibrary library,
    boolean isOptimized,
    boolean isGuru,
    boolean skipsBadVariables) {
  /** Without a library, optimized, and without {@code -g}. */
  public AnalysisInput(Target target, Path workingDirectory) {
    this(target, workingDirectory, TapsetLibrary.NONE, true, false, false);
  }

  /** For a machine, with paths relative to the current directory. */
  public static AnalysisInput of(Target target) {
    return new AnalysisInput(target, Path.of("").toAbsolutePath());
  }
}
