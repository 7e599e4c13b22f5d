package dev.tapwright.syntax.agreement;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged SystemTap's {@code -p1}, whose answers are kept in a file, so that no script is
 * asked about twice.
 *
 * <p>Its tapset is replaced by the macro files alone: reading the whole one for every script takes
 * half a second.
 */
final class PackagedStap {
  /** Where Debian's package puts it. */
  static final Path PROGRAM = Path.of("/usr/bin/stap");

  private final Path directory;
  private final Path macros;
  private final Path answers;
  private final Map<String, Answer> known = new HashMap<>();

  /**
   * @param directory keeps the answers, and the scripts while they are asked about
   * @param macros holds the macro files
   */
  PackagedStap(Path directory, Path macros) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.macros = macros;
    this.answers = directory.resolve("answers.tsv");
    if (Files.exists(answers)) {
      for (String line : Files.readAllLines(answers, StandardCharsets.ISO_8859_1)) {
        int tab = line.indexOf('\t');
        if (tab > 0) {
          Answer.ofLine(line.substring(tab + 1))
              .ifPresent(answer -> known.put(line.substring(0, tab), answer));
        }
      }
    }
  }

  /** What it says of a script, of which messages speak as {@code x.stp}. */
  Answer ask(Subject subject) throws IOException, InterruptedException {
    String key = key(subject);
    Answer kept = known.get(key);
    if (kept != null) {
      return kept;
    }
    Answer answer = run(subject);
    known.put(key, answer);
    Files.writeString(
        answers,
        key + "\t" + answer.toLine() + "\n",
        StandardCharsets.ISO_8859_1,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return answer;
  }

  private Answer run(Subject subject) throws IOException, InterruptedException {
    Path script = directory.resolve("x.stp");
    Path output = directory.resolve("output");
    Files.write(script, subject.bytes());
    List<String> command =
        new ArrayList<>(List.of("prlimit", "--as=4000000000", PROGRAM.toString(), "-p1"));
    if (subject.isGuru()) {
      command.add("-g");
    }
    command.add("x.stp");
    command.addAll(subject.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("SYSTEMTAP_NOSIGN", "1");
    builder.environment().put("SYSTEMTAP_TAPSET", macros.toString());
    Process process = builder.start();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      return new Answer(false, "does not end", "");
    }
    String printed =
        Files.readString(output, StandardCharsets.ISO_8859_1).replace(macros + "/", "tapset/");
    return process.exitValue() > 1
        ? new Answer(false, "ended with status " + process.exitValue(), "")
        : Answer.of(process.exitValue() == 0, printed);
  }

  /** What an answer is kept under. */
  static String key(Subject subject) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          (subject.isGuru() + "\0" + String.join("\0", subject.arguments()))
              .getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return HexFormat.of().formatHex(digest.digest(subject.bytes()), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java has SHA-256", e);
    }
  }
}
