package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Bindings;
import dev.tapwright.compiler.analysis.DerivedProbe;
import dev.tapwright.compiler.analysis.ScriptPoint;
import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.bpf.LoweredValue.Number;
import dev.tapwright.compiler.bpf.Scope.Place;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Flow;
import dev.tapwright.compiler.bpf.code.Frame;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Scratch;
import dev.tapwright.compiler.bpf.code.ScratchUse;
import dev.tapwright.compiler.probe.AttachMethod;
import dev.tapwright.syntax.DeepStack;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.Note;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From one handler's tree to intermediate code. This class holds what the parts share: {@link
 * Numbers}, {@link Texts}, {@link Arrays}, {@link Statements}, {@link Calls}, {@link Events},
 * {@link Faults}.
 */
final class HandlerLowering {
  /** Deeper nesting than any person writes, and less than what our own stack takes. */
  private static final int DEEPEST = DeepStack.LEVELS;

  final KernelTables tables;
  final CodeBuilder code;
  final Memory memory;
  final SharedData data;
  final Faults faults;
  final Events events;
  final Numbers numbers;
  final Conditions conditions;
  final Assignments assignments;
  final Texts texts;
  final KnownLengths lengths;
  final ContextData contextData;
  final Answer answer;
  final HandlerTask task;
  final TextFunctions textFunctions;
  final Tokenizer tokenizer;
  final RegexMatching regexMatching;
  final SubMatches subMatches;
  final Stacks stacks;
  final NumberTexts numberTexts;
  final Formatting formatting;
  final Arrays arrays;
  final KeyPatterns patterns;
  final WrappingArrays wrapping;
  final Statistics statistics;
  final StatisticFigures figures;
  final Histograms histograms;
  final Calls calls;
  final Loops loops;
  final ArrayLoops arrayLoops;
  final Statements statements;
  final EndingCheck ending;
  final String probePoint;
  final String scriptPoint;
  private final LoopStyle style;
  private final long actions;
  private final Span place;
  private final int reportedBefore;
  private Scope scope;
  private int depth;
  private boolean isWhole;

  private HandlerLowering(
      KernelTables tables, DerivedProbe probe, Span place, LoopStyle style, long actions) {
    this.style = style;
    this.actions = actions;
    probePoint = probe.resolvedName();
    scriptPoint = ScriptPoint.of(probe);
    this.tables = tables;
    this.place = place;
    reportedBefore = tables.diagnostics().size();
    code = new CodeBuilder(place, Answer.plain(probe.attachPoint()));
    memory = new Memory(code, new Scratch(tables.profile(), code), mayLoop());
    data = new SharedData(this);
    faults = new Faults(this);
    events = new Events(this);
    numbers = new Numbers(this);
    conditions = new Conditions(this);
    assignments = new Assignments(this);
    texts = new Texts(this);
    lengths = new KnownLengths(this);
    contextData = new ContextData(this, probe.attachPoint());
    answer = new Answer(this, probe);
    task = new HandlerTask(this, AttachMethod.of(probe.attachPoint(), tables.profile()));
    textFunctions = new TextFunctions(this);
    tokenizer = new Tokenizer(this);
    regexMatching = new RegexMatching(this);
    subMatches = new SubMatches(this);
    stacks = new Stacks(this);
    numberTexts = new NumberTexts(this);
    formatting = new Formatting(this);
    arrays = new Arrays(this);
    patterns = new KeyPatterns(this);
    wrapping = new WrappingArrays(this);
    statistics = new Statistics(this);
    figures = new StatisticFigures(this);
    histograms = new Histograms(this);
    calls = new Calls(this);
    loops = new Loops(this);
    arrayLoops = new ArrayLoops(this);
    statements = new Statements(this);
    ending = new EndingCheck(this);
    scope = new Scope(-1, probe.bindings(), List.of(), Optional.empty(), 0, 0, Optional.empty());
  }

  /**
   * A handler in intermediate code.
   *
   * @param isWhole whether its turns cannot be functions of their own
   */
  record Lowered(Flow flow, boolean isWhole) {}

  /** Lowers a probe's condition and bodies. Faults of the script go to the tables' diagnostics. */
  static Lowered lower(
      KernelTables tables, DerivedProbe probe, Span place, LoopStyle style, long actions) {
    HandlerLowering handler = new HandlerLowering(tables, probe, place, style, actions);
    handler.probe(probe);
    Scratch scratch = handler.memory.scratch;
    Flow flow =
        handler.code.build(
            handler.memory.frame.highest(),
            new ScratchUse(scratch.used(), scratch.highest(), handler.loops.followed()));
    return new Lowered(flow, handler.isWhole);
  }

