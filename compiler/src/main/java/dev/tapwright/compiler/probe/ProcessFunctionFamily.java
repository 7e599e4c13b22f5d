package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.target.Target;
import dev.tapwright.compiler.target.UserProgramFile;
import dev.tapwright.compiler.target.UserProgramFile.UserFunction;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * {@code process("PATH").function("PATTERN")} with {@code .call} and {@code .return}: functions of
 * a program by its symbols.
 */
final class ProcessFunctionFamily implements ProbeFamily {
  private static final int SIMILAR_FUNCTIONS = 5;

  @Override
  public List<ProbePattern> patterns() {
    String base = ".function(string)";
    return Stream.of(
            ProcessPlaces.patterns(base, "Where functions of a program or library are entered"),
            ProcessPlaces.patterns(
                base + ".call", "Where functions are entered, inlined ones left out"),
            ProcessPlaces.patterns(base + ".exported", "Where exported functions are entered"),
            ProcessPlaces.patterns(base + ".inline", "Where functions have been inlined"),
            ProcessPlaces.patterns(base + ".return", "Where functions return"))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    return ProcessPlaces.resolve(point, context, place -> ofFile(place, context));
  }

  private static Resolution ofFile(ConcretePoint point, ResolutionContext context) {
    SourcePlace place = SourcePlace.of(point.string(1));
    if (point.has("inline")) {
      return Resolution.notFound(
          ProbeCodes.NO_MATCH,
          "no match (inlined functions are known only from debuginfo, which is not supported yet)");
    }
    if (point.has("exported")) {
      return new Resolution.NotSupported(
          "'.exported' is not supported yet; use '.call'", Optional.empty());
    }
    Resolution functions = functions(point, place.function(), context);
    return place.file().isPresent()
            && !place.isOneFunction()
            && functions instanceof Resolution.Found
        ? ofSource(point, place)
        : functions;
  }

  /** The functions of a source file, which only debuginfo tells: one place for them all. */
  private static Resolution ofSource(ConcretePoint point, SourcePlace place) {
    return Resolution.found(
        ProbeMatch.notCarried(
            new AttachPoint.NotCarried(
                place.function() + "@" + place.file().orElse(""),
                "which functions a source file has is known only from debuginfo, which is not read yet",
                "name the functions, or a pattern of their names",
                point.has("return"),
                ProbeContext.Kind.USER_FUNCTION,
                Optional.empty()),
            point));
  }

  /** Looks up functions of the point's program by a name or pattern without a file. */
  static Resolution functions(ConcretePoint point, String pattern, ResolutionContext context) {
    String name = point.string(0);
    if (Globs.isGlob(name)) {
      return ofPrograms(point, pattern, context);
    }
    Optional<Path> path = locate(name, context);
    if (path.isEmpty()) {
      return Resolution.notFound(
          ProbeCodes.NO_MATCH, "cannot find executable '%s'".formatted(name));
    }
    Optional<UserProgramFile> program = context.target().program(path.get());
    if (program.isEmpty()) {
      return Resolution.notFound(
          ProbeCodes.NO_MATCH,
          "no match ('%s' is not there, or is no ELF file)".formatted(path.get()));
    }
    List<UserFunction> functions = program.get().functionsMatching(pattern);
    if (functions.isEmpty()) {
      return Resolution.notFound(ProbeCodes.NO_MATCH, () -> noMatch(program.get(), pattern));
    }
    return new Resolution.Found(matches(point, program.get(), functions, context.target()));
  }

  /** The functions of all programs whose path matches; those without any are passed over. */
  private static Resolution ofPrograms(
      ConcretePoint point, String pattern, ResolutionContext context) {
    List<ProbeMatch> matches = new ArrayList<>();
    for (Path path : programs(point.string(0), context)) {
      context
          .target()
          .program(path)
          .ifPresent(
              program ->
                  matches.addAll(
                      matches(
                          point, program, program.functionsMatching(pattern), context.target())));
    }
    return matches.isEmpty()
        ? Resolution.notFound(ProbeCodes.NO_MATCH, "no match")
        : new Resolution.Found(matches);
  }

  /** The programs that a name, path or pattern of paths stands for; they need not be there. */
  static List<Path> paths(String name, ResolutionContext context) {
    return Globs.isGlob(name) ? programs(name, context) : locate(name, context).stream().toList();
  }

  private static List<Path> programs(String pattern, ResolutionContext context) {
    try {
      Path absolute = context.workingDirectory().resolve(pattern).normalize();
      return context.target().filesMatching(absolute.toString());
    } catch (InvalidPathException e) {
      return List.of();
    }
  }

  private static List<ProbeMatch> matches(
      ConcretePoint point, UserProgramFile program, List<UserFunction> functions, Target target) {
    return functions.stream().map(function -> match(point, program, function, target)).toList();
  }

  private static Optional<Path> locate(String name, ResolutionContext context) {
    try {
      return name.isEmpty()
          ? Optional.empty()
          : name.indexOf('/') < 0
              ? context.target().findProgram(name)
              : Optional.of(context.workingDirectory().resolve(name).normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static ProbeMatch match(
      ConcretePoint point, UserProgramFile program, UserFunction function, Target target) {
    AttachPoint attachPoint =
        new AttachPoint.UserFunction(
            program.path().toString(), function.name(), function.fileOffset(), point.has("return"));
    String programName = ProbePointText.quoted(program.path().toString());
    String suffix =
        String.join(
            "", point.components().stream().skip(2).map(component -> "." + component).toList());
    return new ProbeMatch(
        attachPoint,
        "process("
            + programName
            + ").function("
            + ProbePointText.quoted(function.name())
            + ")"
            + suffix,
        "pc=.dynamic+0x" + Long.toHexString(function.address()),
        function.name(),
        OptionalLong.of(function.address()),
        AttachMethod.of(attachPoint, target.profile()));
  }

  private static String noMatch(UserProgramFile program, String pattern) {
    List<String> names = program.functionsMatching("*").stream().map(UserFunction::name).toList();
    return Similar.append(
        "no match", "similar functions", Similar.to(pattern, names, SIMILAR_FUNCTIONS));
  }

  @Override
  public List<String> argumentCandidates(
      List<ConcretePoint.Component> before,
      String component,
      String prefix,
      ResolutionContext context,
      int limit) {
    if (!component.equals("function") || Globs.isGlob(prefix)) {
      return List.of();
    }
    return ProcessPlaces.files(before, context).stream()
        .flatMap(file -> context.target().program(file).stream())
        .flatMap(program -> program.functionsMatching(prefix + "*").stream())
        .map(UserFunction::name)
        .distinct()
        .sorted()
        .limit(limit)
        .toList();
  }
}
