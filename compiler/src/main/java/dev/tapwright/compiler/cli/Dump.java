package dev.tapwright.compiler.cli;

import dev.tapwright.compiler.analysis.AnalysisResult;
import dev.tapwright.compiler.analysis.SemanticSummaryPrinter;
import dev.tapwright.compiler.analysis.TapsetLibrary.LibraryFunction;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.intrinsic.Intrinsic;
import dev.tapwright.compiler.intrinsic.Intrinsics;
import dev.tapwright.compiler.intrinsic.Signature;
import dev.tapwright.compiler.probe.ProbeFamilies;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.tree.Script;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@code stap --dump-probe-types} and its kin: what there is to write in scripts, in the order of
 * the alphabet. What begins with an underscore is of the library's own use.
 */
final class Dump {
  private static final Pattern PARAMETER_SEPARATOR = Pattern.compile(", ");

  private final CompilerDriver driver;

  /** Of the library that a driver reads; it leaves nothing out, however little it does. */
  Dump(CompilerDriver driver) {
    this.driver = driver;
  }

  /** The forms of probe points that are supported. */
  static List<String> probeTypes() {
    return ProbeFamilies.supportedForms();
  }

  /** The aliases, each with the points that it stands for. */
  List<String> probeAliases() {
    return analyze("probe never {}").probePoints().aliases().stream()
        .filter(form -> !form.components().getFirst().name().startsWith("_"))
        .map(form -> SemanticSummaryPrinter.alias(form.declaration()))
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * The functions with their types. What a function does not say of its types is inferred as if a
   * script called it.
   */
  List<String> functions() {
    List<LibraryFunction> library =
        analyze("probe never {}").library().functions().stream()
            .filter(function -> !function.name().startsWith("__"))
            .toList();
    Map<String, String> functions = new HashMap<>();
    library.forEach(function -> functions.put(key(function), typed(function.signature())));
    functions.putAll(inferred(library));
    for (Intrinsic provided : Intrinsics.all()) {
      Signature signature = provided.signature();
      functions.put(
          key(signature.name(), signature.parameters().size()),
          SemanticSummaryPrinter.function(signature));
    }
    return functions.values().stream().sorted().toList();
  }

  /** A signature in which what has no type is {@code unknown}. */
  private static String typed(String signature) {
    int parameters = signature.indexOf('(');
    return typedName(signature.substring(0, parameters).strip())
        + " ("
        + PARAMETER_SEPARATOR
            .splitAsStream(signature.substring(parameters + 1, signature.length() - 1))
            .filter(parameter -> !parameter.isEmpty())
            .map(Dump::typedName)
            .collect(Collectors.joining(", "))
        + ")";
  }

  private static String typedName(String name) {
    return name.indexOf(':') < 0 ? name + ":unknown" : name;
  }

  private Map<String, String> inferred(List<LibraryFunction> functions) {
    String script =
        functions.stream()
            .map(
                function ->
                    IntStream.range(0, function.arity())
                        .mapToObj(place -> "argument" + place)
                        .collect(
                            Collectors.joining(
                                ", ", "probe never { " + function.name() + "(", ") }\n")))
            .collect(Collectors.joining());
    Map<String, String> found = new HashMap<>();
    analyze(script)
        .soundProgram()
        .functions()
        .forEach(
            function ->
                found.putIfAbsent(
                    key(function.name(), function.parameters().size()),
                    SemanticSummaryPrinter.function(function)));
    found.keySet().retainAll(functions.stream().map(Dump::key).toList());
    return found;
  }

  private AnalysisResult analyze(String text) {
    Script script = driver.parse(new SourceText(ScriptSource.INPUT, text)).script();
    return driver.analyze(script);
  }

  private static String key(LibraryFunction function) {
    return key(function.name(), function.arity());
  }

  private static String key(String name, int arity) {
    return name + "/" + arity;
  }
}
