package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.DerivedProbe;
import dev.tapwright.compiler.analysis.Function;
import dev.tapwright.compiler.analysis.Program;
import dev.tapwright.compiler.analysis.ScriptPoint;
import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.probe.Placement;
import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.EmbeddedCode;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a {@link UserProgram} of the user-placed handlers of an analysed program, and of the
 * functions that they reach.
 */
public final class UserCompiler {
  private final Program program;
  private final Places places = new Places();
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final CallGraph calls = new CallGraph();
  private final StatisticUses statistics;

  /** Place of each function that is reached: from the program's functions to the user program's. */
  private final Map<Integer, Integer> functionPlaces = new HashMap<>();

  private final List<Integer> functionsToCompile = new ArrayList<>();
  private final int stringLength;
  private final KernelProfile profile;

  private UserCompiler(Program program, int stringLength, KernelProfile profile) {
    this.program = program;
    this.profile = profile;
    this.statistics = StatisticUses.of(program);
    this.stringLength = stringLength;
  }

  /**
   * Compiles.
   *
   * @param sharedGlobals places of the globals that live in the kernel
   * @param settings {@code -D NAME=VALUE}; those that are {@link Limits} count
   * @param profile of the kernel, which is asked for data of its own
   */
  public static UserCompilation compile(
      Program program,
      Set<Integer> sharedGlobals,
      Map<String, Long> settings,
      KernelProfile profile) {
    Limits limits = Limits.of(settings, Limits.RECURSION_BONUS);
    return new UserCompiler(program, limits.stringLength(), profile)
        .compile(sharedGlobals, settings, limits);
  }

  private UserCompilation compile(
      Set<Integer> sharedGlobals, Map<String, Long> settings, Limits limits) {
    List<HandlerCode> handlers = new ArrayList<>();
    for (int i = 0; i < program.probes().size(); i++) {
      if (program.probes().get(i).attachPoint().placement() == Placement.USER) {
        handlers.add(handler(i, program.probes().get(i)));
      }
    }
    List<FunctionCode> functions = new ArrayList<>();
    for (int i = 0; i < functionsToCompile.size(); i++) {
      functions.add(function(functionsToCompile.get(i)));
    }
    List<GlobalDefinition> globals = new ArrayList<>();
    for (Variable.Global global : program.globals()) {
      globals.add(global(global, sharedGlobals.contains(global.index()), limits));
    }
    if (diagnostics.stream().anyMatch(Diagnostic::isError)) {
      return new UserCompilation(Optional.empty(), diagnostics);
    }
    Limits all = Limits.of(settings, calls.nesting());
    return new UserCompilation(
        Optional.of(new UserProgram(globals, functions, handlers, places.all(), all)), diagnostics);
  }

  private HandlerCode handler(int index, DerivedProbe probe) {
    Slots slots = new Slots(probe.bindings().locals());
    StatementCompiler compiler =
        new StatementCompiler(
            this, new ExpressionCompiler(this, probe.bindings(), slots, CallGraph.HANDLERS), true);
    List<StatementCode> bodies = new ArrayList<>();
    for (Statement.Block body : probe.bodies()) {
      bodies.add(compiler.statement(body));
    }
    return new HandlerCode(
        index,
        ByteStrings.cut(ByteStrings.ofScript(probe.resolvedName()), stringLength),
        ByteStrings.cut(ByteStrings.ofScript(ScriptPoint.of(probe)), stringLength),
        slots.numbers(),
        slots.texts(),
        compiler.condition(probe.condition()),
        new StatementCode.Block(bodies));
  }

  private FunctionCode function(int index) {
    Function function = program.functions().get(index);
    Slots slots = new Slots(function.bindings().locals());
    StatementCompiler compiler =
        new StatementCompiler(
            this,
            new ExpressionCompiler(this, function.bindings(), slots, index),
            !function.isOwn());
    StatementCode body =
        switch (function.body()) {
          case Statement.Block block -> compiler.statement(block);
          case EmbeddedCode code -> AssemblyCompiler.compile(this, function, code);
        };
    List<Type> parameters = parameters(function);
    return new FunctionCode(
        function.name(),
        parameters,
        function.result(),
        slots.numbers(),
        slots.texts(),
        body,
        function.nextOverload().isPresent()
            ? functionPlace(function.nextOverload().getAsInt(), index)
            : -1);
  }

  /** Types of a function's parameters. */
  static List<Type> parameters(Function function) {
    List<Type> parameters = new ArrayList<>();
    for (Variable.Local parameter : function.parameters()) {
      parameters.add(parameter.type() == Type.STRING ? Type.STRING : Type.LONG);
    }
    return parameters;
  }

  /** Bytes of a string at most. */
  int stringLength() {
    return stringLength;
  }

  /**
   * The place in the user program of a function, which is compiled if it was not yet.
   *
   * @param function its place in the analysed program
   * @param caller the place of the function that calls it there
   */
  int functionPlace(int function, int caller) {
    calls.add(caller, function);
    Integer place = functionPlaces.get(function);
    if (place == null) {
      place = functionsToCompile.size();
      functionPlaces.put(function, place);
      functionsToCompile.add(function);
    }
    return place;
  }

  private GlobalDefinition global(Variable.Global global, boolean isShared, Limits limits) {
    long number = 0;
    String text = "";
    if (global.initialValue().isPresent()) {
      switch (global.initialValue().get()) {
        case Expression.NumberLiteral literal -> number = literal.value();
        case Expression.StringLiteral literal -> text = text(literal);
      }
    }
    return new GlobalDefinition(
        global.name(),
        global.type() == Type.UNKNOWN ? Type.LONG : global.type(),
        global.indexTypes().stream()
            .map(type -> type == Type.STRING ? Type.STRING : Type.LONG)
            .toList(),
        Math.clamp(global.size().orElse(limits.mapEntries()), 1, Integer.MAX_VALUE),
        global.size().isPresent(),
        global.wraps(),
        isShared,
        number,
        text,
        statistics.of(global.index()).histograms(),
        statistics.of(global.index()).varianceShift());
  }

  /** A string literal's value as the machine has it. */
  String text(Expression.StringLiteral literal) {
    return ByteStrings.cut(ByteStrings.ofScript(literal.value()), stringLength);
  }

  Places places() {
    return places;
  }

  StatisticUses statistics() {
    return statistics;
  }

  Program program() {
    return program;
  }

  /** Refuses what reads the kernel's memory, where the kernel lets nobody do that from here. */
  void needKernelMemory(Span span) {
    if (!profile.has(KernelFeature.PROGRAM_RUN)) {
      throw fault(
          MachineCodes.NOT_SUPPORTED,
          span,
          "data of the kernel in a user-placed handler cannot be read on Linux %s: it needs %s, which Linux %s brought"
              .formatted(
                  profile.name(),
                  KernelFeature.PROGRAM_RUN.description(),
                  KernelFeature.PROGRAM_RUN.since()));
    }
  }

  /** Reports what cannot be compiled. */
  StatementCode refuse(Unsupported unsupported) {
    diagnostics.add(unsupported.diagnostic());
    return new StatementCode.Block(List.of());
  }

  /** Reports a fault of the script. */
  static Unsupported fault(
      dev.tapwright.syntax.diagnostic.DiagnosticCode code, Span span, String message) {
    return new Unsupported(Diagnostic.error(code, span, message));
  }
}
