package dev.tapwright.tests.benchmark;

import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.compiler.object.ElfObjectWriter;
import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.syntax.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * The handlers of {@code tests/benchmark/kernel} from text to object in a warm process, for this
 * machine; run from the project's folder.
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
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 3, time = 5)
public class Compile {
  /** The handler. */
  @Param({"count", "statistic", "string-key", "printf", "loop", "filter"})
  public String handler = "";

  private final CompilerDriver driver =
      new CompilerDriver(CompilerSettings.defaults(), LiveTarget.open());
  private String text = "";

  /** Reads the script. */
  @Setup
  public void read() throws IOException {
    text = Files.readString(Path.of("tests/benchmark/handlers", handler + ".stp"));
  }

  /** Passes 1 to 4. */
  @Benchmark
  public BpfObject compile() {
    return driver.compile(new SourceText(handler, text)).object().orElseThrow();
  }

  /** The same, and the bytes of the file. */
  @Benchmark
  public byte[] compileToFile() {
    return ElfObjectWriter.write(compile());
  }
}