  private void probe(DerivedProbe probe) {
    int end = code.newBlock();
    scope =
        new Scope(
            -1,
            probe.bindings(),
            places(probe.bindings(), 0),
            Optional.empty(),
            end,
            end,
            Optional.empty());
    answer.begin();
    ProcessGuard.write(this, probe, end);
    probe
        .condition()
        .ifPresent(
            condition -> {
              int armed = code.newBlock();
              conditions.branch(condition, armed, end);
              code.start(armed);
            });
    ending.before(probe.bodies());
    for (Statement.Block body : probe.bodies()) {
      statements.statement(body);
    }
    code.at(place);
    code.jump(end);
    code.start(end);
    answer.end();
    data.finishPrologue();
    // What is refused in the handler anyway may be what took the stack.
    if (memory.frame.highest() > Frame.LIMIT && tables.diagnostics().size() == reportedBefore) {
      stackOverflow(memory.frame.highest());
    }
  }

  /** Says that the stack does not suffice. */
  private void stackOverflow(int bytes) {
    Diagnostic error = stackError(place, bytes);
    tables.report(
        memory
            .largest()
            .map(
                use ->
                    error.withNote(
                        new Note(
                            Optional.of(use.span()),
                            "this takes most: %d bytes".formatted(use.bytes()))))
            .orElse(error));
  }

  /** The error of a handler that needs too much stack. */
  static Diagnostic stackError(Span place, int bytes) {
    return Diagnostic.error(
            KernelDiagnostics.STACK,
            place,
            "this handler needs %d bytes of stack for its strings, keys and temporary values; the kernel gives %d"
                .formatted(bytes, Frame.LIMIT))
        .withNote(
            "use shorter strings, fewer of them at once, or work with them in an end or timer probe");
  }

  /** Whether there are loops: what changes in them has its place in {@link Scratch}. */
  boolean hasLoops() {
    return mayLoop() && memory.scratch.isAvailable();
  }

  private boolean mayLoop() {
    return style == LoopStyle.FUNCTIONS || tables.reach().mayLoop();
  }

  /** Says that the handler gives the kernel a result, which a function for each turn has not. */
  void keepWhole() {
    isWhole = true;
  }

  /** How loops are shown to end. */
  LoopStyle style() {
    return style;
  }

  /** Actions of MAXACTION that a run of the handler has for loops. */
  long actions() {
    return actions;
  }

  /** The scope being lowered. */
  Scope scope() {
    return scope;
  }

  /** The names of the scope being lowered. */
  Bindings bindings() {
    return scope.bindings();
  }

  /** Lowers something inside another scope. */
  void within(Scope inner, Runnable work) {
    Scope outer = scope;
    scope = inner;
    work.run();
    scope = outer;
  }

  /** Lowers something nested; false, and an error, when that is too deep. */
  boolean nested(Span span, Runnable work) {
    if (depth >= DEEPEST) {
      tables.report(
          Diagnostic.error(KernelDiagnostics.NOT_SUPPORTED, span, "this is nested too deeply"));
      return false;
    }
    depth++;
    work.run();
    depth--;
    return true;
  }

  /** Places for the variables of a scope from one on, all zero or empty. */
  List<Place> places(Bindings bindings, int first) {
    List<Place> places = new ArrayList<>();
    for (Variable.Local local : bindings.locals().subList(first, bindings.locals().size())) {
      places.add(place(bindings, local));
    }
    return places;
  }

  private Place place(Bindings bindings, Variable.Local local) {
    if (local.type() != Type.STRING) {
      Place.InRegister place = new Place.InRegister(code.fresh());
      code.copy(place.register(), new Constant(0));
      return place;
    }
    if (Restriction.STRING_VARIABLE.isBeyond(tables.profile())) {
      tables.report(Restriction.STRING_VARIABLE, local.declaration());
    }
    return texts.emptyPlace(tables.capacities().ofLocal(bindings, local));
  }

  /** Lowers an expression of any type for its value. */
  LoweredValue value(Expression expression) {
    return bindings().typeOf(expression) == Type.STRING
        ? texts.text(expression, Optional.empty())
        : new Number(numbers.number(expression));
  }

  /** Lowers an expression for its effect. */
  void effect(Expression expression) {
    switch (expression) {
      case Expression.Assignment assignment -> assignments.assign(assignment, false);
      case Expression.Step step -> assignments.step(step, false);
      case Expression.Print print when !print.asString() -> events.print(print);
      case Expression.FunctionCall call -> calls.call(call, Optional.empty());
      case Expression.Erroneous _ -> {}
      default -> value(expression);
    }
  }

  /** Writes into a block on the side, then goes on where it was. */
  void inBlock(int block, Runnable work) {
    int here = code.here();
    Span span = code.span();
    code.start(block);
    work.run();
    code.start(here);
    code.at(span);
  }

  /** The condition of a branch on a pointer or number that is not 0. */
  void branchNotZero(Operand operand, int ifTrue, int ifFalse) {
    code.branch(Comparison.NOT_EQUAL, operand, new Constant(0), ifTrue, ifFalse);
  }

  /** Says that a kernel probe cannot have something. */
  void report(Restriction restriction, Span span) {
    tables.report(restriction, span);
  }

  /** An empty string. */
  static LoweredValue.Text emptyText() {
    return new LoweredValue.LiteralText("");
  }
}
