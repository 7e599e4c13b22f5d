package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.analysis.Reports.Stage;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.DiagnosticCode;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.IndexElement;
import dev.tapwright.syntax.tree.LoopVariable;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.Optional;

/**
 * Finds out what the names in one handler or function name, and checks what can be checked without
 * types: arities, what is assigned to, jumps.
 */
final class SymbolResolver {
  private final Names names;
  private final Reports reports;
  private final Unit unit;
  private final Optional<FunctionUnit> function;
  private final VariableResolver variables;
  private final CallResolver calls;
  private int loopDepth;

  private SymbolResolver(Names names, Reports reports, Unit unit, Optional<FunctionUnit> function) {
    this.names = names;
    this.reports = reports;
    this.unit = unit;
    this.function = function;
    this.variables = new VariableResolver(names, reports, unit, function.isPresent());
    this.calls = new CallResolver(names, reports, unit);
  }

  static void resolveHandler(Unit unit, Names names, Reports reports) {
    SymbolResolver resolver = new SymbolResolver(names, reports, unit, Optional.empty());
    unit.bodies().forEach(resolver::statement);
    unit.condition().ifPresent(resolver::condition);
  }

  static void resolveFunction(FunctionUnit function, Names names, Reports reports) {
    SymbolResolver resolver =
        new SymbolResolver(names, reports, function.unit(), Optional.of(function));
    function.unit().bodies().forEach(resolver::statement);
  }

  // ---- conditions

  private void condition(Node node) {
    switch (node) {
      case Expression.Symbol symbol -> {
        Optional<VariableCell> global = names.global(symbol.name(), symbol.span());
        if (global.isEmpty()) {
          faulty(
              Stage.NAMES,
              symbol,
              AnalysisCodes.CONDITION,
              "probe condition must not reference undeclared global");
        } else {
          variables.bindScalar(symbol, global.get());
        }
      }
      case Expression.FunctionCall call ->
          faulty(
              Stage.NAMES,
              call,
              AnalysisCodes.CONDITION,
              "probe condition must not reference function");
      case Expression.Assignment assignment ->
          faulty(
              Stage.NAMES,
              assignment,
              AnalysisCodes.CONDITION,
              "probe condition must not modify any variables");
      case Expression.Step step ->
          faulty(
              Stage.NAMES,
              step,
              AnalysisCodes.CONDITION,
              "probe condition must not modify any variables");
      case Expression.ArrayElement element when element.array() instanceof Expression.Symbol ->
          expression(element);
      case Expression.Membership membership when membership.array() instanceof Expression.Symbol ->
          expression(membership);
      default -> {
        if (!(node instanceof Expression expression && isUnsupported(expression))) {
          Children.of(node).forEach(this::condition);
        }
      }
    }
  }

