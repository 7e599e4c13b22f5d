package dev.tapwright.tests.benchmark;

import dev.tapwright.compiler.analysis.AnalysisResult;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.target.FixedTarget;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.syntax.ParseResult;
import dev.tapwright.syntax.SourceText;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Passes 1 and 2 in a warm process, by the length of the script; in such threads and with the
 * garbage collector that the language server has.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-XX:+UseSerialGC",
      "-Xmx1g",
      "-Djmh.executor=CUSTOM",
      "-Djmh.executor.class=dev.tapwright.tests.benchmark.DeepThreads"
    })
@Warmup(iterations = 3, time = 10)
@Measurement(iterations = 3, time = 5)
public class ParseAndAnalyze {
  /** Lines of the script. */
  @Param({"100", "1000", "10000", "100000"})
  public int lines;

  private final CompilerDriver driver =
      new CompilerDriver(
          CompilerSettings.defaults(),
          FixedTarget.of(KernelProfile.ofVersion(KernelVersion.parse("6.1").orElseThrow())));
  private String plain = "";
  private String macros = "";
  private int edits;

  /** Writes the scripts. */
  @Setup
  public void write() {
    plain = Scripts.ofLines(lines);
    macros = Scripts.ofMacros(lines);
  }

  /** Pass 1. */
  @Benchmark
  public ParseResult parse() {
    return driver.parse(new SourceText("<input>", plain));
  }

  /** Pass 1 of a script with a macro in most lines. */
  @Benchmark
  public ParseResult parseMacros() {
    return driver.parse(new SourceText("<input>", macros));
  }

  /** Passes 1 and 2 of a script that was edited a little, as an editor asks after a keystroke. */
  @Benchmark
  public AnalysisResult analyzeEdited() {
    int at = plain.indexOf("total +=", (edits * 997) % plain.length() / 2);
    String edited = plain.substring(0, at) + "x" + edits++ + " = 1; " + plain.substring(at);
    return driver.analyze(driver.parse(new SourceText("<input>", edited)).script());
  }
}
