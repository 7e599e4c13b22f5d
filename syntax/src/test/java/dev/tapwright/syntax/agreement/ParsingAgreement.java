package dev.tapwright.syntax.agreement;

import dev.tapwright.syntax.ParseOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Damages the packaged scripts and compares what SystemTap and our parser say of them. Started by
 * {@code tests/agreement/parsing}.
 */
public final class ParsingAgreement {
  /** Bytes of the longest script that is damaged. */
  static final int LONGEST = 12_000;

  private ParsingAgreement() {}

  /**
   * Prints the figures, and every disagreement by the pair of messages.
   *
   * @param arguments a folder for answers and for the scripts of disagreements; how many scripts;
   *     the seed; a file to record the answers in that both agree on, if that is wanted
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path directory = Path.of(arguments[0]).toAbsolutePath();
    int count = Integer.parseInt(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    Path macros = directory.resolve("macros");
    PackagedScripts.copyMacros(macros);
    ParseOptions options = PackagedScripts.options(PackagedScripts.thisMachine());
    ParseOptions elsewhere = PackagedScripts.options(PackagedScripts.ANY_MACHINE);
    PackagedStap stap = new PackagedStap(directory, macros);
    List<Subject> subjects = mutants(count, seed);
    Path disagreements = Files.createDirectories(directory.resolve("disagreements"));
    Map<String, List<Integer>> different = new TreeMap<>();
    StringBuilder agreed = new StringBuilder();
    int accepted = 0;
    int sameVerdict = 0;
    int refusedByBoth = 0;
    int sameMessage = 0;
    for (int i = 0; i < subjects.size(); i++) {
      Subject subject = subjects.get(i);
      Answer theirs = stap.ask(subject);
      Answer ours = PackagedScripts.answer(subject, options);
      accepted += theirs.isAccepted() ? 1 : 0;
      if (ours.isAccepted()
          && RecordedAgreementTest.difference(PackagedScripts.parse(subject, options), options)
              .isPresent()) {
        System.out.printf(Locale.ROOT, "%d: printed and read again it is another%n", i);
        Files.write(disagreements.resolve(i + ".stp"), subject.bytes());
      }
      sameVerdict += theirs.isAccepted() == ours.isAccepted() ? 1 : 0;
      if (!theirs.isAccepted() && !ours.isAccepted()) {
        refusedByBoth++;
        sameMessage += theirs.equals(ours) ? 1 : 0;
      }
      if (theirs.equals(ours) && theirs.equals(PackagedScripts.answer(subject, elsewhere))) {
        agreed.append(PackagedStap.key(subject)).append('\t').append(theirs.toLine()).append('\n');
      }
      if (!theirs.equals(ours)) {
        different.computeIfAbsent(pair(theirs, ours), _ -> new ArrayList<>()).add(i);
        Files.write(disagreements.resolve(i + ".stp"), subject.bytes());
        Files.writeString(
            disagreements.resolve(i + ".txt"),
            theirs + "\n" + ours + "\n" + subject.isGuru() + " " + subject.arguments() + "\n",
            StandardCharsets.ISO_8859_1);
      }
    }
    if (arguments.length > 3) {
      Files.writeString(Path.of(arguments[3]), agreed, StandardCharsets.ISO_8859_1);
    }
    different.entrySet().stream()
        .sorted((left, right) -> right.getValue().size() - left.getValue().size())
        .forEach(
            entry ->
                System.out.printf(
                    Locale.ROOT,
                    "%5d  %s  e.g. %s%n",
                    entry.getValue().size(),
                    entry.getKey(),
                    entry.getValue().subList(0, Math.min(3, entry.getValue().size()))));
    System.out.printf(
        Locale.ROOT,
        "%d scripts, %d accepted by SystemTap; the same verdict on %d (%.2f %%);"
            + " of %d that both refuse the same first message on %d (%.2f %%)%n",
        subjects.size(),
        accepted,
        sameVerdict,
        100.0 * sameVerdict / subjects.size(),
        refusedByBoth,
        sameMessage,
        100.0 * sameMessage / Math.max(1, refusedByBoth));
  }

  /** Damaged scripts, on every machine the same: as many of the tapset's as of the examples. */
  static List<Subject> mutants(int count, long seed) throws IOException {
    Map<Path, Subject> scripts =
        PackagedScripts.accepted(LONGEST, PackagedScripts.options(PackagedScripts.ANY_MACHINE));
    Mutation mutation = new Mutation(scripts.values().stream().map(Subject::text).toList());
    List<Subject> tapset = new ArrayList<>();
    List<Subject> examples = new ArrayList<>();
    scripts.forEach(
        (file, subject) ->
            (file.startsWith(PackagedScripts.TAPSET) ? tapset : examples).add(subject));
    Random random = new Random(seed);
    List<Subject> mutants = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Subject> half = i % 2 == 0 ? tapset : examples;
      Subject subject = half.get(random.nextInt(half.size()));
      mutants.add(subject.withText(mutation.damage(subject.text(), random)));
    }
    return mutants;
  }

  private static String pair(Answer theirs, Answer ours) {
    boolean isPlaceOnly = theirs.message().equals(ours.message());
    return text(theirs) + " | " + (isPlaceOnly ? "same, another place" : text(ours));
  }

  private static String text(Answer answer) {
    return answer.isAccepted()
        ? "accepted"
        : answer.message().replaceAll("[@'\"][\\w$]{2,}'?", "~");
  }
}
