package dev.tapwright.compiler.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code procfs("PATH").read} and {@code .write}: files that the session itself serves, to be asked
 * and told things while it runs.
 */
final class ProcfsFamily implements ProbeFamily {
  private static final String USUAL_PATH = "command";

  /** What leaves reading, or writing, to the owner. */
  private static final int USUAL_UMASK = 0077;

  private static final int ALL_PERMISSIONS = 0777;

  /** What the reader of a pipe can be given at once, on every kernel. */
  private static final int LARGEST = 1 << 20;

  @Override
  public List<ProbePattern> patterns() {
    List<ProbePattern> patterns = new ArrayList<>();
    for (String path : List.of("procfs", "procfs(string)")) {
      for (String umask : List.of("", ".umask(number)")) {
        patterns.add(
            ProbePattern.of(path + umask + ".read", "When somebody reads the session's file"));
        patterns.add(
            ProbePattern.of(
                path + umask + ".read.maxsize(number)",
                "When somebody reads the session's file of at most N bytes"));
        patterns.add(
            ProbePattern.of(path + umask + ".write", "When somebody writes the session's file"));
      }
    }
    return patterns;
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    String path =
        point.components().getFirst().argument().isPresent() ? point.string(0) : USUAL_PATH;
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return Resolution.notFound(
            ProbeCodes.ARGUMENT,
            part.isEmpty()
                ? "procfs path cannot start or end with '/', or contain '//'"
                : "procfs path cannot be relative (and contain '.' or '..')");
      }
    }
    if (path.indexOf('\0') >= 0) {
      return Resolution.notFound(ProbeCodes.ARGUMENT, "procfs path cannot contain a NUL");
    }
    long umask = argument(point, "umask").orElse((long) USUAL_UMASK);
    long size = argument(point, "maxsize").orElse(0L);
    if (argument(point, "maxsize").isPresent() && size <= 0) {
      return Resolution.notFound(ProbeCodes.ARGUMENT, "maxsize must be greater than 0");
    }
    if (size > LARGEST) {
      return Resolution.notFound(
          ProbeCodes.ARGUMENT, "maxsize must not be greater than %d".formatted(LARGEST));
    }
    return Resolution.found(
        ProbeMatch.inUserSpace(
            new AttachPoint.File(
                path, (int) (umask & ALL_PERMISSIONS), point.has("write"), (int) size),
            point.toString()));
  }

  private static Optional<Long> argument(ConcretePoint point, String name) {
    for (int i = 0; i < point.components().size(); i++) {
      if (point.components().get(i).name().equals(name)) {
        return Optional.of(point.number(i));
      }
    }
    return Optional.empty();
  }
}
