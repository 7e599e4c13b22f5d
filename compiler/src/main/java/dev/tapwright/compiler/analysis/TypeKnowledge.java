package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.analysis.TypeCell.Source;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.DiagnosticCode;
import dev.tapwright.syntax.diagnostic.Note;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Identifier;
import dev.tapwright.syntax.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of the types in one handler or function, and how to say that two of them disagree.
 */
final class TypeKnowledge {
  private final Unit unit;
  private final Optional<Reports> reports;
  private final List<TypeCell> learnt = new ArrayList<>();
  private boolean isOpen;

  /**
   * @param reports where to report; empty while types may still be learnt
   */
  TypeKnowledge(Unit unit, Optional<Reports> reports) {
    this.unit = unit;
    this.reports = reports;
  }

  /** What a type has been learnt of. */
  List<TypeCell> learnt() {
    return learnt;
  }

  /**
   * Whether something was met that was not known, or is to be reported: another pass may find more.
   */
  boolean isOpen() {
    return isOpen;
  }

  /** Notes that something was met that was not known. */
  void leaveOpen() {
    isOpen = true;
  }

  /** Whether this is the pass that reports. */
  boolean isLast() {
    return reports.isPresent();
  }

  /** The type of an expression that can have no other. */
  Type fixed(Expression expression, Type type, Type expected) {
    if (expected != Type.UNKNOWN && expected != type) {
      expectedButFound(expression, Places.of(expression), expected, type);
      return Type.UNKNOWN;
    }
    return type;
  }

  void resolve(TypeCell cell, Type type, Span place, Source source) {
    if (!cell.isSilent()) {
      cell.resolve(type, place, source);
      learnt.add(cell);
    }
  }

  /** Notes what an address that a variable, index or result is given is of. */
  void pointsTo(TypeCell cell, Expression value) {
    if (cell.pointsTo(pointeeOf(value))) {
      learnt.add(cell);
      isOpen = true;
    }
  }

  /** Where an expression gives the address of a known C type, the number of that. */
  OptionalInt pointeeOf(Expression expression) {
    ContextAccess access = unit.accesses().get(expression);
    if (access != null) {
      return access.pointee();
    }
    return switch (expression) {
      case Expression.FunctionCall call ->
          unit.calls().get(call) instanceof CallTarget.Script(FunctionUnit function)
              ? function.result().pointee()
              : OptionalInt.empty();
      case Expression.Assignment assignment -> pointeeOf(assignment.value());
      case Expression.Conditional choice -> {
        OptionalInt then = pointeeOf(choice.then());
        yield then.isPresent() ? then : pointeeOf(choice.otherwise());
      }
      default -> cellOf(expression).map(TypeCell::pointee).orElse(OptionalInt.empty());
    };
  }

  Optional<TypeCell> cellOf(Expression expression) {
    return switch (expression) {
      case Expression.Symbol symbol ->
          Optional.ofNullable(unit.variables().get(symbol)).map(VariableCell::type);
      case Expression.ArrayElement element
          when element.array() instanceof Expression.Symbol symbol ->
          Optional.ofNullable(unit.variables().get(symbol)).map(VariableCell::type);
      default -> Optional.empty();
    };
  }

  boolean isErroneous(Node node) {
    boolean isErroneous =
        node instanceof Expression.Erroneous
            || (!unit.erroneous().isEmpty() && unit.erroneous().contains(node));
    isOpen |= isErroneous;
    return isErroneous;
  }

  /**
   * Whether nothing is to be said about an expression, because something in it has been complained
   * of.
   */
  boolean isSilent(Expression expression) {
    if (isErroneous(expression)) {
      return true;
    }
    return switch (expression) {
      case Expression.Symbol symbol -> cellOf(symbol).map(TypeCell::isSilent).orElse(true);
      case Expression.ArrayElement element ->
          isErroneous(element.array()) || cellOf(element).map(TypeCell::isSilent).orElse(true);
      case Expression.FunctionCall call ->
          unit.calls().get(call) instanceof CallTarget.Script script
              && script.function().result().isSilent();
      case Expression.Assignment assignment ->
          isSilent(assignment.value()) || isSilent(assignment.target());
      case Expression.Conditional choice -> isSilent(choice.then()) || isSilent(choice.otherwise());
      default -> false;
    };
  }

  void unresolved(Node node, Span place, TypeCell cell) {
    isOpen = true;
    if (reports.isPresent() && !cell.isSilent()) {
      report(AnalysisCodes.UNRESOLVED_TYPE, node, place, "unresolved type ");
      cell.silence();
    }
  }

  void mismatch(Node node, Span place, TypeCell cell, Type needed) {
    if (cell.source() == Source.DECLARED || cell.origin().isEmpty()) {
      expectedButFound(node, place, needed, cell.type());
      return;
    }
    report(
        node,
        Diagnostic.error(
                AnalysisCodes.TYPE_MISMATCH,
                place,
                "type mismatch (%s)".formatted(needed.spelling()))
            .withNote(
                new Note(
                    cell.origin(),
                    "type was first inferred here (%s)".formatted(cell.type().spelling()))));
  }

  void expectedButFound(Node node, Span place, Type expected, Type found) {
    report(
        AnalysisCodes.TYPE_MISMATCH,
        node,
        place,
        "type mismatch: expected %s but found %s".formatted(expected.spelling(), found.spelling()));
  }

  void error(Expression expression, DiagnosticCode code, String message) {
    report(code, expression, Places.of(expression), message);
  }

  void error(Expression expression, Span place, DiagnosticCode code, String message) {
    report(code, expression, place, message);
  }

  void report(DiagnosticCode code, Node node, Span place, String message) {
    report(node, Diagnostic.error(code, place, message));
  }

  void report(Node node, Diagnostic diagnostic) {
    isOpen = true;
    if (reports.isPresent()) {
      unit.erroneous().add(node);
      reports.get().add(diagnostic);
    }
  }

  /** Says nothing of an untyped variable any more. */
  void silence(Identifier identifier) {
    if (reports.isPresent()) {
      unit.variable(identifier)
          .map(VariableCell::type)
          .filter(cell -> !cell.isKnown())
          .ifPresent(TypeCell::silence);
    }
  }
}
