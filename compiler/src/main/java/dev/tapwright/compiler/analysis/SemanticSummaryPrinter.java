package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.intrinsic.Intrinsic;
import dev.tapwright.compiler.intrinsic.Signature;
import dev.tapwright.compiler.probe.PointAlternatives;
import dev.tapwright.compiler.probe.ProbePointText;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.ProbePoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints what {@code -p2} prints: globals, functions and probes with their types. */
public final class SemanticSummaryPrinter {
  /** Whose output is imitated. */
  public enum Runtime {
    /** {@code --runtime=bpf}. */
    BPF,
    /** No {@code --runtime}: the kernel module's. */
    KERNEL
  }

  /** Whether initial values and bodies are printed too, as with {@code -v}. */
  public enum Bodies {
    LEFT_OUT,
    /** Blocks as they are: with {@code -u}. */
    AS_WRITTEN,
    /** Without blocks that hold nothing, or a single statement. */
    SIMPLIFIED
  }

  private SemanticSummaryPrinter() {}

  /** The summary, ending in a newline unless it is empty. */
  public static String print(Program program, Runtime runtime) {
    return print(program, runtime, Bodies.LEFT_OUT);
  }

  /** The summary, ending in a newline unless it is empty. */
  public static String print(Program program, Runtime runtime, Bodies bodies) {
    StringBuilder out = new StringBuilder();
    if (!program.globals().isEmpty()) {
      out.append("# globals\n");
      for (Variable.Global global : program.globals()) {
        out.append(global(global));
        if (bodies != Bodies.LEFT_OUT) {
          global.initialValue().ifPresent(value -> out.append(" = ").append(MangledText.of(value)));
        }
        out.append('\n');
      }
    }
    List<String> functions = functions(program, runtime, bodies);
    if (!functions.isEmpty()) {
      out.append("# functions\n");
      functions.forEach(function -> out.append(function).append('\n'));
    }
    if (!program.probes().isEmpty() && runtime == Runtime.BPF) {
      out.append("# probes\n");
    }
    IdentityHashMap<ProbePoint, DerivedProbe> direct = new IdentityHashMap<>();
    for (DerivedProbe probe : program.probes()) {
      if (probe.aliases().isEmpty()) {
        direct.put(probe.origins().getFirst(), probe);
      }
    }
    for (DerivedProbe probe : program.probes()) {
      out.append(probe(probe, direct));
      if (bodies != Bodies.LEFT_OUT) {
        MangledNames names = MangledNames.in(probe.bindings(), program.functions());
        out.append(MangledBody.of(probe, names, bodies)).append('\n');
      }
    }
    return out.toString();
  }

  private static String global(Variable.Global global) {
    return global.name()
        + (global.wraps() ? "%" : "")
        + (global.size().isPresent() ? "[" + global.size().getAsLong() + "]" : "")
        + ":"
        + global.type().spelling()
        + (global.isArray()
            ? global.indexTypes().stream()
                .map(Type::spelling)
                .collect(Collectors.joining(", ", " [", "]"))
            : "");
  }

  /** Functions of the script and provided ones that are called, by name. */
  private static List<String> functions(Program program, Runtime runtime, Bodies bodies) {
    Map<String, List<String>> byName = new TreeMap<>();
    for (Function function : program.functions()) {
      // One of the script and one of the library may have the same name.
      byName
          .computeIfAbsent(function.mangledName(), name -> new ArrayList<>())
          .add(
              function(function)
                  + locals(function.bindings(), function.parameters().size())
                  + body(function, program, bodies));
    }
    for (Intrinsic intrinsic : calledIntrinsics(program)) {
      Signature signature = intrinsic.signature();
      byName.putIfAbsent(MangledNames.ofFunction(signature.name()), List.of(function(signature)));
      if (signature.name().equals("exit") && runtime == Runtime.BPF) {
        byName.putIfAbsent(
            MangledNames.ofFunction("_set_exit_status"), List.of("_set_exit_status:long ()"));
      }
    }
    return byName.values().stream().flatMap(List::stream).toList();
  }

  private static String body(Function function, Program program, Bodies bodies) {
    return bodies == Bodies.LEFT_OUT
        ? ""
        : "\n"
            + MangledBody.of(
                function.body(), MangledNames.in(function.bindings(), program.functions()), bodies);
  }

  /** A function, such as {@code f:long (x:long)}. */
  public static String function(Function function) {
    return function.name()
        + ":"
        + function.result().spelling()
        + function.parameters().stream()
            .map(parameter -> parameter.name() + ":" + parameter.type().spelling())
            .collect(Collectors.joining(", ", " (", ")"));
  }

