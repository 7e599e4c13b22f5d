package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Runs random handlers in the kernel and in user space, compiled for a version of the kernel. */
final class RandomComparison {
  /** What came of a script in both places. */
  enum Outcome {
    /** It printed the same. */
    AGREES,
    /** The compiler said that the version does not carry it. */
    IS_NOT_CARRIED,
    /** It is no script, which is the generator's fault, or another's. */
    DOES_NOT_COMPILE,
    /** The verifier did not take it. */
    IS_REFUSED,
    /** It printed something else, or other errors. */
    DISAGREES
  }

  /**
   * An outcome with what each place printed.
   *
   * @param user what went to the output and to the messages, in user space
   */
  record Result(Outcome outcome, String user, String kernel) {
    /** Whether it failed in the same way, as far as one can tell. */
    boolean isLike(Result other) {
      return outcome == other.outcome()
          && (outcome != Outcome.DOES_NOT_COMPILE || kernel.equals(other.kernel));
    }
  }

  private static final Pattern PLACE =
      Pattern.compile(" near .*| at a\\.stp:\\d+:\\d+.*|^ *source: .*| *\\^$", Pattern.MULTILINE);

  private final CompilerDriver user;
  private final CompilerDriver kernel;

  /**
   * @param version such as {@code 6.1}; empty for the running kernel
   * @param stringLength MAXSTRINGLEN
   */
  RandomComparison(String version, long stringLength) {
    CompilerSettings settings =
        new CompilerSettings(
            List.of(),
            false,
            List.of(),
            Map.of("MAXSTRINGLEN", stringLength, "MAXERRORS", 1000L, "MAXACTION", 100_000L));
    LiveTarget live = LiveTarget.open();
    this.user = new CompilerDriver(settings, live);
    this.kernel =
        version.isEmpty()
            ? user
            : new CompilerDriver(
                settings,
                LiveTarget.open(
                    KernelProfile.ofVersion(KernelVersion.parse(version).orElseThrow())));
  }

  /** Compiles a script for both places, and runs it in both. */
  Result compare(String script) {
    Compilation inKernel = kernel.compile(text(RandomHandler.inKernel(script)));
    if (inKernel.object().isEmpty()) {
      List<Diagnostic> errors =
          inKernel.diagnostics().stream().filter(Diagnostic::isError).toList();
      boolean isHonest = errors.stream().allMatch(error -> error.code().name().startsWith("bpf-"));
      return new Result(
          isHonest ? Outcome.IS_NOT_CARRIED : Outcome.DOES_NOT_COMPILE, "", messages(errors));
    }
    SessionRun there = SessionRun.of(inKernel.object().orElseThrow());
    if (there.messages().contains("Error loading")) {
      return new Result(Outcome.IS_REFUSED, "", there.messages());
    }
    Compilation inUserSpace = user.compile(text(RandomHandler.inUserSpace(script)));
    if (inUserSpace.object().isEmpty()) {
      return new Result(
          Outcome.DOES_NOT_COMPILE, there.output(), messages(inUserSpace.diagnostics()));
    }
    SessionRun here = SessionRun.of(inUserSpace.object().orElseThrow());
    String printedHere = printed(here);
    String printedThere = printed(there);
    return new Result(
        printedHere.equals(printedThere) ? Outcome.AGREES : Outcome.DISAGREES,
        printedHere,
        printedThere);
  }

  private static String messages(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(Diagnostic::message).collect(Collectors.joining("\n"));
  }

  private static SourceText text(String script) {
    return new SourceText("a.stp", script);
  }

  private static String printed(SessionRun run) {
    return run.output() + "\n" + PLACE.matcher(run.messages()).replaceAll("");
  }
}
