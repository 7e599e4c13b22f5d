package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.analysis.TypeKnowledge.Phase;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Identifier;
import dev.tapwright.syntax.tree.Node;
import java.util.List;
import java.util.Optional;

/**
 * Puts the text together that {@code task->se$} stands for, where {@code task} is a variable of the
 * script: what it is the address of is known only when all types are inferred. The functions that
 * the text may need must be found before that.
 */
final class AutocastPrinting extends UnitRewriter {
  private static final String CHARACTERS = "string_quoted";

  private final TypeKnowledge knowledge;

  private AutocastPrinting(Unit unit) {
    super(unit);
    this.knowledge = new TypeKnowledge(unit, Phase.LEARNING, new Reports());
  }

  /** Finds the functions that a text may come to call; says nothing of one that is not there. */
  static void resolveCalls(Expression.PrettyPrint print, Unit unit, Names names) {
    CallResolver calls = new CallResolver(names, new Reports(), unit);
    Span span = print.span();
    for (String name :
        List.of(unit.quotingFunction(true), unit.quotingFunction(false), CHARACTERS)) {
      Expression.FunctionCall call =
          new Expression.FunctionCall(
              span, new Identifier(span, name), List.of(new Expression.NumberLiteral(span, 0)));
      calls.call(call);
      Optional.ofNullable(unit.calls().get(call))
          .ifPresent(target -> unit.printCalls().put(name, target));
    }
  }

  /** Puts the texts of a unit together; whether there were any. */
  static boolean apply(Unit unit) {
    return !unit.printCalls().isEmpty() && new AutocastPrinting(unit).rewrite();
  }

  @Override
  Expression expression(Expression written) {
    Expression rewritten = super.expression(written);
    return rewritten instanceof Expression.PrettyPrint print
            && !unit.accesses().containsKey(print)
            && !unit.erroneous().contains(print)
        ? printed(print)
        : rewritten;
  }

  private Expression printed(Expression.PrettyPrint print) {
    AccessChain chain = AccessChain.of(print).orElseThrow();
    Optional<Pointee> pointee = knowledge.pointeeOf(chain.root());
    if (pointee.isEmpty()) {
      // The next pass over the types says so.
      return print;
    }
    try {
      AccessPath path =
          new AccessLinks(unit.dataTypes(), unit.contextFacts()).autocast(chain, pointee.get());
      Expression text = PrettyPrinter.print(unit, print, path, print.isDeep());
      bindCalls(text);
      return text;
    } catch (AccessFault fault) {
      return print;
    }
  }

  private void bindCalls(Node node) {
    if (node instanceof Expression.FunctionCall call
        && !unit.calls().containsKey(call)
        && unit.printCalls().containsKey(call.function().name())) {
      unit.calls().put(call, unit.printCalls().get(call.function().name()));
    }
    Children.forEach(node, this::bindCalls);
  }
}
