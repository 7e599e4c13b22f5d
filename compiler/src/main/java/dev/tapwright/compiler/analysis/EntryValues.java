package dev.tapwright.compiler.analysis;

import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.AssignmentOperator;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.GlobalVariableDeclaration;
import dev.tapwright.syntax.tree.Identifier;
import dev.tapwright.syntax.tree.IndexElement;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The values that a handler at a function's return needs from its entry. They are kept in arrays,
 * by thread and by how often the thread is in the function, since functions call themselves:
 *
 * <pre>
 *   entry   depth = ++DEPTH[tid()]
 *           VALUE[tid(), depth] = e                     for each value
 *   return  depth = DEPTH[tid()]
 *           value = VALUE[tid(), depth]                 for each value
 *           if (depth &gt; 0) {
 *             delete VALUE[tid(), depth]                for each value
 *             if (depth == 1) delete DEPTH[tid()] else DEPTH[tid()] = depth - 1
 *           }
 * </pre>
 *
 * <p>A call that was running when the session started has no values: they are 0 or empty.
 */
final class EntryValues {
  /** Where there is no entry: nothing is saved. */
  static final EntryValues NONE = new EntryValues(0, new Span(new SourceText("", ""), 0, 0));

  private static final String PREFIX = "__entry_";

  /**
   * Whether a variable is one that stands for a value of the entry, which no script has written.
   */
  static boolean isOne(String name) {
    return name.startsWith(PREFIX);
  }

  private record Saved(Expression operand, String array, String local) {}

  private final int number;
  private final Span place;
  private final List<Saved> saved = new ArrayList<>();

  /**
   * @param number tells the handlers of a program apart
   * @param place of the probe point
   */
  EntryValues(int number, Span place) {
    this.number = number;
    this.place = place;
  }

  boolean isEmpty() {
    return saved.isEmpty();
  }

  /** Has an expression evaluated at the entry; gives what stands for its value at the return. */
  Expression save(Expression operand, Span span) {
    String name = PREFIX + number + "_" + saved.size();
    saved.add(new Saved(operand, name, name + "_value"));
    return new Expression.Symbol(span, name + "_value");
  }

  private String depthArray() {
    return PREFIX + number;
  }

  private String depthLocal() {
    return PREFIX + number + "_depth";
  }

  /** The arrays. */
  List<VariableCell> globals() {
    List<VariableCell> globals = new ArrayList<>();
    globals.add(global(depthArray()));
    saved.forEach(value -> globals.add(global(value.array())));
    return globals;
  }

  private VariableCell global(String name) {
    return VariableCell.global(
        new GlobalVariableDeclaration(
            place, new Identifier(place, name), false, Optional.empty(), Optional.empty()),
        true);
  }

  /** What runs at the entry. */
  Statement.Block atEntry() {
    List<Statement> statements = new ArrayList<>();
    statements.add(
        assign(
            symbol(depthLocal()), new Expression.Step(place, true, false, element(depthArray()))));
    for (Saved value : saved) {
      statements.add(assign(element(value.array(), symbol(depthLocal())), value.operand()));
    }
    return new Statement.Block(place, statements);
  }

  /** What runs at the return, before all else. */
  Statement.Block atReturn() {
    List<Statement> statements = new ArrayList<>();
    statements.add(assign(symbol(depthLocal()), element(depthArray())));
    for (Saved value : saved) {
      statements.add(assign(symbol(value.local()), element(value.array(), symbol(depthLocal()))));
    }
    List<Statement> cleaning = new ArrayList<>();
    for (Saved value : saved) {
      cleaning.add(new Statement.Delete(place, element(value.array(), symbol(depthLocal()))));
    }
    Statement less =
        assign(
            element(depthArray()),
            binary(BinaryOperator.SUBTRACT, symbol(depthLocal()), number(1)));
    cleaning.add(
        new Statement.If(
            place,
            binary(BinaryOperator.EQUAL, symbol(depthLocal()), number(1)),
            new Statement.Delete(place, element(depthArray())),
            Optional.of(less)));
    statements.add(
        new Statement.If(
            place,
            binary(BinaryOperator.GREATER, symbol(depthLocal()), number(0)),
            new Statement.Block(place, cleaning),
            Optional.empty()));
    return new Statement.Block(place, statements);
  }

  private Statement assign(Expression target, Expression value) {
    return new Statement.Evaluation(
        place, new Expression.Assignment(place, AssignmentOperator.ASSIGN, place, target, value));
  }

  private Expression binary(BinaryOperator operator, Expression left, Expression right) {
    return new Expression.Binary(place, operator, place, left, right);
  }

  private Expression number(long value) {
    return new Expression.NumberLiteral(place, value);
  }

  private Expression symbol(String name) {
    return new Expression.Symbol(place, name);
  }

  /** {@code array[tid(), further…]}. */
  private Expression element(String array, Expression... further) {
    List<IndexElement> indexes = new ArrayList<>();
    indexes.add(new Expression.FunctionCall(place, new Identifier(place, "tid"), List.of()));
    indexes.addAll(List.of(further));
    return new Expression.ArrayElement(place, symbol(array), indexes);
  }
}
