package dev.tapwright.compiler.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages are those of the packaged {@code stap} 4.8 where it has the option. */
class StapCommandTest {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
  private String input = "";

  @TempDir Path directory;

  private int run(String... arguments) {
    try (PrintStream out = new PrintStream(output, true, UTF_8);
        PrintStream err = new PrintStream(messages, true, UTF_8)) {
      return StapCommand.run(
          List.of(arguments), new ByteArrayInputStream(input.getBytes(UTF_8)), out, err);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          --nosuch a.stp!           stap: unrecognized option '--nosuch'
          --nosuch=3!               stap: unrecognized option '--nosuch=3'
          -Z a.stp!                 stap: invalid option -- 'Z'
          -u=1!                     stap: invalid option -- '='
          --bpf=1!                  stap: option '--bpf' doesn't allow an argument
          --dump=3!                 stap: option '--dump=3' is ambiguous; possibilities: '--dump-probe-types' '--dump-probe-aliases' '--dump-functions'
          --tmpdir!                 stap: option '--tmpdir' requires an argument
          -l!                       stap: option requires an argument -- 'l'
          -vI!                      stap: option requires an argument -- 'I'
          -v!                       A script must be specified.
          -c ls -x 1 a.stp!         You can't specify -c and -x together.
          -p1 -l begin!             Cannot specify -p with -l/-L/--dump-* switches.
          --dump-f -p2!             Cannot specify -p with -l/-L/--dump-* switches.
          -e probe -l begin!        Cannot specify a script with -l/-L/--dump-* switches.
          --json a.stp!             stap: --json is for --check
          """)
  void refusesWrongOptionsAndPointsToTheHelp(String arguments, String message) {
    assertThat(run(arguments.split(" "))).isEqualTo(1);
    assertThat(messages).hasToString(message + "\nTry '--help' for more information.\n");
    assertThat(output).hasToString("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          -p9 --nosuch!             Invalid pass number (should be 1-5).
          -p a.stp!                 Invalid pass number (should be 1-5).
          --vp abc a.stp!           Invalid --vp argument: it takes 1 to 5 digits.
          --vp 123456!              Invalid --vp argument: it takes 1 to 5 digits.
          -x foo a.stp!             Invalid target process ID number.
          -T 0 a.stp!               Invalid timeout interval.
          -s 0 a.stp!               Invalid buffer size (should be 1-4095).
          -s 4096 a.stp!            Invalid buffer size (should be 1-4095).
          --download-debuginfo=foo! ERROR: foo is not a valid value. Use 'yes', 'no', 'ask' or a timeout value.
          -T -5 a.stp!              Invalid timeout interval.
          -D 1x a.stp!              ERROR: Safety pattern mismatch for -D parameter ('1x' vs. '^[a-z_][a-z_0-9]*(=-?[a-z_0-9]+)?$') rc=1
          -DMAXERRORS=few!          stap: -D MAXERRORS takes a number, not 'few'
          -m bad-name a.stp!        ERROR: Safety pattern mismatch for -m parameter ('bad-name' vs. '^[a-z0-9_]+$') rc=1
          --runtime a.stp!          ERROR: a.stp is an invalid argument for --runtime
          --runtime=dyninst!        ERROR: --runtime=dyninst unavailable; this build lacks DYNINST feature
          --privilege=foo!          Invalid argument 'foo' for --privilege.
          --color=foo!              Invalid argument 'foo' for --color.
          --prologue-searching=foo! Invalid argument 'foo' for --prologue-searching.
          -e a -e b!                Only one script can be given on the command line.
          -l a -L b -Z!             ERROR: only one of the -l/-L/--dump-* switches may be specified
          -r 3.0 a.stp!             stap: option '-r' is not supported: BPF needs no kernel build tree; --bpf-kernel=VERSION compiles for another kernel
          --bpf-kernel=x a.stp!     stap: --bpf-kernel takes 'host' or a kernel version such as 4.14, not 'x'
          """)
  void saysWhatIsWrong(String arguments, String message) {
    assertThat(run(arguments.split(" "))).isEqualTo(1);
    assertThat(messages).hasToString(message + "\n");
    assertThat(output).hasToString("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          -p 1 -!                   the value apart
          -p1 -vw --!               letters together
          - -p1!                    an option behind the script
          -p2 -p1 -!                the last of two passes
          -p1 --runt=bpf --tmp=x -! names cut short
          -P --ldd -d ls -s 9 -p1 -! what has no effect on BPF
          -x 0 -p1 -!               no process
          -DNAME=text -p1 -!        a macro of C code
          """)
  void readsOptionsAsGetoptDoes(String arguments, String form) {
    input = "probe begin { exit() }";
    String[] given =
        Stream.of(arguments.split(" "))
            .map(each -> each.equals("--") ? "-" : each)
            .toArray(String[]::new);
    assertThat(run(given)).as(form + "\n" + messages).isZero();
    assertThat(output.toString(UTF_8)).startsWith("# parse tree dump\n# file <input>\nprobe begin");
  }

  @Test
  void printsAdditionalScriptsBehindTheMainOne() {
    assertThat(run("-p1", "-T", "1", "-E", "global n", "-e", "probe begin { n }")).isZero();
    assertThat(output.toString(UTF_8).replaceAll("\\s+", " "))
        .isEqualTo("# parse tree dump # file <input> probe begin { n; } # file <input1> global n ");
  }

  @Test
  void refusesAnEmptyCommandAndAnEmptyModuleName() {
    assertThat(run("-c", "", "-p1", "-")).isEqualTo(1);
    assertThat(run("-m", "", "-p1", "-")).isEqualTo(1);
    assertThat(messages).hasToString("Empty CMD string invalid.\nModule name cannot be empty.\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          print($1)                        ! 2 3
          print(@2)                        ! 1 3
          print($#)                        ! 1 2 3
          %( 1 == 2 %? print($1 . @3) %)   ! 2
          print(1) /* $1 */                ! 1 2 3
          nosuch($1, $2, $3)               !
          println() @nosuch                ! none of a script that does not parse
          """)
  void warnsOfArgumentsThatTheScriptDoesNotName(String statement, String unused) {
    run("-p2", "-e", "probe begin { print(0) " + statement + " }", "1", "2", "3");
    String numbers = unused == null ? "" : unused;
    List<String> warnings =
        numbers
            .chars()
            .filter(Character::isDigit)
            .mapToObj(Character::toString)
            .map(each -> "WARNING: unused command line option $%s/@%s".formatted(each, each))
            .toList();
    assertThat(messages.toString(UTF_8).lines().filter(line -> line.contains("unused command")))
        .containsExactlyElementsOf(warnings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          print($a) print($b->c[1]$)              ! print(0); print(0)
          print($$vars)                           ! print(0)
          if (@defined($a)) print(1) else print(2)! print(2)
          print(&$a)                              ! print(0)
          """)
  void putsZeroForContextVariablesThatAreNotThere(String statements, String body) {
    String script = "probe begin { " + statements + " }";
    assertThat(run("-p2", "-v", "--bpf", "--skip-badvars", "-e", script)).isZero();
    assertThat(output.toString(UTF_8).replaceAll("\\s+", " ")).contains("{ " + body);
    boolean isBad = !statements.contains("@defined");
    assertThat(messages.toString(UTF_8).contains("Bad $context variable being substituted"))
        .isEqualTo(isBad);
    assertThat(run("-p2", "-e", script)).isEqualTo(isBad ? 1 : 0);
  }

  @Test
  void skipsNoBadVariableThatIsWrittenOrNoContextVariable() {
    assertThat(run("-p2", "-g", "--skip-badvars", "-e", "probe begin { $a = 1 }")).isEqualTo(1);
    assertThat(run("-p2", "--skip-badvars", "-e", "probe begin { print(@var(\"a\")) }"))
        .isEqualTo(1);
    assertThat(messages.toString(UTF_8))
        .contains("Expecting lvalue for assignment", "unresolved @var() expression");
  }

  @Test
  void takesWhatStandsBehindTwoHyphensAsArgumentsOfTheScript() {
    assertThat(run("-p1", "-e", "probe begin { println(@1) }", "--", "-v")).isZero();
    assertThat(output.toString(UTF_8)).contains("\"-v\"");
  }

  @Test
  void printsBodiesWhenItIsToldToSayMore() {
    input = "global n = 3 function f(x) { return x + n } probe begin { n++ println(f(1)) }";
    assertThat(run("-p2", "-v", "--bpf", "-")).isZero();
    assertThat(output)
        .hasToString(
            """
            # globals
            n:long = 3
            # functions
            f:long (x:long)
            { return (x) + (__global_n) }
            # probes
            begin /* <- begin */
            { {
            (__global_n)++;
            println(__global_f__overload_0(1));
            } }
            """);
  }

  @Test
  void suppressesErrorsOfHandlers() {
    input = "probe tick = begin { error(\"a\") } probe tick { println(1 / 0) }";
    assertThat(run("-p2", "-v", "--bpf", "--suppress-handler-errors", "-")).isZero();
    assertThat(output.toString(UTF_8))
        .contains(
            "try {\n__global_error__overload_0(\"a\")\n} catch {\n}",
            "try {\nprintln((1) / (0))\n} catch");
  }

  @Test
  void checksFilesEachByItself() throws IOException {
    Path good = Files.writeString(directory.resolve("good.stp"), "probe begin { exit() }\n");
    Path bad =
        Files.writeString(
            directory.resolve("bad.stp"), "probe begin {\n\tprintln(\"ä\", prinltn(2))\n}\n");
    assertThat(run("--check", good.toString())).isZero();
    assertThat(output).hasToString("");
    assertThat(run("--check", good.toString(), bad.toString())).isEqualTo(1);
    assertThat(messages).hasToString("");
    assertThat(output.toString(UTF_8))
        .startsWith(bad + ":2:16: error: unresolved function prinltn")
        .contains(
            " [unresolved-function]\n  \tprintln(\"ä\", prinltn(2))\n  \t             ^~~~~~~\n");
  }

  @Test
  void checksAsJson() {
    input = "global g probe begin { println(g + 1) }";
    assertThat(run("--check", "--json", "-")).isZero();
    assertThat(output.toString(UTF_8))
        .startsWith(
            "[{\"file\":\"<input>\",\"range\":{\"start\":{\"line\":1,\"column\":8},\"end\":{\"line\":1,\"column\":9}},\"severity\":\"warning\",\"code\":\"")
        .endsWith("}]\n");
    output.reset();
    assertThat(run("--check", "--json", "-w", "-")).isZero();
    assertThat(output).hasToString("[]\n");
  }

  @Test
  void saysThatAFileToCheckIsMissing() {
    assertThat(run("--check", "--json", directory.resolve("none.stp").toString())).isEqualTo(1);
    assertThat(output).hasToString("[]\n");
    assertThat(messages.toString(UTF_8)).startsWith("Input file '").endsWith("' is missing.\n");
  }

  @Test
  void explainsDiagnostics() {
    String launchers = System.getProperty("tapwright.bin", "");
    System.setProperty("tapwright.bin", Path.of("../bin").toAbsolutePath().toString());
    try {
      assertThat(run("--explain", "bpf-loop")).isZero();
      assertThat(output.toString(UTF_8)).startsWith("# bpf-loop\n").contains("## After\n");
      output.reset();
      assertThat(run("--explain")).isZero();
      assertThat(output.toString(UTF_8)).startsWith("# Diagnostics\n").contains("[bpf-loop](");
      output.reset();
      assertThat(run("--explain", "../../README")).isEqualTo(1);
      assertThat(run("--explain", "bpf-lop")).isEqualTo(1);
      assertThat(output).hasToString("");
      assertThat(messages.toString(UTF_8))
          .contains("stap: there is no diagnostic 'bpf-lop' (similar: bpf-loop, ");
    } finally {
      System.setProperty("tapwright.bin", launchers);
    }
  }
}
