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
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Compares what both say of a script in pass 2: whether it is right; if so all that is printed of
 * its globals, functions and probes, else the first message.
 */
public final class SemanticAgreement {
  /** What stands before the name of a private global: the path of its file, unlike elsewhere. */
  private static final String PRIVATE = "__private_\\w*?script_stp_";

  /** How alike two answers are. */
  enum Verdict {
    SAME,
    /** SystemTap fails by a fault of its own. */
    NO_ANSWER,
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
      if (!theirs.isRight() && theirs.message().isEmpty()) {
        return Verdict.NO_ANSWER;
      }
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
  private final Optional<Path> known;
  private final List<String> stap;

  /**
   * @param folder for a script and an answer
   * @param known where SystemTap's answers are kept, so that the next run is quick
   * @param stap the packaged command, with what it needs to find a kernel
   */
  SemanticAgreement(Path folder, Optional<Path> known, List<String> stap) {
    this.folder = folder;
    this.known = known;
    this.stap = stap;
  }

  /**
   * Compares {@code COUNT} scripts from {@code SEED} on, or the scripts of the files that are
   * named, and prints where the answers differ. {@code FOLDER} keeps the scripts of those, and
   * SystemTap's answers.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    boolean isFiles = arguments[0].endsWith(".stp");
    Optional<Path> kept =
        isFiles || arguments.length < 3 ? Optional.empty() : Optional.of(Path.of(arguments[2]));
    if (kept.isPresent()) {
      Files.createDirectories(kept.get());
    }
    SemanticAgreement agreement =
        new SemanticAgreement(
            Files.createTempDirectory("agreement"), kept, List.of(PackagedStap.COMMAND.toString()));
    Map<Verdict, Integer> verdicts = new TreeMap<>();
    if (isFiles) {
      for (String file : arguments) {
        agreement.compare(file, Files.readString(Path.of(file)), verdicts);
      }
    } else {
      int count = Integer.parseInt(arguments[0]);
      long seed = Long.parseLong(arguments[1]);
      for (long i = seed; i < seed + count; i++) {
        String script = ScriptGenerator.script(i);
        boolean isSame = agreement.compare(Long.toString(i), script, verdicts);
        if (!isSame && kept.isPresent()) {
          Files.writeString(kept.get().resolve(i + ".stp"), script);
        }
      }
    }
    System.out.println(verdicts);
  }

  private boolean compare(String name, String script, Map<Verdict, Integer> verdicts)
      throws IOException, InterruptedException {
    Comparison comparison = compare(script);
    Verdict verdict = comparison.verdict();
    verdicts.merge(verdict, 1, Integer::sum);
    if (verdict != Verdict.SAME) {
      System.out.printf("==== %s %s%n", name, verdict);
      System.out.println("ours:   " + shown(comparison.ours(), comparison.theirs()));
      System.out.println("theirs: " + shown(comparison.theirs(), comparison.ours()));
    }
    return verdict == Verdict.SAME;
  }

  private static String shown(Answer answer, Answer other) {
    if (!answer.isRight()) {
      return answer.message();
    }
    int same = 0;
    while (same < Math.min(answer.summary().size(), other.summary().size())
        && answer.summary().get(same).equals(other.summary().get(same))) {
      same++;
    }
    return "(right) "
        + answer.summary().stream().skip(same).limit(4).collect(Collectors.joining("; "));
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
    if (known.isEmpty()) {
      return theirs(file, options, folder.resolve("answer"));
    }
    String key = Integer.toHexString(Files.readString(file).hashCode()) + "." + options.size();
    Path answer = known.get().resolve(key);
    return Files.exists(answer.resolveSibling(key + ".status"))
        ? answer(answer)
        : theirs(file, options, answer);
  }

  private Answer theirs(Path file, List<String> options, Path answer)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(stap);
    command.addAll(options);
    command.add(file.toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(part(answer, "out").toFile())
            .redirectError(part(answer, "err").toFile());
    builder.environment().put("SYSTEMTAP_NOSIGN", "1");
    Process process = builder.start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        return new Answer(false, List.of(), "no answer");
      }
    } finally {
      process.destroyForcibly();
    }
    Files.writeString(part(answer, "status"), Integer.toString(process.exitValue()));
    return answer(answer);
  }

  private static Answer answer(Path answer) throws IOException {
    return answer(
        Files.readString(part(answer, "status")).equals("0"),
        Files.readAllLines(part(answer, "out"), StandardCharsets.ISO_8859_1),
        Files.readAllLines(part(answer, "err"), StandardCharsets.ISO_8859_1));
  }

  private static Path part(Path answer, String name) {
    return answer.resolveSibling(answer.getFileName() + "." + name);
  }

  private static Answer answer(boolean isRight, List<String> out, List<String> err) {
    String message =
        err.stream()
            .filter(line -> line.contains(" error: ") && !line.contains("while resolving"))
            .findFirst()
            .orElse("")
            .replaceFirst(" \\((similar|follow):[^)]*\\)", "")
            .replaceAll("/\\S*script\\.stp", "")
            .replaceAll(PRIVATE, "__private_");
    List<String> summary =
        out.stream()
            // Probes of the library stand last, its first one first.
            .takeWhile(line -> !line.endsWith("<- init */"))
            .filter(SemanticAgreement::isScripts)
            .map(line -> line.replaceAll(PRIVATE, "__private_"))
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
