package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.AnalysisCodes;
import dev.tapwright.compiler.analysis.Bindings;
import dev.tapwright.compiler.analysis.DerivedProbe;
import dev.tapwright.compiler.analysis.Function;
import dev.tapwright.compiler.analysis.Program;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.probe.Placement;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.AssignmentOperator;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import dev.tapwright.syntax.tree.StatisticOperator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a script asks of each statistic, wherever it does: that decides what is kept of the values.
 */
public final class StatisticUses {
  /**
   * Of one global.
   *
   * @param figures those asked for
   * @param histograms those asked for, each once
   * @param varianceShift how many bits {@code @variance} scales by: of the first
   * @param isAddedTo whether user-placed handlers, or functions that they may call, add values
   * @param isDeleted whether it is ever deleted as a whole
   */
  public record Use(
      Set<StatisticOperator> figures,
      List<HistogramShape> histograms,
      int varianceShift,
      boolean isAddedTo,
      boolean isDeleted) {
    /** Copies the collections. */
    public Use {
      figures = Set.copyOf(figures);
      histograms = List.copyOf(histograms);
    }
  }

  private static final class Found {
    final Set<StatisticOperator> figures = EnumSet.noneOf(StatisticOperator.class);
    final List<HistogramShape> histograms = new ArrayList<>();
    Optional<Expression.Statistic> variance = Optional.empty();
    boolean isAddedTo;
    boolean isDeleted;
  }

  private final Map<Integer, Found> found = new HashMap<>();

  private StatisticUses() {}

  /** Finds it out. */
  public static StatisticUses of(Program program) {
    StatisticUses uses = new StatisticUses();
    for (DerivedProbe probe : program.probes()) {
      boolean isUser = probe.attachPoint().placement() == Placement.USER;
      probe.condition().ifPresent(condition -> uses.walk(condition, probe.bindings(), isUser));
      probe.bodies().forEach(body -> uses.walk(body, probe.bindings(), isUser));
    }
    for (Function function : program.functions()) {
      uses.walk(function.body(), function.bindings(), true);
    }
    return uses;
  }

  /** Of one global, by its place in the program. */
  public Use of(int global) {
    Found uses = found.getOrDefault(global, new Found());
    return new Use(
        uses.figures,
        uses.histograms,
        uses.variance.map(StatisticUses::shift).orElse(OptionalInt.empty()).orElse(0),
        uses.isAddedTo,
        uses.isDeleted);
  }

  private void walk(Node root, Bindings bindings, boolean isUser) {
    Deque<Node> nodes = new ArrayDeque<>();
    nodes.push(root);
    while (!nodes.isEmpty()) {
      Node node = nodes.pop();
      switch (node) {
        case Expression.Statistic statistic ->
            of(statistic.operand(), bindings).ifPresent(uses -> note(uses, statistic));
        case Expression.Histogram histogram ->
            of(histogram.operand(), bindings)
                .ifPresent(
                    uses ->
                        HistogramShape.of(histogram)
                            .filter(shape -> !uses.histograms.contains(shape))
                            .ifPresent(uses.histograms::add));
        case Statement.Foreach loop ->
            of(loop.array(), bindings)
                .ifPresent(uses -> loop.aggregate().ifPresent(uses.figures::add));
        case Statement.Delete(var _, Expression target) when target instanceof Expression.Symbol ->
            of(target, bindings).ifPresent(uses -> uses.isDeleted = true);
        case Expression.Assignment assignment
            when isUser && assignment.operator() == AssignmentOperator.AGGREGATE ->
            of(assignment.target(), bindings).ifPresent(uses -> uses.isAddedTo = true);
        default -> {}
      }
      Children.of(node).forEach(nodes::push);
    }
  }

  private static void note(Found uses, Expression.Statistic statistic) {
    uses.figures.add(statistic.operator());
    boolean isFirst =
        uses.variance.isEmpty() || statistic.span().start() < uses.variance.get().span().start();
    if (statistic.operator() == StatisticOperator.VARIANCE && isFirst) {
      uses.variance = Optional.of(statistic);
    }
  }

  /** How many bits a {@code @variance} scales by; empty when it cannot. */
  private static OptionalInt shift(Expression.Statistic statistic) {
    long shift = statistic.shift().map(Expression.NumberLiteral::value).orElse(0L);
    return shift < 0 || shift > 62 ? OptionalInt.empty() : OptionalInt.of((int) shift);
  }

  /** Whether a {@code @variance} scales by as many bits as all others of its global. */
  public boolean isVarianceShift(int global, Expression.Statistic statistic) {
    OptionalInt shift = shift(statistic);
    return shift.isPresent() && shift.getAsInt() == of(global).varianceShift();
  }

  /** The error of a {@code @variance} whose shift is not {@link #isVarianceShift}. */
  public static Diagnostic badShift(Expression.Statistic statistic) {
    return Diagnostic.error(
        AnalysisCodes.STATISTIC, statistic.span(), "multiple or invalid bit shifts of @variance");
  }

  /** The error of a histogram that is no {@link HistogramShape}. */
  public static Diagnostic badShape(Expression.Histogram histogram) {
    return Diagnostic.error(
        AnalysisCodes.STATISTIC,
        histogram.span(),
        "histogram must have a positive step, and between 1 and "
            + HistogramShape.MOST_BUCKETS
            + " buckets");
  }

  private Optional<Found> of(Expression operand, Bindings bindings) {
    Expression named =
        operand instanceof Expression.ArrayElement element ? element.array() : operand;
    return bindings.variableOf(named).orElse(null) instanceof Variable.Global global
        ? Optional.of(found.computeIfAbsent(global.index(), _ -> new Found()))
        : Optional.empty();
  }
}
