package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of a handler's probe before it runs: {@code pp()}, {@code ppfunc()}, {@code
 * is_return()} and their kin, all of which the text of the resolved probe point tells.
 */
final class ProbeFact implements Intrinsic {
  private static final Pattern FUNCTION =
      Pattern.compile("\\.(?:function|statement|plt)\\(\"([^\"@]*)[^\"]*\"\\)");

  private final Signature signature;
  private final Function<String, Fact> fact;

  private sealed interface Fact {
    record Text(String value) implements Fact {}

    record Number(long value) implements Fact {}
  }

  private static final Pattern MODULE = Pattern.compile("module\\(\"([^\"]*)\"\\)");

  private ProbeFact(String name, Result result, String documentation, Function<String, Fact> fact) {
    signature = new Signature(name, List.of(), result, documentation);
    this.fact = fact;
  }

  /** All of them. */
  static List<Intrinsic> all() {
    return List.of(
        text(
            "pp",
            "The probe point whose handler runs, resolved: aliases and wildcards expanded.",
            point -> point),
        text(
            "ppfunc",
            "The name of the function whose probe's handler runs, from the probe point; empty for other probes.",
            ProbeFact::functionOf),
        text(
            "probefunc",
            "The name of the function whose probe's handler runs, from the probe point; empty for other probes.",
            ProbeFact::functionOf),
        text(
            "probemod",
            "The module of the kernel that the probe is in, from the probe point: `kernel` for the kernel itself, empty for other probes.",
            ProbeFact::moduleOf),
        number(
            "is_return",
            "Whether the handler runs because a function returns: 1 or 0.",
            point -> point.matches(".*\\.return(\\.maxactive\\(\\d+\\))?") ? 1 : 0),
        number(
            "user_mode",
            "Whether the probe was hit by a program's code, not by the kernel's: 1 or 0.",
            point -> point.startsWith("process") ? 1 : 0));
  }

  private static ProbeFact text(String name, String documentation, Function<String, String> fact) {
    return new ProbeFact(
        name, Result.STRING, documentation, point -> new Fact.Text(fact.apply(point)));
  }

  private static ProbeFact number(String name, String documentation, ToLongFunction<String> fact) {
    return new ProbeFact(
        name, Result.LONG, documentation, point -> new Fact.Number(fact.applyAsLong(point)));
  }

  private static String moduleOf(String point) {
    Matcher matcher = MODULE.matcher(point);
    return matcher.lookingAt() ? matcher.group(1) : point.startsWith("kernel.") ? "kernel" : "";
  }

  private static String functionOf(String point) {
    Matcher matcher = FUNCTION.matcher(point);
    return matcher.find() ? matcher.group(1) : "";
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Optional<KernelOperand> emit(KernelEmitter emitter, List<KernelOperand> arguments) {
    return Optional.of(
        switch (fact.apply(emitter.probePoint())) {
          case Fact.Text(String value) -> emitter.text(value);
          case Fact.Number(long value) -> emitter.constant(value);
        });
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return switch (fact.apply(context.probePoint())) {
      case Fact.Text(String value) -> Arguments.of(value);
      case Fact.Number(long value) -> Arguments.of(value);
    };
  }
}
