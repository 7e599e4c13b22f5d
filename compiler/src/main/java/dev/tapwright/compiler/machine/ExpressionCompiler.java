package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.AnalysisCodes;
import dev.tapwright.compiler.analysis.Bindings;
import dev.tapwright.compiler.analysis.Callee;
import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.intrinsic.Intrinsic;
import dev.tapwright.compiler.machine.NumberCode.Assign;
import dev.tapwright.compiler.probe.Placement;
import dev.tapwright.syntax.DeepStack;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.PrintFormat;
import dev.tapwright.syntax.tree.AssignmentOperator;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.IndexElement;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.StatisticOperator;
import dev.tapwright.syntax.tree.UnaryOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compiles the expressions of one handler or function. What it cannot carry, it throws as {@link
 * Unsupported}.
 */
final class ExpressionCompiler {
  /**
   * How deep records may lie in each other: as deep as the object's file and the stack of the
   * thread that runs it allow.
   */
  private static final int DEEPEST = 2 * DeepStack.LEVELS;

  /**
   * How much deeper a file's records get by an expression within another: the record, and a list
   * around it.
   */
  private static final int EXPRESSION = 2;

  private final UserCompiler owner;
  private final Bindings bindings;
  private final Slots slots;
  private final int function;
  private int depth;

  /**
   * A compiler for one body.
   *
   * @param function place in the analysed program of the function it is; {@link CallGraph#HANDLERS}
   *     for a handler
   */
  ExpressionCompiler(UserCompiler owner, Bindings bindings, Slots slots, int function) {
    this.owner = owner;
    this.bindings = bindings;
    this.slots = slots;
    this.function = function;
  }

  /** A statistic, named in the script by the variable or an element of it. */
  record StatisticReference(int global, List<Code> key) {}

  /** An expression of any type. */
  Code code(Expression expression) {
    return isText(expression) ? text(expression) : number(expression);
  }

  private boolean isText(Expression expression) {
    return expression instanceof Expression.StringLiteral
        || bindings.typeOf(expression) == Type.STRING;
  }

  /** An expression that gives a number. */
  NumberCode number(Expression expression) {
    enter(expression.span(), EXPRESSION);
    try {
      return compileNumber(expression);
    } finally {
      leave(EXPRESSION);
    }
  }

  /** An expression that gives a string. */
  TextCode text(Expression expression) {
    enter(expression.span(), EXPRESSION);
    try {
      return compileText(expression);
    } finally {
      leave(EXPRESSION);
    }
  }

  /** Goes so many records deeper, or refuses to. */
  void enter(Span span, int records) {
    if (depth + records > DEEPEST) {
      throw Unsupported.yet(span, "code that nests this deep is");
    }
    depth += records;
  }

  /** Comes back from there. */
  void leave(int records) {
    depth -= records;
  }

  private NumberCode compileNumber(Expression expression) {
    Optional<KernelAccess> access = access(expression);
    if (access.isPresent()) {
      return access.get().number();
    }
    return switch (expression) {
      case Expression.NumberLiteral literal -> new NumberCode.Constant(literal.value());
      case Expression.Symbol symbol ->
          switch (variable(symbol)) {
            case Variable.Local local -> new NumberCode.Local(slots.of(local));
            case Variable.Global global -> new NumberCode.Global(global.index());
          };
      case Expression.ArrayElement element -> element(element);
      case Expression.Unary unary -> unary(unary);
      case Expression.Binary binary -> binary(binary);
      case Expression.Assignment assignment -> assignment(assignment);
      case Expression.Step step ->
          new Assign(
              target(step.operand()),
              Optional.of(
                  step.isDecrement() ? ArithmeticOperator.SUBTRACT : ArithmeticOperator.ADD),
              new NumberCode.Constant(1),
              !step.isPrefix(),
              owner.places().first(step.span()));
      case Expression.Conditional conditional ->
          new NumberCode.Conditional(
              number(conditional.condition()),
              number(conditional.then()),
              number(conditional.otherwise()));
      case Expression.Membership membership -> membership(membership);
      case Expression.RegexMatch match -> regexMatch(match);
      case Expression.Statistic statistic -> figure(statistic);
      case Expression.Print print when !print.asString() -> print(print);
      case Expression.FunctionCall call -> {
        int place = owner.places().identifier(call.function().span(), call.function().name());
        yield callee(call) instanceof Callee.ScriptFunction callee
            ? new NumberCode.Call(
                owner.functionPlace(callee.index(), function), codes(call.arguments()), place)
            : new NumberCode.CallProvided(call.function().name(), codes(call.arguments()), place);
      }
      default -> throw unsupported(expression);
    };
  }

