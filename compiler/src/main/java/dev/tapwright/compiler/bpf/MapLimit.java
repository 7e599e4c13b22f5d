package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.Instruction;
import dev.tapwright.compiler.bpf.code.InstructionSelector.Selection;
import dev.tapwright.compiler.bpf.code.Register;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.Note;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The number of maps that a kernel takes in one program. */
final class MapLimit {
  /** {@code MAX_USED_MAPS} of include/linux/bpf_verifier.h, the same from 4.14 to 6.18. */
  static final int MAXIMUM = 64;

  private MapLimit() {}

  /** The error of a handler with too many. */
  static Optional<Diagnostic> check(
      Selection selection, Span place, KernelProfile profile, List<MapDefinition> maps) {
    Set<Integer> used = new HashSet<>();
    Optional<Note> first = Optional.empty();
    for (int i = 0; i < selection.instructions().size(); i++) {
      Optional<Integer> map = map(selection.instructions().get(i));
      if (map.isPresent() && used.add(map.get()) && used.size() == MAXIMUM + 1) {
        first =
            Optional.of(
                new Note(
                    Optional.of(selection.spans().get(i).outermost()),
                    "that of '%s' is the first too many".formatted(maps.get(map.get()).name())));
      }
    }
    return first.map(
        note ->
            Diagnostic.error(
                    KernelDiagnostics.TOO_MANY_MAPS,
                    place,
                    "this handler uses %d maps, and Linux %s takes at most %d in one program"
                        .formatted(used.size(), profile.name(), MAXIMUM))
                .withNote(note)
                .withNote(
                    "every array and statistic is a map: keep several of them in one array with one index more, or share the work among several probes"));
  }

  private static Optional<Integer> map(Instruction instruction) {
    return switch (instruction) {
      case Instruction.LoadMap(Register _, int map) -> Optional.of(map);
      case Instruction.LoadMapValue(Register _, int map, int _) -> Optional.of(map);
      default -> Optional.empty();
    };
  }
}
