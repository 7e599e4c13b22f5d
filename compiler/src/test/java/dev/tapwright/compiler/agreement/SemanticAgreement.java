package dev.tapwright.compiler.agreement;

import dev.tapwright.compiler.cli.StapCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Compares what both say of a script in pass 2: whether it is right; if so all that is printed of
 * its globals, functions and probes, else the first message.
 */
public final class SemanticAgreement {
  /** How alike two answers are. */
  enum Verdict {
    SAME,
    OTHER_MESSAGE,
    OTHER_SUMMARY,
    OURS_REFUSES,
    OURS_ACCEPTS
  }

  /** An answer: the summary if the script is right, else the first message. */
  record Answer(boolean isRight, List<String> summary, String message) {}

  /** Both answers. */
  record Comparison(String script, Answer ours, Answer theirs) {
    Verdict verdict() {
      if (ours.isRight() != theirs.isRight()) {
        return ours.isRight() ? Verdict.OURS_ACCEPTS : Verdict.OURS_REFUSES;
      }
      if (ours.isRight()) {
        return ours.summary().equals(theirs.summary()) ? Verdict.SAME : Verdict.OTHER_SUMMARY;
      }
      return ours.message().equals(theirs.message()) ? Verdict.SAME : Verdict.OTHER_MESSAGE;
    }
  }

  private final Path folder;
  private final List<String> stap;

  /**
   * @param folder for a script and an answer
   * @param stap the packaged command, with what it needs to find a kernel
   */
  SemanticAgreement(Path folder, List<String> stap) {
    this.folder = folder;
    this.stap = stap;
  }

  /** Compares {@code COUNT} scripts from {@code SEED} on, and prints where the answers differ. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int count = Integer.parseInt(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    SemanticAgreement agreement =
        new SemanticAgreement(Files.createTempDirectory("agreement"), List.of("/usr/bin/stap"));
    Map<Verdict, Integer> verdicts = new TreeMap<>();
    for (long i = seed; i < seed + count; i++) {
      Comparison comparison = agreement.compare(ScriptGenerator.script(i));
      Verdict verdict = comparison.verdict();
      verdicts.merge(verdict, 1, Integer::sum);
      if (verdict != Verdict.SAME) {
        System.out.printf("==== %d %s%n", i, verdict);
        System.out.println("ours:   " + shown(comparison.ours(), comparison.theirs()));
        System.out.println("theirs: " + shown(comparison.theirs(), comparison.ours()));
      }
    }
    System.out.println(verdicts);
  }

  private static String shown(Answer answer, Answer other) {
    return answer.isRight()
        ? answer.summary().stream()
            .filter(line -> !other.summary().contains(line))
            .collect(Collectors.joining("; ", "(right) ", ""))
        : answer.message();
  }

  Comparison compare(String script) throws IOException, InterruptedException {
    Path file = folder.resolve("script.stp");
    Files.writeString(file, script);
    return new Comparison(script, ours(file), theirs(file));
  }

  private static Answer ours(Path file) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        StapCommand.run(
            List.of("-p2", "--runtime=bpf", file.toString()),
            InputStream.nullInputStream(),
            new PrintStream(out, false, StandardCharsets.ISO_8859_1),
            new PrintStream(err, false, StandardCharsets.ISO_8859_1));
    return answer(
        status == 0,
        out.toString(StandardCharsets.ISO_8859_1).lines().toList(),
        err.toString(StandardCharsets.ISO_8859_1).lines().toList());
  }

  /**
   * The packaged stap's answer; without {@code -v} it leaves out messages like earlier ones, be
   * they the first.
   */
  private Answer theirs(Path file) throws IOException, InterruptedException {
    Answer answer = theirs(file, List.of("-p2", "--runtime=bpf"));
    return answer.isRight() ? answer : theirs(file, List.of("-v", "-p2", "--runtime=bpf"));
  }

  private Answer theirs(Path file, List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(stap);
    command.addAll(options);
    command.add(file.toString());
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("SYSTEMTAP_NOSIGN", "1");
    Process process = builder.start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        return new Answer(false, List.of(), "no answer");
      }
    } finally {
      process.destroyForcibly();
    }
    return answer(
        process.exitValue() == 0,
        Files.readAllLines(out, StandardCharsets.ISO_8859_1),
        Files.readAllLines(err, StandardCharsets.ISO_8859_1));
  }

  private static Answer answer(boolean isRight, List<String> out, List<String> err) {
    String message =
        err.stream()
            .filter(line -> line.contains(" error: ") && !line.contains("while resolving"))
            .findFirst()
            .orElse("")
            .replaceFirst(" \\((similar|follow):[^)]*\\)", "")
            .replaceAll("/\\S*script\\.stp", "");
    List<String> summary =
        out.stream()
            // Probes of the library stand last, its first one first.
            .takeWhile(line -> !line.endsWith("<- init */"))
            .filter(SemanticAgreement::isScripts)
            .toList();
    return new Answer(isRight, isRight ? summary : List.of(), message);
  }

  /**
   * Whether a line of the summary is of what the script itself declares; what it brings with it
   * from the library is another library's here.
   */
  private static boolean isScripts(String line) {
    boolean isDeclaration = line.matches("\\w+[:%\\[].*");
    return isDeclaration
        ? line.matches("[fgs]\\d+[:%\\[].*")
        : !line.startsWith("# ") && !line.equals("  # locals") && !line.startsWith("  __stable__");
  }
}
