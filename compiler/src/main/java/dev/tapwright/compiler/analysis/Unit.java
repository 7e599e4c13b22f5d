package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.target.DataTypes;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Identifier;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A handler with its condition, or a function, while it is being analysed. */
final class Unit {
  private final Map<String, VariableCell> locals = new LinkedHashMap<>();
  private final IdentityHashMap<Node, VariableCell> variables = new IdentityHashMap<>();
  private final IdentityHashMap<Expression.FunctionCall, CallTarget> calls =
      new IdentityHashMap<>();
  private final IdentityHashMap<Expression, Type> types = new IdentityHashMap<>();
  private final IdentityHashMap<Identifier, Type> nameTypes = new IdentityHashMap<>();
  private final IdentityHashMap<Expression, ContextAccess> accesses = new IdentityHashMap<>();
  private final IdentityHashMap<Expression, ContextFact> contextFacts = new IdentityHashMap<>();
  private final Set<Node> erroneous = Collections.newSetFromMap(new IdentityHashMap<>());
  private Optional<Expression> condition;
  private List<Statement.Block> bodies;
  private Optional<Usage> usage = Optional.empty();
  private final Map<String, CallTarget> printCalls = new HashMap<>();
  private DataTypes dataTypes = DataTypes.NONE;
  private boolean hasPlace;

  Unit(List<Statement.Block> bodies, Optional<Expression> condition) {
    this.bodies = List.copyOf(bodies);
    this.condition = condition;
  }

  List<Statement.Block> bodies() {
    return bodies;
  }

  void setBodies(List<Statement.Block> rewritten) {
    bodies = List.copyOf(rewritten);
    usage = Optional.empty();
  }

  /** What it uses; not to be asked before its names are resolved. */
  Usage usage() {
    Usage known = usage.orElseGet(() -> Usage.in(this));
    usage = Optional.of(known);
    return known;
  }

  Optional<Expression> condition() {
    return condition;
  }

  void setCondition(Expression rewritten) {
    condition = Optional.of(rewritten);
    usage = Optional.empty();
  }

  /** By name, parameters first, then in the order of their first use. */
  Map<String, VariableCell> locals() {
    return locals;
  }

  /** What symbols, loop variables and so on name. */
  IdentityHashMap<Node, VariableCell> variables() {
    return variables;
  }

  /** What a node names; empty where that is not known. */
  Optional<VariableCell> variable(Node node) {
    return Optional.ofNullable(variables.get(node));
  }

  IdentityHashMap<Expression.FunctionCall, CallTarget> calls() {
    return calls;
  }

  IdentityHashMap<Expression, Type> types() {
    return types;
  }

  /**
   * What is known of the types of names where they are given a value: in {@code foreach} and {@code
   * catch}.
   */
  IdentityHashMap<Identifier, Type> nameTypes() {
    return nameTypes;
  }

  /** The C types that {@code ->} may meet. */
  DataTypes dataTypes() {
    return dataTypes;
  }

  void setDataTypes(DataTypes types) {
    dataTypes = types;
  }

  /** Notes whether it stands at a place in the traced program. */
  void setPlace(boolean isAny) {
    hasPlace = isAny;
  }

  /**
   * The function of the library that quotes the string at an address, in what {@code $x$} becomes.
   *
   * @param isUser whether that is an address of a user program
   */
  String quotingFunction(boolean isUser) {
    return isUser
        ? "user_string_quoted"
        : hasPlace ? "kernel_or_user_string_quoted" : "kernel_string_quoted";
  }

  /** By name, the functions that pretty-printing by a variable's type may come to call. */
  Map<String, CallTarget> printCalls() {
    return printCalls;
  }

  /** How to get at the data of the traced program that expressions name. */
  IdentityHashMap<Expression, ContextAccess> accesses() {
    return accesses;
  }

  /** What is known of expressions that name data of the traced program, for whoever shows it. */
  IdentityHashMap<Expression, ContextFact> contextFacts() {
    return contextFacts;
  }

  /**
   * Nodes that an error was reported of: nothing more is said about them, nor about what they take
   * part in.
   */
  Set<Node> erroneous() {
    return erroneous;
  }
}
