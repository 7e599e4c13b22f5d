package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What {@code $value} stands for in the handlers of {@code procfs} probes: the text that was
 * written into the file, or that its reader is to get. No script calls these by name.
 */
public final class FileText implements UserIntrinsic {
  /** Gives the text. */
  public static final String GET = "__procfs_value";

  /** Replaces the text, and gives the new one. */
  public static final String SET = "__procfs_set";

  /** Adds to the text, and gives what was added. */
  public static final String APPEND = "__procfs_append";

  private final Signature signature;
  private final BiFunction<UserContext, List<Value>, String> evaluation;

  private FileText(
      String name,
      List<Parameter> parameters,
      BiFunction<UserContext, List<Value>, String> evaluation) {
    signature =
        new Signature(name, parameters, Result.STRING, "$value of a procfs probe's handler.");
    this.evaluation = evaluation;
  }

  /** All of them. */
  static List<Intrinsic> all() {
    List<Parameter> text = List.of(Parameter.text("text"));
    return List.of(
        new FileText(GET, List.of(), (context, arguments) -> context.fileText()),
        new FileText(SET, text, (context, arguments) -> set(context, "", arguments)),
        new FileText(
            APPEND, text, (context, arguments) -> set(context, context.fileText(), arguments)));
  }

  private static String set(UserContext context, String before, List<Value> arguments) {
    String text = Arguments.text(arguments, 0);
    context.setFileText(before + text);
    return text;
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(evaluation.apply(context, arguments));
  }
}