  // ---- statements

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.Block block -> block.statements().forEach(this::statement);
      case Statement.Empty empty -> {}
      case Statement.Evaluation evaluation -> expression(evaluation.expression());
      case Statement.If branch -> {
        expression(branch.condition());
        statement(branch.then());
        branch.otherwise().ifPresent(this::statement);
      }
      case Statement.While loop -> {
        expression(loop.condition());
        body(loop.body());
      }
      case Statement.For loop -> {
        loop.initialization().ifPresent(this::expression);
        loop.condition().ifPresent(this::expression);
        loop.step().ifPresent(this::expression);
        body(loop.body());
      }
      case Statement.Foreach loop -> foreach(loop);
      case Statement.Try attempt -> {
        statement(attempt.body());
        attempt.message().ifPresent(variables::bindIdentifier);
        statement(attempt.handler());
      }
      case Statement.Return result -> result.value().ifPresent(this::expression);
      case Statement.Delete delete -> delete(delete);
      case Statement.Next next -> function.ifPresent(calls::chainOverload);
      case Statement.Break jump -> jump("break", jump.span());
      case Statement.Continue jump -> jump("continue", jump.span());
    }
  }

  private void body(Statement body) {
    loopDepth++;
    statement(body);
    loopDepth--;
  }

  private void jump(String keyword, Span span) {
    if (loopDepth == 0) {
      reports.add(
          Stage.UNCHECKED,
          Diagnostic.error(
              AnalysisCodes.OUTSIDE_LOOP, span, "cannot '%s' outside loop".formatted(keyword)));
    }
  }

  private void foreach(Statement.Foreach loop) {
    if (loop.array() instanceof Expression.Histogram histogram) {
      loop.keys().stream().map(LoopVariable::name).forEach(variables::bindIdentifier);
      expression(histogram.operand());
    } else if (loop.array() instanceof Expression.Symbol symbol) {
      loop.keys().stream().map(LoopVariable::name).forEach(variables::bindIdentifier);
      loop.slice().forEach(this::index);
      variables.array(symbol, loop.keys().size());
      if (!isErroneous(symbol)
          && !loop.slice().isEmpty()
          && loop.slice().size() != loop.keys().size()) {
        faulty(
            symbol,
            AnalysisCodes.ARRAY_ARITY,
            "unresolved arity-%d global array %s, missing global declaration?"
                .formatted(loop.slice().size(), symbol.name()));
      }
    } else {
      loop.keys().stream().map(LoopVariable::name).forEach(variables::bindIdentifier);
      expression(loop.array());
    }
    loop.value().map(LoopVariable::name).ifPresent(variables::bindIdentifier);
    loop.limit().ifPresent(this::expression);
    body(loop.body());
  }

  private void delete(Statement.Delete delete) {
    switch (delete.target()) {
      case Expression.ArrayElement element
          when element.array() instanceof Expression.Symbol symbol -> {
        element.indexes().forEach(this::index);
        variables.array(symbol, element.indexes().size());
      }
      case Expression.Symbol symbol -> {
        VariableCell cell = variables.find(symbol.name(), symbol.span());
        if (cell == null) {
          faulty(symbol, AnalysisCodes.INVALID_DELETE, "unresolved array in delete statement");
        } else {
          unit.variables().put(symbol, cell);
        }
      }
      case Expression.Erroneous erroneous -> {}
      case Expression other -> {
        expression(other);
        if (!isErroneous(other)) {
          faulty(
              Stage.OPERANDS,
              other,
              AnalysisCodes.INVALID_DELETE,
              "invalid operand of delete expression");
        }
      }
    }
  }

  // ---- expressions

  private void expression(Expression expression) {
    if (isUnsupported(expression)) {
      return;
    }
    switch (expression) {
      case Expression access when unit.accesses().containsKey(access) ->
          unit.accesses().get(access).operands().forEach(this::expression);
      case Expression.Member _,
          Expression.TargetElement _,
          Expression.AddressOf _,
          Expression.PrettyPrint _ -> {
        AccessChain.of(expression).orElseThrow().operands().forEach(this::expression);
        if (expression instanceof Expression.PrettyPrint print) {
          AutocastPrinting.resolveCalls(print, unit, names);
        }
      }
      case Expression.Symbol symbol -> variables.scalar(symbol);
      case Expression.ArrayElement element -> {
        element.indexes().forEach(this::index);
        if (element.array() instanceof Expression.Symbol symbol) {
          variables.array(symbol, element.indexes().size());
          if (element.indexes().stream().anyMatch(IndexElement.Wildcard.class::isInstance)) {
            faulty(symbol, AnalysisCodes.WILDCARD_INDEX, "wildcard not allowed in array index");
          }
        } else {
          histogramOperand(element.array());
        }
      }
      case Expression.Membership membership -> {
        membership.indexes().forEach(this::index);
        if (membership.array() instanceof Expression.Symbol symbol) {
          variables.array(symbol, membership.indexes().size());
        } else {
          histogramOperand(membership.array());
        }
      }
      case Expression.FunctionCall call -> {
        call.arguments().forEach(this::expression);
        calls.call(call);
      }
      case Expression.Assignment assignment -> {
        expression(assignment.target());
        expression(assignment.value());
        if (!isErroneous(assignment.target()) && !isAssignable(assignment.target())) {
          unit.erroneous().add(assignment);
          reports.add(
              Stage.TARGETS,
              Diagnostic.error(
                  AnalysisCodes.NOT_ASSIGNABLE,
                  assignment.operatorSpan(),
                  "Expecting lvalue for assignment"));
        }
      }
      case Expression.Step step -> {
        expression(step.operand());
        if (!isErroneous(step.operand()) && !isAssignable(step.operand())) {
          reports.add(
              Stage.UNCHECKED,
              Diagnostic.error(
                  AnalysisCodes.NOT_ASSIGNABLE, Places.of(step), "Expecting lvalue expression"));
        }
      }
      case Expression.Print print ->
          print
              .arguments()
              .forEach(
                  argument -> {
                    if (argument instanceof Expression.Histogram histogram) {
                      expression(histogram.operand());
                    } else {
                      expression(argument);
                    }
                  });
      case Expression.Histogram histogram -> {
        // Elsewhere the parser has said that it is no value.
        expression(histogram.operand());
        unit.erroneous().add(histogram);
      }
      default ->
          Children.of(expression)
              .forEach(
                  child -> {
                    if (child instanceof Expression inner) {
                      expression(inner);
                    }
                  });
    }
  }

  private void histogramOperand(Expression array) {
    if (array instanceof Expression.Histogram histogram) {
      expression(histogram.operand());
    } else {
      expression(array);
    }
  }

  private void index(IndexElement element) {
    if (element instanceof Expression expression) {
      expression(expression);
    }
  }

  private boolean isUnsupported(Expression expression) {
    Optional<String> description = UnsupportedExpressions.describe(expression);
    if (description.isEmpty()
        || unit.accesses().containsKey(expression)
        || isErroneous(expression)
        || AccessChain.of(expression).filter(AccessChain::isAutocast).isPresent()) {
      return isErroneous(expression);
    }
    reports.notSupported(expression.span(), description.get());
    unit.erroneous().add(expression);
    return true;
  }

  private boolean isErroneous(Expression expression) {
    return expression instanceof Expression.Erroneous || unit.erroneous().contains(expression);
  }

  private static boolean isAssignable(Expression expression) {
    return expression instanceof Expression.Symbol
        || (expression instanceof Expression.ArrayElement element
            && element.array() instanceof Expression.Symbol)
        || AccessChain.of(expression).filter(chain -> !chain.isAddress()).isPresent();
  }

  private void faulty(Expression expression, DiagnosticCode code, String message) {
    faulty(Stage.NAMES, expression, code, message);
  }

  private void faulty(Stage stage, Expression expression, DiagnosticCode code, String message) {
    unit.erroneous().add(expression);
    reports.add(stage, Diagnostic.error(code, Places.of(expression), message));
  }
}
