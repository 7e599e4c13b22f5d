package dev.tapwright.compiler.driver;

import dev.tapwright.compiler.analysis.AnalysisCodes;
import dev.tapwright.compiler.analysis.Bindings;
import dev.tapwright.compiler.analysis.Callee;
import dev.tapwright.compiler.analysis.DerivedProbe;
import dev.tapwright.compiler.analysis.Function;
import dev.tapwright.compiler.analysis.Program;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.assembler.Assembly;
import dev.tapwright.compiler.assembler.AssemblyReader;
import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.DiagnosticCode;
import dev.tapwright.syntax.diagnostic.Note;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.EmbeddedCode;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.ProbePoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Refuses handlers that only SystemTap's kernel module could run: those at places that nothing here
 * attaches to, those that reach embedded C code, and those that write to the traced program. Says
 * so on the line of the script that leads there.
 */
final class CarriedCheck {
  /** The sound part of a program, and what is wrong with the rest. */
  record Outcome(Program program, List<Diagnostic> diagnostics) {}

  /**
   * What BPF cannot run.
   *
   * @param note what stands at the span, for where that is not in the script
   */
  private record Fault(DiagnosticCode code, Span span, String description, String note) {
    static Fault embedded(Span span, String description) {
      return new Fault(DriverCodes.EMBEDDED_CODE, span, description, "embedded code is here");
    }

    static Fault write(Span span) {
      return new Fault(
          AnalysisCodes.CONTEXT_WRITE,
          span,
          "this writes to the traced program",
          "the write is here");
    }
  }

  private final Program program;

  /** By function, what is wrong with it or with what it calls. */
  private final Map<Integer, Fault> ofFunction = new HashMap<>();

  private final Map<Span, Diagnostic> diagnostics = new LinkedHashMap<>();

  private CarriedCheck(Program program) {
    this.program = program;
    findFunctions();
  }

  static Outcome check(Program program) {
    CarriedCheck check = new CarriedCheck(program);
    List<DerivedProbe> sound =
        program.probes().stream().filter(probe -> !check.refuses(probe)).toList();
    program.functions().forEach(check::assembler);
    return new Outcome(
        sound.size() == program.probes().size()
            ? program
            : new Program(program.globals(), program.functions(), sound, program.places()),
        List.copyOf(check.diagnostics.values()));
  }

  /** Says what is wrong with a function's block of assembler. */
  private void assembler(Function function) {
    if (function.body() instanceof EmbeddedCode code && Assembly.isIn(code)) {
      AssemblyReader.read(
              code,
              function.parameters().stream().map(Variable.Local::name).toList(),
              Assembly.STACK_STRING)
          .diagnostics()
          .forEach(found -> diagnostics.putIfAbsent(found.span(), found));
    }
  }

  /** Whether a script can do without a probe, and has others. */
  private boolean isOptional(DerivedProbe probe) {
    return probe.origins().stream()
            .anyMatch(point -> point.presence() == ProbePoint.Presence.OPTIONAL)
        && program.probes().stream()
            .anyMatch(other -> !(other.attachPoint() instanceof AttachPoint.NotCarried));
  }

  private boolean refuses(DerivedProbe probe) {
    if (probe.attachPoint() instanceof AttachPoint.NotCarried place) {
      // A probe that a library file brings with it is refused where its name is used.
      Span point = program.places().userPlace(probe.origins().getLast().span());
      String message =
          "probe point '%s' cannot be run as BPF: %s"
              .formatted(probe.resolvedName(), place.reason());
      diagnostics.putIfAbsent(
          point,
          isOptional(probe)
              ? Diagnostic.warning(DriverCodes.NOT_CARRIED, point, message)
                  .withNote("it is optional, and left out")
              : Diagnostic.error(DriverCodes.NOT_CARRIED, point, message).withNote(place.advice()));
      return true;
    }
    if (probe.attachPoint() instanceof AttachPoint.File file && isOtherWay(file)) {
      Span point = program.places().userPlace(probe.origins().getLast().span());
      diagnostics.putIfAbsent(
          point,
          Diagnostic.error(
                  DriverCodes.NOT_CARRIED,
                  point,
                  "file '%s' is both read and written: here it is a pipe, which goes one way"
                      .formatted(file.path()))
              .withNote("give the two probes different paths"));
      return true;
    }
    List<Node> roots = new ArrayList<>(probe.bodies());
    probe.condition().ifPresent(roots::add);
    boolean isRefused = false;
    Deque<Node> pending = new ArrayDeque<>(roots);
    while (!pending.isEmpty()) {
      Node node = pending.pop();
      Optional<Fault> found = fault(node, probe.bindings());
      if (found.isPresent()) {
        report(
            node instanceof Expression.FunctionCall call
                ? call.function().span()
                : found.get().span(),
            found.get());
        isRefused = true;
      }
      Children.of(node).forEach(pending::push);
    }
    return isRefused;
  }

