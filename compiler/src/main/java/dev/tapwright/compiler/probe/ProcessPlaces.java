package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.probe.ConcretePoint.Component;
import dev.tapwright.compiler.probe.ProbeFamily.ResolutionContext;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.compiler.target.TaskLayout;
import dev.tapwright.compiler.target.UserProgramFile;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Expression;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which files and which processes a point is of that begins with {@code process}: the program of a
 * path, that of a running process or of the command of {@code -c}, or a library in those.
 */
final class ProcessPlaces {
  private static final String PROGRAM = "process(string)";

  private static final List<String> OTHERS =
      List.of(
          "process",
          "process(number)",
          "process(string).library(string)",
          "process.library(string)");

  /** Where a library that is named without its folder is looked for. */
  private static final List<String> LIBRARY_FOLDERS =
      List.of(
          "/lib/x86_64-linux-gnu",
          "/usr/lib/x86_64-linux-gnu",
          "/lib64",
          "/usr/lib64",
          "/lib",
          "/usr/lib",
          "/usr/local/lib");

  private static final String NO_TARGET =
      "unspecified process probe is invalid without a -c COMMAND or -x PID";

  /** Why processes cannot be told from one another where {@link TaskLayout} is not known. */
  static final String NEEDS_TYPES =
      "the kernel does not describe its types (BTF), by which processes are told";

  private ProcessPlaces() {}

  /** The forms of each beginning followed by {@code process("PATH")}'s end. */
  static List<ProbePattern> patterns(String end, String documentation) {
    List<ProbePattern> patterns = new ArrayList<>();
    patterns.add(ProbePattern.of(PROGRAM + end, documentation));
    patterns.addAll(ProbePattern.each(OTHERS, List.of(end), documentation + ", in some processes"));
    return patterns;
  }

  /**
   * The processes that a point is of which says nothing of files or libraries.
   *
   * @return one of the two: the processes, or why there are none
   */
  static Selection processes(ConcretePoint point, ResolutionContext context) {
    return switch (point.components().getFirst().argument().orElse(null)) {
      case Expression.StringLiteral(Span _, String name) -> running(name, context);
      case Expression.NumberLiteral number -> numbered(number.value(), context.target());
      case null, default -> new Selection.Of(List.of(new Processes.OfTarget()));
    };
  }

  /** Processes, or why there are none. */
  sealed interface Selection {
    /** At least one sort of them. */
    record Of(List<Processes> each) implements Selection {
      /** Copies the list. */
      public Of {
        each = List.copyOf(each);
      }
    }

    /** None. */
    record None(Resolution reason) implements Selection {}
  }

  private static Selection running(String name, ResolutionContext context) {
    List<Path> paths = ProcessFunctionFamily.paths(name, context);
    return paths.isEmpty()
        ? new Selection.None(noProgram(name))
        : new Selection.Of(
            paths.stream()
                .<Processes>map(path -> new Processes.Running(file(path, context).toString()))
                .toList());
  }

  private static Selection numbered(long number, Target target) {
    return target.isRunning(number)
        ? new Selection.Of(List.of(new Processes.Numbered(number)))
        : new Selection.None(
            Resolution.notFound(
                ProbeCodes.NO_MATCH, "cannot probe pid %d: No such process".formatted(number)));
  }

  /** No program is found by a name or pattern. */
  static Resolution noProgram(String name) {
    return Resolution.notFound(
        ProbeCodes.NO_MATCH,
        Globs.isGlob(name) ? "no match" : "cannot find executable '%s'".formatted(name));
  }

  /** The file itself, where links lead to it. */
  private static Path file(Path path, ResolutionContext context) {
    return context.target().program(path).map(UserProgramFile::path).orElse(path);
  }

  /**
   * Resolves a point of any of the forms.
   *
   * @param ofFile resolves one that begins with {@code process("PATH")}, where the path may be that
   *     of a library
   */
  static Resolution resolve(
      ConcretePoint point, ResolutionContext context, Function<ConcretePoint, Resolution> ofFile) {
    boolean isOfLibrary = point.components().get(1).name().equals("library");
    boolean isOfPath =
        point.components().getFirst().argument().orElse(null) instanceof Expression.StringLiteral;
    if (isOfPath && !isOfLibrary) {
      return ofFile.apply(point);
    }
    Target target = context.target();
    if (point.components().getFirst().argument().isEmpty() && target.tracedProgram().isEmpty()) {
      return Resolution.notFound(ProbeCodes.NO_MATCH, NO_TARGET);
    }
    return switch (processes(point, context)) {
      case Selection.None(Resolution reason) -> reason;
      case Selection.Of(List<Processes> each) ->
          isOfLibrary
              ? ofLibrary(point, each, context, ofFile)
              : ofProgram(point, each.getFirst(), target, ofFile);
    };
  }

