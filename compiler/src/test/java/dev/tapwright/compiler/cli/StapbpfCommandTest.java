package dev.tapwright.compiler.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StapbpfCommandTest {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

  @TempDir Path directory;

  private int run(String... arguments) {
    return StapbpfCommand.run(
        List.of(arguments), new PrintStream(output), new PrintStream(messages));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          -q;           stapbpf: invalid option -- 'q'
          --bogus;      stapbpf: unrecognized option '--bogus'
          -x;           stapbpf: option requires an argument -- 'x'
          -v;           stapbpf: no bpf-file given
          a.bo b.bo;    stapbpf: more than one bpf-file given
          """)
  void refusesWrongArgumentsWithItsUsage(String arguments, String message) {
    assertThat(run(arguments.split(" "))).isEqualTo(1);
    assertThat(messages.toString(UTF_8)).startsWith(message + "\nUsage: stapbpf [-v]");
    assertThat(output).hasToString("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          -x abc a.bo;  stapbpf: Invalid process ID 'abc'
          -x -1 a.bo;   stapbpf: Invalid process ID '-1'
          /no/such.bo;  Error loading /no/such.bo: No such file or directory
          /;            Error loading /: Is a directory
          """)
  void saysWhatIsWrong(String arguments, String message) {
    assertThat(run(arguments.split(" "))).isEqualTo(1);
    assertThat(messages).hasToString(message + "\n");
  }

  @Test
  void refusesWhatIsNotACompiledScript() throws IOException {
    Path file = Files.writeString(directory.resolve("junk.bo"), "junk");
    assertThat(run(file.toString())).isEqualTo(1);
    assertThat(messages.toString(UTF_8)).startsWith("Error loading " + file + ": ").hasLineCount(1);
  }

  @Test
  void givesHelpAndVersion() {
    assertThat(run("--help")).isZero();
    assertThat(output.toString(UTF_8)).startsWith("Usage: stapbpf");
    output.reset();
    assertThat(run("-V")).isZero();
    assertThat(output.toString(UTF_8)).contains("version");
    assertThat(messages).hasToString("");
  }
}
