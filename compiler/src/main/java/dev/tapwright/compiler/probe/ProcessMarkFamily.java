package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.target.Target;
import dev.tapwright.compiler.target.UserProgramFile;
import dev.tapwright.compiler.target.UserProgramFile.Mark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * {@code process("PATH").mark("NAME")} and {@code .provider("NAME").mark("NAME")}: the marks that
 * authors put into programs and libraries with {@code <sys/sdt.h>}.
 */
final class ProcessMarkFamily implements ProbeFamily {
  private static final int SIMILAR_MARKS = 5;
  private static final String ANY = "*";

  @Override
  public List<ProbePattern> patterns() {
    return Stream.concat(
            ProcessPlaces.patterns(".mark(string)", "Marks of a program or library").stream(),
            ProcessPlaces.patterns(
                ".provider(string).mark(string)", "Marks of one provider in a program or library")
                .stream())
        .toList();
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    return ProcessPlaces.resolve(point, context, place -> ofFile(place, context));
  }

  private static Resolution ofFile(ConcretePoint point, ResolutionContext context) {
    int last = point.components().size() - 1;
    String provider = last == 2 ? point.string(1) : ANY;
    String name = point.string(last);
    List<Path> paths = ProcessFunctionFamily.paths(point.string(0), context);
    if (paths.isEmpty()) {
      return ProcessPlaces.noProgram(point.string(0));
    }
    List<ProbeMatch> matches = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (Path path : paths) {
      context
          .target()
          .program(path)
          .ifPresent(
              program -> {
                for (Mark mark : program.marks()) {
                  if (Globs.matches(provider, mark.provider())
                      && Globs.matches(name, mark.name())) {
                    matches.add(match(program, mark, context.target()));
                  }
                  others.add(mark.name());
                }
              });
    }
    return matches.isEmpty()
        ? Resolution.notFound(
            ProbeCodes.NO_MATCH,
            () ->
                Similar.append(
                    "no match",
                    "similar marks",
                    Globs.isGlob(name)
                        ? List.of()
                        : Similar.to(
                            name, others.stream().distinct().sorted().toList(), SIMILAR_MARKS)))
        : new Resolution.Found(matches);
  }

  private static ProbeMatch match(UserProgramFile program, Mark mark, Target target) {
    AttachPoint attachPoint =
        new AttachPoint.UserMark(
            program.path().toString(),
            mark.provider(),
            mark.name(),
            mark.fileOffset(),
            mark.semaphoreOffset(),
            mark.arguments());
    return new ProbeMatch(
        attachPoint,
        "process(%s).mark(%s)"
            .formatted(
                ProbePointText.quoted(program.path().toString()),
                ProbePointText.quoted(mark.name())),
        "pc=.dynamic+0x" + Long.toHexString(mark.address()),
        mark.name(),
        OptionalLong.of(mark.address()),
        AttachMethod.of(attachPoint, target.profile()));
  }

  @Override
  public List<String> argumentCandidates(
      List<ConcretePoint.Component> before,
      String component,
      String prefix,
      ResolutionContext context,
      int limit) {
    boolean isMark = component.equals("mark");
    if ((!isMark && !component.equals("provider")) || Globs.isGlob(prefix)) {
      return List.of();
    }
    return ProcessPlaces.files(before, context).stream()
        .flatMap(file -> context.target().program(file).stream())
        .flatMap(program -> program.marks().stream())
        .map(mark -> isMark ? mark.name() : mark.provider())
        .filter(name -> name.startsWith(prefix))
        .distinct()
        .sorted()
        .limit(limit)
        .toList();
  }
}