  private TextCode compileText(Expression expression) {
    Optional<KernelAccess> access = access(expression);
    if (access.isPresent()) {
      return access.get().text();
    }
    return switch (expression) {
      case Expression.StringLiteral literal -> new TextCode.Constant(owner.text(literal));
      case Expression.Symbol symbol ->
          switch (variable(symbol)) {
            case Variable.Local local -> new TextCode.Local(slots.of(local));
            case Variable.Global global -> new TextCode.Global(global.index());
          };
      case Expression.ArrayElement element ->
          new TextCode.Element(global(element.array()).index(), key(element.indexes()));
      case Expression.Binary binary when binary.operator() == BinaryOperator.CONCATENATE ->
          new TextCode.Concatenate(text(binary.left()), text(binary.right()));
      case Expression.Assignment assignment ->
          new TextCode.Assign(
              target(assignment.target()),
              assignment.operator() == AssignmentOperator.CONCATENATE,
              text(assignment.value()));
      case Expression.Conditional conditional ->
          new TextCode.Conditional(
              number(conditional.condition()),
              text(conditional.then()),
              text(conditional.otherwise()));
      case Expression.Attempt attempt ->
          new TextCode.Attempt(text(attempt.value()), text(attempt.otherwise()));
      case Expression.Print print when print.asString() ->
          new TextCode.Sprint(
              format(print), codes(print.arguments()), owner.places().first(print.span()));
      case Expression.FunctionCall call -> {
        int place = owner.places().identifier(call.function().span(), call.function().name());
        yield callee(call) instanceof Callee.ScriptFunction callee
            ? new TextCode.Call(
                owner.functionPlace(callee.index(), function), codes(call.arguments()), place)
            : new TextCode.CallProvided(call.function().name(), codes(call.arguments()), place);
      }
      default -> throw unsupported(expression);
    };
  }

  /** Data of the kernel, where that is what an expression reads. */
  private Optional<KernelAccess> access(Expression expression) {
    return bindings
        .accessOf(expression)
        .filter(KernelAccess::isCarried)
        .map(
            access -> {
              if (access.readsMemory()) {
                owner.needKernelMemory(expression.span());
              }
              return new KernelAccess(
                  access, this::number, owner.places().first(expression.span()));
            });
  }

  private static Unsupported unsupported(Expression expression) {
    return switch (expression) {
      case Expression.Register register ->
          Unsupported.here(
              register.span(), "registers are not at hand in this probe, which runs in user space");
      case Expression.Dereference dereference ->
          Unsupported.here(
              dereference.span(),
              "no process hits this probe, which runs in user space: there is no memory of one to read");
      case Expression.Perf perf ->
          Unsupported.here(
              perf.span(),
              "a counter is read by probes that run in the kernel, on the processor that counts; this one runs in user space");
      default -> notYet(expression);
    };
  }

  private static Unsupported notYet(Expression expression) {
    return Unsupported.yet(
        expression.span(),
        switch (expression) {
          case Expression.TargetVariable _, Expression.AtVariable _ -> "context variables are";
          case Expression.Histogram _ -> "a histogram here is";
          case Expression.Embedded _ -> "embedded code is";
          default -> "this expression is";
        });
  }

  /** The variable of a symbol, a loop or a {@code catch}. */
  Variable variable(Node node) {
    return bindings
        .variableOf(node)
        .orElseThrow(() -> Unsupported.yet(node.span(), "this variable is"));
  }

  /** The global that an array's name means. */
  Variable.Global global(Expression array) {
    if (array instanceof Expression.Symbol symbol
        && variable(symbol) instanceof Variable.Global global) {
      return global;
    }
    throw Unsupported.yet(array.span(), "this array is");
  }

