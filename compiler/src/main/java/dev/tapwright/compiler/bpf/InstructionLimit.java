package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.InstructionEncoder;
import dev.tapwright.compiler.bpf.code.InstructionSelector.Selection;
import dev.tapwright.compiler.bpf.code.JumpSequence;
import dev.tapwright.compiler.bpf.code.LongJumps;
import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.Note;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The number of instructions, and of branches in a row, that a kernel takes. */
final class InstructionLimit {
  private static final String ADVICE =
      "share the work among several probes, or do it in an end or timer probe, which run in user space";

  private record Place(String file, int line) {}

  private record Cost(Span first, int slots) {
    Cost plus(Cost other) {
      return new Cost(first, slots + other.slots);
    }
  }

  private InstructionLimit() {}

  /** The error of a handler with too many. */
  static Optional<Diagnostic> check(Selection selection, Span place, KernelProfile profile) {
    int count = InstructionEncoder.slots(selection.instructions());
    if (count <= profile.instructionLimit()) {
      return branches(selection, place, profile).or(() -> jumps(selection, place));
    }
    String since =
        profile.has(KernelFeature.LARGE_PROGRAMS)
            ? ""
            : "; Linux %s raised the limit to %d"
                .formatted(
                    KernelFeature.LARGE_PROGRAMS.since(), KernelProfile.LARGE_INSTRUCTION_LIMIT);
    Diagnostic error =
        Diagnostic.error(
            KernelDiagnostics.TOO_MANY_INSTRUCTIONS,
            place,
            "this handler compiles to %d instructions, and Linux %s takes at most %d%s"
                .formatted(count, profile.name(), profile.instructionLimit(), since));
    return Optional.of(costliest(selection).map(error::withNote).orElse(error).withNote(ADVICE));
  }

  /** The error of a handler that is not even compiled to the end. */
  static Diagnostic tooLarge(Span place, KernelProfile profile) {
    return Diagnostic.error(
            KernelDiagnostics.TOO_MANY_INSTRUCTIONS,
            place,
            "this handler is far too long for a kernel probe, on Linux %s as on any"
                .formatted(profile.name()))
        .withNote(ADVICE);
  }

  private static Optional<Diagnostic> branches(
      Selection selection, Span place, KernelProfile profile) {
    int branches = JumpSequence.longest(selection.instructions());
    if (branches <= JumpSequence.limit(profile)) {
      return Optional.empty();
    }
    Diagnostic error =
        Diagnostic.error(
            KernelDiagnostics.TOO_MANY_INSTRUCTIONS,
            place,
            "this handler compiles to a sequence of %d branches, and the verifier of Linux %s follows at most %d"
                .formatted(branches, profile.name(), JumpSequence.limit(profile)));
    return Optional.of(error.withNote(ADVICE));
  }

  private static Optional<Diagnostic> jumps(Selection selection, Span place) {
    return LongJumps.needed(selection.instructions())
        ? Optional.of(
            Diagnostic.error(
                    KernelDiagnostics.TOO_MANY_INSTRUCTIONS,
                    place,
                    "this handler is so long that jumps do not reach over it")
                .withNote(ADVICE))
        : Optional.empty();
  }

  private static Optional<Note> costliest(Selection selection) {
    Map<Place, Cost> costs = new HashMap<>();
    for (int i = 0; i < selection.instructions().size(); i++) {
      Span span = selection.spans().get(i).outermost();
      Cost cost = new Cost(span, InstructionEncoder.slots(selection.instructions().get(i)));
      costs.merge(new Place(span.source().name(), span.line()), cost, Cost::plus);
    }
    return costs.values().stream()
        .max(
            Comparator.comparingInt(Cost::slots)
                .thenComparing(cost -> cost.first().line(), Comparator.reverseOrder()))
        .map(
            cost ->
                new Note(
                    Optional.of(cost.first()),
                    "line %d costs most: %d instructions"
                        .formatted(cost.first().line(), cost.slots())));
  }
}
