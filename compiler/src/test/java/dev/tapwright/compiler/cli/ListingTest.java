package dev.tapwright.compiler.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is listed is what the packaged {@code stap} 4.8 lists of the same library file. */
class ListingTest {
  private static final String LIBRARY =
      """
      probe zz.o = timer.s(1) { zz = 1 aa = "x" mm = 2 }
      probe zz.u = timer.s(2), begin { nm = "k" }
      probe zz.many = zz.o, zz.u { x1 = 1 }
      probe zz.many.return = end { }
      probe zz.ep += begin { ee = 1 }
      probe zz.both = begin { bb = 1 }, { ff = zzf(1) }
      probe zz.two = zz.three = begin { t2 = 1 }
      probe zz.none = process("/no/such").function("x") { }
      probe zz.optional = process("/no/such").function("x")? { }
      probe zz.__own = begin { }
      probe _zz.own = begin { }
      function zzf(a) { return "x" }
      function zzg(a, b) { return a + b }
      function __zzh() { return 1 }
      private function zzi() { return 1 }
      """;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

  @TempDir static Path directory;

  @BeforeAll
  static void writeLibrary() throws IOException {
    Files.writeString(directory.resolve("zz.stp"), LIBRARY);
  }

  private int run(String... arguments) {
    List<String> all =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of("-I", directory.toString()),
                java.util.stream.Stream.of(arguments))
            .toList();
    try (PrintStream out = new PrintStream(output, true, UTF_8);
        PrintStream err = new PrintStream(messages, true, UTF_8)) {
      return StapCommand.run(all, InputStream.nullInputStream(), out, err);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          begin                 | begin
          begin?                | begin?
          begin if (1)          | begin if (1)
          end,begin,end         | begin; end
          {begin,end}           | begin; end
          be*                   | begin
          timer.*(200000)       | timer.jiffies(200000); timer.ms(200000); timer.msec(200000); timer.ns(200000); timer.nsec(200000); timer.us(200000); timer.usec(200000)
          zz.*                  | zz.__own zz.both bb:long ff:string zz.ep ee:long zz.many x1:long zz.o zz:long aa:string mm:long zz.three t2:long zz.two t2:long zz.u nm:string
          zz.many**             | zz.many x1:long; zz.many.return
          zz.{o,u}              | zz.o zz:long aa:string mm:long; zz.u nm:string
          zz.o,nothing          | zz.o zz:long aa:string mm:long
          zz.u?                 | zz.u nm:string
          *z.own                | _zz.own
          """)
  void listsWithVariables(String pattern, String lines) {
    assertThat(run("-L", pattern)).as(messages.toString(UTF_8)).isZero();
    assertThat(String.join("; ", output.toString(UTF_8).strip().split("\n")).replace("; zz", " zz"))
        .isEqualTo(lines.replace("; zz", " zz"));
    assertThat(messages).hasToString("");
  }

  @ParameterizedTest
  @CsvSource({"nothing.here", "zz.none", "zz.optional", "timer.x*", "timer.s(0)"})
  void saysByItsStatusThatNothingMatches(String pattern) {
    assertThat(run("-l", pattern)).isEqualTo(1);
    assertThat(output).hasToString("");
    assertThat(messages).hasToString("");
  }

  @Test
  void saysWhatIsWrongWithThePattern() {
    assertThat(run("-l", "foo(")).isEqualTo(1);
    assertThat(messages.toString(UTF_8))
        .startsWith(
            "parse error: expected literal string or number\n        saw: operator '{' at <input>:1:12\n");
  }

  @Test
  void dumpsAliasesFunctionsAndTypes() {
    assertThat(run("--dump-probe-aliases")).isZero();
    assertThat(output.toString(UTF_8).lines())
        .contains("zz.u = timer.s(2), begin", "zz.ep += begin", "zz.two = zz.three = begin")
        .noneMatch(line -> line.startsWith("_"))
        .isSorted();
    output.reset();
    assertThat(run("--dump-functions")).isZero();
    assertThat(output.toString(UTF_8).lines())
        .contains("zzf:unknown (a:unknown)", "zzg:long (a:long, b:long)", "exit:unknown ()")
        .noneMatch(line -> line.startsWith("__") || line.startsWith("zzi"))
        .isSorted();
    output.reset();
    assertThat(run("--dump-probe-types")).isZero();
    assertThat(output.toString(UTF_8).lines())
        .contains("begin", "begin(number)", "timer.s(number)", "kernel.trace(string)")
        .isSorted();
  }
}
