package dev.tapwright.compiler.tapset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.cli.StapCommand;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every function and alias of our own library is described, and means something without error or
 * warning when it is used on this machine's kernel. Aliases of places that this kernel lacks are
 * reported.
 */
final class LibraryUseTest {
  private static final int SAMPLE = 50;

  private static final Pattern DECLARATION =
      Pattern.compile("(?m)^(private )?(function|probe|global) ([\\w.]+)(.*)$");
  private static final Pattern PARAMETERS = Pattern.compile("^(?::(\\w+))?\\s*\\(([^)]*)\\)");
  private static final Pattern VARIABLE = Pattern.compile("(?m)^  (\\w+) = ");
  private static final Pattern REPORT = Pattern.compile("(?:error|WARNING): .*");

  static Stream<String> files() {
    return OwnLibrary.files().stream().filter(file -> file.endsWith(".stp"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyDeclarationHasAComment(String file) {
    List<String> lines = text(file).lines().toList();
    List<String> without = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (DECLARATION.matcher(lines.get(i)).find() && !(i > 0 && lines.get(i - 1).endsWith("*/"))) {
        without.add(lines.get(i));
      }
    }
    assertThat(without).isEmpty();
  }

  static Stream<String> filesWithFunctions() {
    return files().filter(file -> text(file).contains("\nfunction "));
  }

  static Stream<String> filesWithAliases() {
    return files().filter(file -> text(file).contains("\nprobe "));
  }

  @ParameterizedTest
  @MethodSource("filesWithFunctions")
  void everyFunctionCanBeUsed(String file) {
    StringBuilder calls = new StringBuilder();
    Matcher declarations = DECLARATION.matcher(text(file));
    while (declarations.find()) {
      Matcher parameters = PARAMETERS.matcher(declarations.group(4));
      if (declarations.group(1) == null
          && declarations.group(2).equals("function")
          && parameters.find()) {
        String call = declarations.group(3) + "(" + arguments(parameters.group(2)) + ")";
        calls.append(parameters.group(1) == null ? call : "println(" + call + ")").append('\n');
      }
    }
    String kernel = "probe kernel.trace(\"sys_enter\") {\n" + calls + "}\n";

    needsKernelTypes();
    Run run = run(kernel);

    assertThat(run.complaints()).isEmpty();
  }

  private static void needsKernelTypes() {
    assumeTrue(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "needs a kernel with BTF");
  }

  private static String arguments(String parameters) {
    return parameters.isBlank()
        ? ""
        : Stream.of(parameters.split(","))
            .map(parameter -> parameter.endsWith(":string") ? "execname()" : "tid()")
            .collect(Collectors.joining(", "));
  }

  @ParameterizedTest
  @MethodSource("filesWithAliases")
  void everyAliasCanBeUsed(String file, TestReporter reporter) {
    Map<String, List<String>> aliases = new LinkedHashMap<>();
    String text = text(file);
    Matcher declarations = DECLARATION.matcher(text);
    while (declarations.find()) {
      if (declarations.group(2).equals("probe") && declarations.group(4).contains("=")) {
        String body = text.substring(declarations.end());
        Matcher variables = VARIABLE.matcher(body.substring(0, Math.max(0, body.indexOf("\n}"))));
        List<String> names = new ArrayList<>();
        while (!declarations.group(4).endsWith("{}") && variables.find()) {
          names.add(variables.group(1));
        }
        aliases.put(declarations.group(3), names);
      }
    }
    if (file.matches("(nd|tp)_syscalls.stp")) {
      // They all say the same of others that are tried one by one.
      List<String> all = List.copyOf(aliases.keySet());
      IntStream.range(0, all.size())
          .filter(i -> i % SAMPLE != 0)
          .forEach(i -> aliases.remove(all.get(i)));
    }
    StringBuilder script = new StringBuilder("probe begin { exit() }\n");
    aliases.forEach(
        (name, variables) ->
            script
                .append("probe ")
                .append(name)
                .append("? { println(")
                .append(variables.isEmpty() ? "1" : String.join(", ", variables))
                .append(") }\n"));

    needsKernelTypes();
    assumeTrue(Files.isReadable(Path.of("/proc/kallsyms")), "needs /proc/kallsyms");
    Run run = run(script.toString());

    List<String> missing =
        aliases.keySet().stream()
            .filter(
                name ->
                    !run.output().contains("<- " + name + " ")
                        && !run.output().contains("<- " + name + "?"))
            .toList();
    reporter.publishEntry(file, "not on this kernel: " + missing);
    assertThat(run.complaints()).isEmpty();
    // A kernel lacks a few of the functions, not most of them.
    assertThat(missing.size()).isLessThanOrEqualTo(aliases.size() / 2);
  }

  private record Run(String output, List<String> complaints) {}

  private static Run run(String script) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    StapCommand.run(
        List.of("-p2", "-e", script),
        InputStream.nullInputStream(),
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, false, StandardCharsets.UTF_8));
    List<String> complaints =
        REPORT
            .matcher(err.toString(StandardCharsets.UTF_8))
            .results()
            .map(result -> result.group())
            // What the kernel was not built with is no fault of the library.
            .filter(line -> !line.contains("cannot attach to") && !line.contains("used here"))
            .toList();
    return new Run(out.toString(StandardCharsets.UTF_8), complaints);
  }

  private static String text(String file) {
    return new String(OwnLibrary.bytes(file), StandardCharsets.UTF_8);
  }
}