  /** What a name or an element of an array stores to. */
  Target target(Node node) {
    if (node instanceof Expression.ArrayElement element
        && element.array() instanceof Expression.Symbol symbol) {
      return new Target.Element(
          global(symbol).index(),
          key(element.indexes()),
          owner.places().identifier(symbol.span(), symbol.name()));
    }
    return switch (variable(node)) {
      case Variable.Local local -> new Target.Local(local.type() == Type.STRING, slots.of(local));
      case Variable.Global global -> new Target.Global(global.index());
    };
  }

  private Callee callee(Expression.FunctionCall call) {
    Callee callee =
        bindings.calleeOf(call).orElseThrow(() -> Unsupported.yet(call.span(), "this function is"));
    if (callee instanceof Callee.Provided(Intrinsic intrinsic)
        && !intrinsic.placements().contains(Placement.USER)) {
      throw Unsupported.here(
          call.span(),
          "function "
              + call.function().name()
              + "() tells of what hit a probe in the kernel; this probe runs in user space");
    }
    if (callee instanceof Callee.Provided(Intrinsic intrinsic) && intrinsic.readsKernelMemory()) {
      owner.needKernelMemory(call.span());
    }
    return callee;
  }

  private List<Code> codes(List<Expression> list) {
    List<Code> codes = new ArrayList<>();
    for (Expression expression : list) {
      codes.add(code(expression));
    }
    return codes;
  }

  private List<Code> key(List<IndexElement> elements) {
    List<Code> key = new ArrayList<>();
    for (IndexElement element : elements) {
      if (!(element instanceof Expression expression)) {
        throw Unsupported.yet(element.span(), "a wildcard here is");
      }
      key.add(code(expression));
    }
    return key;
  }

  /** Index elements among which wildcards may be. */
  List<Code> pattern(List<IndexElement> elements) {
    List<Code> pattern = new ArrayList<>();
    for (IndexElement element : elements) {
      pattern.add(keyPart(element));
    }
    return pattern;
  }

  /** An index element that may be a wildcard. */
  Code keyPart(IndexElement element) {
    return element instanceof Expression expression ? code(expression) : new Code.AnyValue();
  }

  private NumberCode element(Expression.ArrayElement element) {
    if (element.array() instanceof Expression.Histogram histogram) {
      StatisticReference statistic = statistic(histogram.operand());
      return new StatisticCode.Bucket(
          statistic.global(),
          statistic.key(),
          shape(statistic, histogram),
          bucketIndex(element.indexes(), element.span()),
          owner.places().first(histogram.span()));
    }
    return new NumberCode.Element(global(element.array()).index(), key(element.indexes()));
  }

  private NumberCode bucketIndex(List<IndexElement> indexes, Span span) {
    if (indexes.size() == 1 && indexes.getFirst() instanceof Expression index) {
      return number(index);
    }
    throw Unsupported.yet(span, "this index of a histogram is");
  }

  private NumberCode unary(Expression.Unary unary) {
    NumberCode operand = number(unary.operand());
    if (unary.operator() == UnaryOperator.MINUS
        && operand instanceof NumberCode.Constant constant) {
      return new NumberCode.Constant(-constant.value());
    }
    return switch (unary.operator()) {
      case PLUS -> operand;
      case MINUS -> new NumberCode.Unary(NumberCode.Unary.Operator.MINUS, operand);
      case NOT -> new NumberCode.Unary(NumberCode.Unary.Operator.NOT, operand);
      case COMPLEMENT -> new NumberCode.Unary(NumberCode.Unary.Operator.COMPLEMENT, operand);
    };
  }

  private NumberCode binary(Expression.Binary binary) {
    BinaryOperator operator = binary.operator();
    if (operator == BinaryOperator.LOGICAL_AND || operator == BinaryOperator.LOGICAL_OR) {
      return new NumberCode.Logical(
          operator == BinaryOperator.LOGICAL_AND, number(binary.left()), number(binary.right()));
    }
    if (operator == BinaryOperator.CONCATENATE) {
      throw unsupported(binary);
    }
    ArithmeticOperator arithmetic = ArithmeticOperator.valueOf(operator.name());
    if (operator.isComparison() && isText(binary.left())) {
      return new NumberCode.CompareTexts(arithmetic, text(binary.left()), text(binary.right()));
    }
    return new NumberCode.Arithmetic(
        arithmetic,
        number(binary.left()),
        number(binary.right()),
        owner.places().operator(binary.operatorSpan()));
  }

