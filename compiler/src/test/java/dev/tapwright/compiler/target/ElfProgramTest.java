package dev.tapwright.compiler.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.target.UserProgramFile.UserFunction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElfProgramTest {
  private static final String SOURCE =
      """
      static int twice(int n) { return 2 * n; }
      int work(int n) { return twice(n) + 1; }
      static void *resolve(void) { return (void *) work; }
      int chosen(int n) __attribute__((ifunc("resolve")));
      int main(void) { return work(chosen(1)) == 0; }
      """;

  @TempDir private Path directory;

  private Path compile(String... options) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "gcc is not installed");
    Path source = Files.writeString(directory.resolve("program.c"), SOURCE);
    Path program = directory.resolve("program");
    List<String> command =
        new ArrayList<>(List.of("gcc", "-O0", "-o", program.toString(), source.toString()));
    command.addAll(List.of(options));
    String log = output(command);
    assertThat(program).as(log).exists();
    return program;
  }

  private String output(List<String> command) throws IOException, InterruptedException {
    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.waitFor();
    return Files.readString(log, StandardCharsets.ISO_8859_1);
  }

  private static UserProgramFile read(Path path) {
    return ElfProgram.read(path).orElseThrow();
  }

  /** The bytes at a function's offset are those that objdump shows at its address. */
  @ParameterizedTest
  @ValueSource(strings = {"-pie", "-no-pie", "-static"})
  void findsFunctionsOfPrograms(String option) throws Exception {
    Path program = compile(option);
    UserProgramFile file = read(program);
    UserFunction work = file.functionsMatching("work").getFirst();
    assertThat(file.functionsMatching("twice")).hasSize(1);
    assertThat(file.functionsMatching("chosen")).as("an indirect function").isEmpty();
    assertThat(file.functionsMatching("main").stream().map(UserFunction::name))
        .containsExactly("main");
    assertThat(work.size()).isPositive();
    assertThat(work.address() != work.fileOffset()).isEqualTo(!option.equals("-pie"));
    byte[] bytes = Files.readAllBytes(program);
    byte[] code =
        Arrays.copyOfRange(bytes, (int) work.fileOffset(), (int) (work.fileOffset() + work.size()));
    assertThat(hexadecimal(code)).startsWith(disassembled(program, work));
  }

  private static String hexadecimal(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte one : bytes) {
      text.append(String.format("%02x", one));
    }
    return text.toString();
  }

  private String disassembled(Path program, UserFunction function) throws Exception {
    String start = "0x" + Long.toHexString(function.address());
    String stop = "0x" + Long.toHexString(function.address() + function.size());
    String text =
        output(
            List.of(
                "objdump",
                "-s",
                "--start-address=" + start,
                "--stop-address=" + stop,
                program.toString()));
    String line = text.lines().filter(each -> each.startsWith(" ")).findFirst().orElseThrow();
    return line.strip()
        .substring(line.strip().indexOf(' ') + 1)
        .substring(0, 35)
        .replace(" ", "")
        .strip();
  }

  @Test
  void strippedProgramsHaveTheirDynamicSymbols() throws Exception {
    Path program = compile("-s", "-rdynamic");
    assertThat(read(program).functionsMatching("work")).hasSize(1);
    assertThat(read(program).functionsMatching("twice")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/bin/bash",
    "/usr/bin/python3",
    "/lib/x86_64-linux-gnu/libc.so.6",
    "/bin/busybox"
  })
  void findsWhatReadelfFinds(String name) throws Exception {
    Path path = Path.of(name);
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/readelf")), "readelf is not installed");
    assumeTrue(Files.isRegularFile(path), "there is no " + name);
    Set<String> expected = new TreeSet<>();
    for (String line :
        output(List.of("readelf", "-sW", path.toRealPath().toString())).lines().toList()) {
      String[] fields = line.strip().split("\\s+");
      if (fields.length >= 8 && fields[3].equals("FUNC") && !fields[6].equals("UND")) {
        expected.add(fields[1] + " " + fields[7].replaceAll("@.*", ""));
      }
    }
    Set<String> found =
        read(path).functionsMatching("*").stream()
            .map(function -> String.format("%016x %s", function.address(), function.name()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"/usr/bin/bash", "/usr/bin/python3", "/usr/bin/gcc", "/bin/busybox"})
  void findsTheStubsThatObjdumpFinds(String name) throws Exception {
    Path path = Path.of(name);
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/objdump")), "objdump is not installed");
    assumeTrue(Files.isRegularFile(path), "there is no " + name);
    List<String> command =
        List.of("objdump", "-d", "-j", ".plt", "-j", ".plt.sec", path.toRealPath().toString());
    List<String> expected =
        output(command)
            .lines()
            .filter(line -> line.endsWith("@plt>:"))
            .map(line -> line.replaceAll("[<>]|@.*", ""))
            .toList();
    assertThat(read(path).linkage())
        .extracting(entry -> String.format("%016x %s", entry.address(), entry.name()))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void aProgramBuiltAnewIsReadAnew() throws Exception {
    ProgramFiles programs = new ProgramFiles();
    Path program = compile();
    assertThat(programs.program(program).orElseThrow().functionsMatching("work")).hasSize(1);
    Files.writeString(program, "no program any more");
    assertThat(programs.program(program)).isEmpty();
    assertThat(programs.program(Path.of("/dev/zero"))).isEmpty();
  }

  @Test
  void damageIsNoMoreThanAnAbsence() throws Exception {
    byte[] file = Files.readAllBytes(compile("-s"));
    Path damaged = directory.resolve("damaged");
    // Header, table of segments; then the table of sections at the end.
    for (int i = 0; i < file.length; i = i == 1023 ? file.length - 2048 : i + 1) {
      byte[] bytes = file.clone();
      bytes[i] ^= (byte) 0xff;
      Files.write(damaged, bytes);
      ElfProgram.read(damaged)
          .ifPresent(
              program -> {
                assertThat(program.functionsMatching("*")).isNotNull();
                assertThat(program.linkage()).isNotNull();
              });
    }
    for (int length = 0; length < file.length; length += 97) {
      Files.write(damaged, Arrays.copyOf(file, length));
      ElfProgram.read(damaged)
          .ifPresent(program -> assertThat(program.functionsMatching("*")).isNotNull());
    }
  }
}