  private static Resolution ofProgram(
      ConcretePoint point,
      Processes processes,
      Target target,
      Function<ConcretePoint, Resolution> ofFile) {
    Optional<Path> program = program(processes, target);
    if (program.isEmpty()) {
      return Resolution.notFound(
          ProbeCodes.NO_MATCH, "no match (this user may not know what program the process runs)");
    }
    return in(
        processes,
        point.components().getFirst().toString(),
        ofFile.apply(of(point, 1, program.get().toString())),
        target);
  }

  private static Resolution ofLibrary(
      ConcretePoint point,
      List<Processes> each,
      ResolutionContext context,
      Function<ConcretePoint, Resolution> ofFile) {
    String name = point.string(1);
    List<ProbeMatch> matches = new ArrayList<>();
    Resolution nothing =
        Resolution.notFound(
            ProbeCodes.NO_MATCH,
            Globs.isGlob(name) ? "no match" : "cannot find library '%s'".formatted(name));
    for (Processes processes : each) {
      String beginning =
          processes instanceof Processes.Running(String path)
              ? "process(" + ProbePointText.quoted(path) + ")"
              : point.components().getFirst().toString();
      for (String library : libraries(name, program(processes, context.target()), context)) {
        Resolution found =
            in(
                processes,
                beginning + ".library(" + ProbePointText.quoted(library) + ")",
                ofFile.apply(of(point, 2, library)),
                context.target());
        if (found instanceof Resolution.Found(List<ProbeMatch> inThese)) {
          matches.addAll(inThese);
        } else if (!Globs.isGlob(name)) {
          nothing = found;
        }
      }
    }
    return matches.isEmpty() ? nothing : new Resolution.Found(matches);
  }

  /** The program that processes run, as far as it is known. */
  private static Optional<Path> program(Processes processes, Target target) {
    return switch (processes) {
      case Processes.Running(String path) -> Optional.of(Path.of(path));
      case Processes.Numbered(long number) -> target.programOf(number);
      case Processes.OfTarget _, Processes.All _ -> target.tracedProgram();
    };
  }

  /**
   * Libraries by a path or pattern of paths, by a name from where libraries are, or those that a
   * program asks for whose names match.
   */
  private static List<String> libraries(
      String name, Optional<Path> program, ResolutionContext context) {
    if (name.indexOf('/') >= 0) {
      return ProcessFunctionFamily.paths(name, context).stream().map(Path::toString).toList();
    }
    if (!Globs.isGlob(name)) {
      return library(name, context).stream().toList();
    }
    return program.flatMap(context.target()::program).stream()
        .flatMap(file -> file.libraries().stream())
        .filter(library -> Globs.matches(name, library))
        .flatMap(library -> library(library, context).stream())
        .toList();
  }

  private static Optional<String> library(String name, ResolutionContext context) {
    return LIBRARY_FOLDERS.stream()
        .map(folder -> Path.of(folder).resolve(name))
        .filter(path -> context.target().program(path).isPresent())
        .map(Path::toString)
        .findFirst();
  }

  /** The point of a file, from some component of another on. */
  private static ConcretePoint of(ConcretePoint point, int from, String path) {
    Component first = point.components().getFirst();
    List<Component> components = new ArrayList<>();
    components.add(
        new Component(
            first.name(),
            Optional.of(new Expression.StringLiteral(first.nameSpan(), path)),
            first.nameSpan()));
    components.addAll(point.components().subList(from, point.components().size()));
    return new ConcretePoint(components);
  }

  /** Matches in some processes only, under names that begin otherwise than with a path. */
  private static Resolution in(
      Processes processes, String beginning, Resolution found, Target target) {
    if (!(found instanceof Resolution.Found(List<ProbeMatch> matches))) {
      return found;
    }
    if (!(processes instanceof Processes.Numbered) && TaskLayout.of(target).isEmpty()) {
      return Resolution.notFound(ProbeCodes.NO_MATCH, "no match (%s)".formatted(NEEDS_TYPES));
    }
    return new Resolution.Found(
        matches.stream()
            .map(match -> match.in(processes, beginning + afterPath(match.resolvedName())))
            .toList());
  }

  /** What follows {@code process("PATH")}. */
  private static String afterPath(String name) {
    int end = name.indexOf("\").");
    return end < 0 ? "" : name.substring(end + 2);
  }

  /** The files that the components before a cursor name. */
  static List<Path> files(List<Component> before, ResolutionContext context) {
    boolean isOfLibrary = before.size() > 1 && before.get(1).name().equals("library");
    return switch (before.get(isOfLibrary ? 1 : 0).argument().orElse(null)) {
      case Expression.StringLiteral(Span _, String name) ->
          isOfLibrary
              ? libraries(name, Optional.empty(), context).stream().map(Path::of).toList()
              : ProcessFunctionFamily.paths(name, context);
      case Expression.NumberLiteral number ->
          context.target().programOf(number.value()).stream().toList();
      case null, default -> context.target().tracedProgram().stream().toList();
    };
  }
}