  private NumberCode assignment(Expression.Assignment assignment) {
    if (assignment.operator() == AssignmentOperator.AGGREGATE) {
      StatisticReference statistic = statistic(assignment.target());
      return new StatisticCode.Add(
          statistic.global(),
          statistic.key(),
          number(assignment.value()),
          owner.places().first(assignment.target().span()));
    }
    return new Assign(
        target(assignment.target()),
        assignment
            .operator()
            .operation()
            .map(operation -> ArithmeticOperator.valueOf(operation.name())),
        number(assignment.value()),
        false,
        owner.places().operator(assignment.operatorSpan()));
  }

  private NumberCode membership(Expression.Membership membership) {
    if (membership.array() instanceof Expression.Histogram histogram) {
      StatisticReference statistic = statistic(histogram.operand());
      return new StatisticCode.HasBucket(
          statistic.global(),
          statistic.key(),
          shape(statistic, histogram),
          bucketIndex(membership.indexes(), membership.span()));
    }
    return new NumberCode.Membership(
        global(membership.array()).index(), pattern(membership.indexes()));
  }

  private NumberCode regexMatch(Expression.RegexMatch match) {
    String pattern = ByteStrings.ofScript(match.pattern().value());
    Optional<RegexParser.Problem> problem = Regex.compile(pattern).problem();
    if (problem.isPresent()) {
      throw UserCompiler.fault(
          AnalysisCodes.REGEX, match.pattern().span(), problem.get().asMessage());
    }
    return new NumberCode.RegexMatch(pattern, match.isNegated(), text(match.subject()));
  }

  /** The statistic that an operand names. */
  StatisticReference statistic(Expression operand) {
    if (operand instanceof Expression.ArrayElement element) {
      return new StatisticReference(statisticGlobal(element.array()), key(element.indexes()));
    }
    return new StatisticReference(statisticGlobal(operand), List.of());
  }

  private int statisticGlobal(Expression expression) {
    Variable.Global global = global(expression);
    if (global.type() != Type.STATISTICS) {
      throw Unsupported.yet(expression.span(), "a statistic made of this is");
    }
    return global.index();
  }

  private NumberCode figure(Expression.Statistic statistic) {
    StatisticReference reference = statistic(statistic.operand());
    if (statistic.operator() == StatisticOperator.VARIANCE
        && !owner.statistics().isVarianceShift(reference.global(), statistic)) {
      throw new Unsupported(StatisticUses.badShift(statistic));
    }
    return new StatisticCode.Figure(
        statistic.operator(),
        reference.global(),
        reference.key(),
        owner.places().first(statistic.span()));
  }

  /** The place of a histogram's shape among those of its statistic. */
  int shape(StatisticReference statistic, Expression.Histogram histogram) {
    HistogramShape shape =
        HistogramShape.of(histogram)
            .orElseThrow(() -> new Unsupported(StatisticUses.badShape(histogram)));
    return owner.statistics().of(statistic.global()).histograms().indexOf(shape);
  }

  private NumberCode print(Expression.Print print) {
    for (Expression argument : print.arguments()) {
      if (argument instanceof Expression.Histogram histogram) {
        if (print.arguments().size() > 1 || print.form() != Expression.PrintForm.PLAIN) {
          throw Unsupported.yet(argument.span(), "a histogram printed with other values is");
        }
        StatisticReference statistic = statistic(histogram.operand());
        return new StatisticCode.PrintHistogram(
            statistic.global(), statistic.key(), shape(statistic, histogram), print.newline());
      }
    }
    return new NumberCode.Print(
        format(print), codes(print.arguments()), owner.places().first(print.span()));
  }

  private PrintFormat format(Expression.Print print) {
    List<Type> types = new ArrayList<>();
    for (Expression argument : print.arguments()) {
      if (argument instanceof Expression.Histogram) {
        throw Unsupported.yet(argument.span(), "a histogram as a string is");
      }
      types.add(isText(argument) ? Type.STRING : Type.LONG);
    }
    PrintFormat format = PrintFormats.of(print, types);
    for (FormatPart part : format.parts()) {
      if (MemoryArguments.isUser(part)) {
        throw Unsupported.yet(print.span(), "%#m and %#M are");
      }
      if (MemoryArguments.is(part)) {
        owner.needKernelMemory(print.span());
      }
    }
    return format;
  }
}
