package dev.tapwright.compiler.probe;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code process("PATH").statement(…)}: places inside functions of a program. The function must
 * exist; where its lines lie is not known.
 */
final class ProcessStatementFamily implements ProbeFamily {
  @Override
  public List<ProbePattern> patterns() {
    return Stream.of(
            ".statement(string)",
            ".statement(string).nearest",
            ".statement(number)",
            ".statement(number).absolute",
            ".function(number)",
            ".function(number).call",
            ".function(number).return")
        .flatMap(end -> ProcessPlaces.patterns(end, "A place in a program's code").stream())
        .toList();
  }

  @Override
  public boolean isCarried() {
    return false;
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    return ProcessPlaces.resolve(point, context, place -> ofFile(place, context));
  }

  private static Resolution ofFile(ConcretePoint point, ResolutionContext context) {
    SourcePlace place = SourcePlace.of(point.string(1));
    if (!place.isOneFunction()) {
      return found(point, point.components().get(1).toString(), "probe a function by its name");
    }
    Resolution functions = ProcessFunctionFamily.functions(point, place.function(), context);
    return functions instanceof Resolution.Found
        ? found(
            point,
            place.function(),
            "probe the function where it is entered or left: .function(\"%s\") with .call or .return"
                .formatted(place.function()))
        : functions;
  }

  private static Resolution found(ConcretePoint point, String subject, String advice) {
    return Resolution.found(
        ProbeMatch.notCarried(
            new AttachPoint.NotCarried(
                subject,
                SourcePlace.NEEDS_DEBUGINFO,
                advice,
                point.has("return"),
                ProbeContext.Kind.USER_FUNCTION,
                Optional.empty()),
            point));
  }
}
