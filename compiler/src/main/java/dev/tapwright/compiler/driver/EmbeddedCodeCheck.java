package dev.tapwright.compiler.driver;

import dev.tapwright.compiler.analysis.Bindings;
import dev.tapwright.compiler.analysis.Callee;
import dev.tapwright.compiler.analysis.DerivedProbe;
import dev.tapwright.compiler.analysis.Function;
import dev.tapwright.compiler.analysis.Program;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.Note;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.EmbeddedCode;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Refuses handlers that reach embedded code: it is C for the kernel module's run time, which BPF
 * cannot run. Says so on the line of the script that leads there.
 */
final class EmbeddedCodeCheck {
  /** The sound part of a program, and what is wrong with the rest. */
  record Outcome(Program program, List<Diagnostic> diagnostics) {}

  private record Embedding(Span span, String description) {}

  private final Program program;
  private final Map<Integer, Optional<Embedding>> ofFunction = new HashMap<>();
  private final Map<Span, Diagnostic> diagnostics = new LinkedHashMap<>();

  private EmbeddedCodeCheck(Program program) {
    this.program = program;
  }

  static Outcome check(Program program) {
    EmbeddedCodeCheck check = new EmbeddedCodeCheck(program);
    List<DerivedProbe> sound =
        program.probes().stream().filter(probe -> !check.refuses(probe)).toList();
    return new Outcome(
        sound.size() == program.probes().size()
            ? program
            : new Program(program.globals(), program.functions(), sound, program.places()),
        List.copyOf(check.diagnostics.values()));
  }

  private boolean refuses(DerivedProbe probe) {
    List<Node> roots = new ArrayList<>(probe.bodies());
    probe.condition().ifPresent(roots::add);
    boolean isRefused = false;
    Deque<Node> pending = new ArrayDeque<>(roots);
    while (!pending.isEmpty()) {
      Node node = pending.pop();
      Optional<Embedding> found = embedding(node, probe.bindings());
      if (found.isPresent()) {
        report(
            node instanceof Expression.FunctionCall call ? call.function().span() : node.span(),
            found.get());
        isRefused = true;
      }
      Children.of(node).forEach(pending::push);
    }
    return isRefused;
  }

  private void report(Span use, Embedding embedding) {
    Span place = program.places().userPlace(use);
    Diagnostic diagnostic =
        Diagnostic.error(
            DriverCodes.EMBEDDED_CODE,
            place,
            embedding.description() + " and cannot be run as BPF");
    diagnostics.putIfAbsent(
        place,
        embedding.span().equals(place)
            ? diagnostic
            : diagnostic.withNote(
                new Note(Optional.of(embedding.span()), "embedded code is here")));
  }

  /** The embedded code that a node is, or that what it calls reaches. */
  private Optional<Embedding> embedding(Node node, Bindings bindings) {
    return switch (node) {
      case Expression.Embedded embedded ->
          Optional.of(new Embedding(embedded.span(), "this is embedded C code"));
      case Expression.Constant constant ->
          Optional.of(
              new Embedding(
                  constant.span(),
                  "the C expression '%s' is neither a number nor of the kernel's enumerations"
                      .formatted(constant.expression().value())));
      case Expression.FunctionCall call ->
          bindings.calleeOf(call).orElse(null) instanceof Callee.ScriptFunction(int index)
              ? ofFunction(index)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** The first embedded code that a function reaches; a call in a circle reaches nothing new. */
  private Optional<Embedding> ofFunction(int index) {
    Optional<Embedding> known = ofFunction.get(index);
    if (known != null) {
      return known;
    }
    ofFunction.put(index, Optional.empty());
    Function function = program.functions().get(index);
    Optional<Embedding> found =
        function.body() instanceof EmbeddedCode
            ? Optional.of(new Embedding(function.declaration().name().span(), inC(function)))
            : within(List.of(function.body()), function);
    ofFunction.put(index, found);
    return found;
  }

  private Optional<Embedding> within(Collection<? extends Node> roots, Function function) {
    Deque<Node> pending = new ArrayDeque<>(roots);
    while (!pending.isEmpty()) {
      Node node = pending.pop();
      Optional<Embedding> found = embedding(node, function.bindings());
      if (found.isPresent()) {
        return node instanceof Expression.Embedded
            ? Optional.of(new Embedding(node.span(), inC(function)))
            : found;
      }
      Children.of(node).forEach(pending::push);
    }
    return Optional.empty();
  }

  private static String inC(Function function) {
    Span name = function.declaration().name().span();
    return "function '%s', declared at %s:%d, is written in embedded C code"
        .formatted(function.name(), name.source().name(), name.line());
  }
}
