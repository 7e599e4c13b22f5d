package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.target.Target;
import dev.tapwright.compiler.target.UserProgramFile;
import dev.tapwright.compiler.target.UserProgramFile.LinkageEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * {@code process("PATH").plt("PATTERN")} and {@code .return}: calls that a program makes into
 * libraries, at its procedure linkage table.
 */
final class ProcessLinkageFamily implements ProbeFamily {
  private static final int SIMILAR_FUNCTIONS = 5;

  @Override
  public List<ProbePattern> patterns() {
    return Stream.of(".plt", ".plt(string)", ".plt.return", ".plt(string).return")
        .flatMap(end -> ProcessPlaces.patterns(end, "Calls of functions of libraries").stream())
        .toList();
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    return ProcessPlaces.resolve(point, context, place -> ofFile(place, context));
  }

  private static Resolution ofFile(ConcretePoint point, ResolutionContext context) {
    List<Path> paths = ProcessFunctionFamily.paths(point.string(0), context);
    if (paths.isEmpty()) {
      return ProcessPlaces.noProgram(point.string(0));
    }
    String pattern = point.components().get(1).argument().isPresent() ? point.string(1) : "*";
    List<ProbeMatch> matches = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (Path path : paths) {
      Optional<UserProgramFile> program = context.target().program(path);
      if (program.isPresent()) {
        for (LinkageEntry entry : program.get().linkage()) {
          others.add(entry.name());
          if (Globs.matches(pattern, entry.name())) {
            matches.add(match(point, program.get(), entry, context.target()));
          }
        }
      }
    }
    return matches.isEmpty()
        ? Resolution.notFound(
            ProbeCodes.NO_MATCH,
            () ->
                Similar.append(
                    "no match",
                    "similar functions",
                    Similar.to(
                        pattern, others.stream().distinct().sorted().toList(), SIMILAR_FUNCTIONS)))
        : new Resolution.Found(matches);
  }

  private static ProbeMatch match(
      ConcretePoint point, UserProgramFile program, LinkageEntry entry, Target target) {
    boolean isReturn = point.has("return");
    AttachPoint attachPoint =
        new AttachPoint.UserLinkage(
            program.path().toString(), entry.name(), entry.fileOffset(), isReturn);
    return new ProbeMatch(
        attachPoint,
        "process(%s).plt(%s)%s"
            .formatted(
                ProbePointText.quoted(program.path().toString()),
                ProbePointText.quoted(entry.name()),
                isReturn ? ".return" : ""),
        "pc=.dynamic+0x" + Long.toHexString(entry.address()),
        entry.name(),
        OptionalLong.of(entry.address()),
        AttachMethod.of(attachPoint, target.profile()));
  }

  @Override
  public List<String> argumentCandidates(
      List<ConcretePoint.Component> before,
      String component,
      String prefix,
      ResolutionContext context,
      int limit) {
    if (!component.equals("plt") || Globs.isGlob(prefix)) {
      return List.of();
    }
    return ProcessPlaces.files(before, context).stream()
        .flatMap(file -> context.target().program(file).stream())
        .flatMap(program -> program.linkage().stream())
        .map(LinkageEntry::name)
        .filter(name -> name.startsWith(prefix))
        .distinct()
        .sorted()
        .limit(limit)
        .toList();
  }
}