  /** A function that the compiler provides. */
  public static String function(Signature signature) {
    String result =
        switch (signature.result()) {
          case NONE -> Type.UNKNOWN.spelling();
          case LONG -> Type.LONG.spelling();
          case STRING -> Type.STRING.spelling();
        };
    return signature.name()
        + ":"
        + result
        + signature.parameters().stream()
            .map(
                parameter ->
                    parameter.name()
                        + ":"
                        + switch (parameter.type()) {
                          case LONG -> Type.LONG.spelling();
                          case STRING -> Type.STRING.spelling();
                        })
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private static List<Intrinsic> calledIntrinsics(Program program) {
    List<Intrinsic> called = new ArrayList<>();
    for (Function function : program.functions()) {
      collect(List.of(function.body()), function.bindings(), called);
    }
    for (DerivedProbe probe : program.probes()) {
      collect(probe.bodies(), probe.bindings(), called);
    }
    return called.stream().distinct().toList();
  }

  private static void collect(
      List<? extends Node> roots, Bindings bindings, List<Intrinsic> called) {
    Deque<Node> pending = new ArrayDeque<>(roots);
    while (!pending.isEmpty()) {
      Node node = pending.pop();
      if (node instanceof Expression.FunctionCall call
          && bindings.calleeOf(call).orElse(null) instanceof Callee.Provided(Intrinsic intrinsic)) {
        called.add(intrinsic);
      }
      Children.of(node).forEach(pending::push);
    }
  }

  /**
   * A probe and where it comes from.
   *
   * @param direct written points that stand for a probe without an alias
   */
  private static String probe(
      DerivedProbe probe, IdentityHashMap<ProbePoint, DerivedProbe> direct) {
    StringBuilder out = new StringBuilder(probe.resolvedName());
    out.append(ProbePointText.mark(probe.origins().getFirst().presence()));
    out.append(condition(probe).orElse(""));
    if (!probe.comment().isEmpty()) {
      out.append(" /* ").append(probe.comment()).append(" */");
    }
    out.append(" /*");
    for (Declaration.Alias alias : probe.aliases()) {
      out.append(" <- ").append(alias(alias));
    }
    out.append(" <- ").append(written(probe.declaration().points(), ",", direct)).append(" */");
    return out + locals(probe.bindings(), 0) + "\n";
  }

  /**
   * Locals but the first so many, each on its line behind a line end; empty when there are none.
   */
  private static String locals(Bindings bindings, int parameters) {
    List<Variable.Local> locals = bindings.locals().subList(parameters, bindings.locals().size());
    return locals.isEmpty()
        ? ""
        : locals.stream()
            .map(local -> "\n  " + local.name() + ":" + local.type().spelling())
            .collect(Collectors.joining("", "\n  # locals", ""));
  }

  /** An alias and its points, such as {@code tick = timer.s(1), begin}. */
  public static String alias(Declaration.Alias alias) {
    return alias.names().stream()
        .map(name -> ProbePointText.of(name.point()) + (name.isEpilogue() ? " += " : " = "))
        .collect(
            Collectors.joining("", "", written(alias.points(), ", ", new IdentityHashMap<>())));
  }

  /** Points as written, except that their braces are written out. */
  private static String written(
      List<ProbePoint> points, String separator, IdentityHashMap<ProbePoint, DerivedProbe> direct) {
    return points.stream()
        .flatMap(
            point ->
                PointAlternatives.of(point).stream()
                    .map(
                        alternative ->
                            written(alternative, Optional.ofNullable(direct.get(point)))))
        .collect(Collectors.joining(separator));
  }

  private static String written(
      PointAlternatives.Alternative point, Optional<DerivedProbe> resolved) {
    return point.components().stream().map(ProbePointText::of).collect(Collectors.joining("."))
        + ProbePointText.mark(point.presence())
        + resolved
            .flatMap(SemanticSummaryPrinter::condition)
            .or(
                () ->
                    point
                        .condition()
                        .map(
                            condition ->
                                " if ("
                                    + MangledText.of(condition, MangledNames.asWritten())
                                    + ")"))
            .orElse("");
  }

  private static Optional<String> condition(DerivedProbe probe) {
    return probe
        .condition()
        .map(
            condition ->
                " if ("
                    + MangledText.of(condition, MangledNames.in(probe.bindings(), List.of()))
                    + ")");
  }
}