  /** Whether an earlier probe uses the file the other way round. */
  private boolean isOtherWay(AttachPoint.File file) {
    for (DerivedProbe other : program.probes()) {
      if (other.attachPoint() instanceof AttachPoint.File first
          && first.path().equals(file.path())) {
        return first.isWrite() != file.isWrite();
      }
    }
    return false;
  }

  private void report(Span use, Fault fault) {
    Span place = program.places().userPlace(use);
    Diagnostic diagnostic =
        Diagnostic.error(fault.code(), place, fault.description() + " and cannot be run as BPF");
    diagnostics.putIfAbsent(
        place,
        fault.span().equals(place)
            ? diagnostic
            : diagnostic.withNote(new Note(Optional.of(fault.span()), fault.note())));
  }

  /** What is wrong with a node, or with what it calls. */
  private Optional<Fault> fault(Node node, Bindings bindings) {
    return switch (node) {
      case Expression.Embedded embedded ->
          Optional.of(Fault.embedded(embedded.span(), "this is embedded C code"));
      case Expression.Constant constant ->
          Optional.of(
              Fault.embedded(
                  constant.span(),
                  "the C expression '%s' is neither a number nor of the kernel's enumerations"
                      .formatted(constant.expression().value())));
      case Expression.FunctionCall call ->
          bindings.calleeOf(call).orElse(null) instanceof Callee.ScriptFunction(int index)
              ? Optional.ofNullable(ofFunction.get(index))
              : Optional.empty();
      case Expression.Assignment assignment -> write(assignment.target(), bindings);
      case Expression.Step step -> write(step.operand(), bindings);
      default -> Optional.empty();
    };
  }

  private static Optional<Fault> write(Expression target, Bindings bindings) {
    return bindings
        .accessOf(target)
        .filter(access -> !access.isAnswer())
        .map(_ -> Fault.write(target.span()));
  }

  /** Finds the functions with a fault of their own, then those that call them. */
  private void findFunctions() {
    Map<Integer, List<Integer>> callers = new HashMap<>();
    Deque<Integer> pending = new ArrayDeque<>();
    for (int i = 0; i < program.functions().size(); i++) {
      Optional<Fault> own = own(i, callers);
      if (own.isPresent()) {
        ofFunction.put(i, own.get());
        pending.add(i);
      }
    }
    while (!pending.isEmpty()) {
      int called = pending.remove();
      Fault fault = Objects.requireNonNull(ofFunction.get(called));
      for (int caller : callers.getOrDefault(called, List.of())) {
        if (ofFunction.putIfAbsent(caller, fault) == null) {
          pending.add(caller);
        }
      }
    }
  }

  /** The first fault of a function itself; notes whom it calls. */
  private Optional<Fault> own(int index, Map<Integer, List<Integer>> callers) {
    Function function = program.functions().get(index);
    if (function.body() instanceof EmbeddedCode code) {
      return Assembly.isIn(code)
          ? Optional.empty()
          : Optional.of(Fault.embedded(function.declaration().name().span(), inC(function)));
    }
    Deque<Node> pending = new ArrayDeque<>(List.of(function.body()));
    Optional<Fault> first = Optional.empty();
    while (!pending.isEmpty()) {
      Node node = pending.pop();
      if (node instanceof Expression.FunctionCall call) {
        if (function.bindings().calleeOf(call).orElse(null)
            instanceof Callee.ScriptFunction(int called)) {
          callers.computeIfAbsent(called, _ -> new ArrayList<>()).add(index);
        }
      } else if (first.isEmpty()) {
        first =
            node instanceof Expression.Embedded
                ? Optional.of(Fault.embedded(node.span(), inC(function)))
                : fault(node, function.bindings());
      }
      Children.of(node).forEach(pending::push);
    }
    return first;
  }

  private static String inC(Function function) {
    Span name = function.declaration().name().span();
    return "function '%s', declared at %s:%d, is written in embedded C code"
        .formatted(function.name(), name.source().name(), name.line());
  }
}
