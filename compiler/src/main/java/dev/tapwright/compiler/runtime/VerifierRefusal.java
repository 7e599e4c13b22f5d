package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.bpf.KernelProgram.SourceLine;
import dev.tapwright.compiler.object.ProgramImage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in the script's terms what the verifier refused. */
final class VerifierRefusal {
  /** Lines of the log that are shown when not all are. */
  private static final int LAST_LINES = 8;

  /** An instruction in the log: {@code 12: (85) call bpf_map_lookup_elem#1}. */
  private static final Pattern INSTRUCTION = Pattern.compile("(\\d{1,9}): (?:R0|\\().*");

  private static final Pattern STATISTICS =
      Pattern.compile("processed \\d+ insns.*|verification time .*|stack depth .*|func#\\d+ @\\d+");

  private VerifierRefusal() {}

  /**
   * A message of several lines.
   *
   * @param failure the first line
   * @param log the verifier's, or empty when it wrote none
   * @param isWhole whether the whole log is shown
   */
  static String describe(
      String failure, ProgramImage image, String probe, String log, boolean isWhole) {
    List<String> lines =
        log.lines().filter(line -> isWhole || !STATISTICS.matcher(line).matches()).toList();
    StringBuilder message = new StringBuilder(failure);
    Optional<SourceLine> line =
        lastInstruction(lines).stream().boxed().findFirst().flatMap(slot -> lineOf(image, slot));
    message.append("\nprobe ").append(probe);
    line.ifPresent(
        source ->
            message
                .append(" at ")
                .append(source.file())
                .append(':')
                .append(source.line())
                .append(':')
                .append(source.column())
                .append("\n  source: ")
                .append(source.text().strip()));
    lines.reversed().stream()
        .flatMap(text -> VerifierReason.of(text).stream())
        .findFirst()
        .ifPresent(reason -> message.append("\n  reason: ").append(reason));
    List<String> shown =
        isWhole ? lines : lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    shown.forEach(text -> message.append("\n  verifier: ").append(text));
    if (shown.size() < lines.size()) {
      message.append("\n  (").append(lines.size()).append(" lines: use -v to see all)");
    }
    return message.toString();
  }

  private static OptionalInt lastInstruction(List<String> lines) {
    for (String line : lines.reversed()) {
      Matcher matcher = INSTRUCTION.matcher(line);
      if (matcher.matches()) {
        return OptionalInt.of(Integer.parseInt(matcher.group(1)));
      }
    }
    return OptionalInt.empty();
  }

  private static Optional<SourceLine> lineOf(ProgramImage image, int slot) {
    return image.lines().stream()
        .filter(line -> line.instruction() <= slot)
        .reduce((first, last) -> last);
  }
}
