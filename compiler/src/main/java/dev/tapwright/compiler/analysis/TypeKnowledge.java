package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.analysis.Reports.Stage;
import dev.tapwright.compiler.analysis.TypeCell.Source;
import dev.tapwright.compiler.intrinsic.Intrinsic;
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

/**
 * What is known of the types in one handler or function, and how to say that two of them disagree.
 *
 * <p>A use of a variable learns its type in one pass, from its place or from what it is joined
 * with, and the variable learns it from the use in the next, as in SystemTap: which of two uses
 * that disagree is the faulty one depends on it.
 */
final class TypeKnowledge {
  /** What a pass is for. The first is repeated until it learns nothing more. */
  enum Phase {
    /** Types are learnt, and nothing is said. */
    LEARNING,
    /** What disagrees is said. */
    MISMATCHES,
    /** What has no type is said. */
    UNRESOLVED
  }

  private final Unit unit;
  private final Phase phase;
  private final Reports reports;
  private final List<TypeCell> learnt = new ArrayList<>();
  private boolean hasLearnt;
  private boolean hasMismatch;
  private boolean hasComplaints;

  /**
   * @param reports where to report; unused while types are learnt
   */
  TypeKnowledge(Unit unit, Phase phase, Reports reports) {
    this.unit = unit;
    this.phase = phase;
    this.reports = reports;
  }

  /** The variables, indexes and results of which a type has been learnt. */
  List<TypeCell> learnt() {
    return learnt;
  }

  /** Whether a type has been learnt. */
  boolean hasLearnt() {
    return hasLearnt;
  }

  /**
   * Whether two types, or a format and its values, disagree, rather than that an operator is where
   * it cannot be.
   */
  boolean hasMismatch() {
    return hasMismatch;
  }

  /** Whether there is anything to say of the unit, in the phase that says it. */
  boolean hasComplaints() {
    return hasComplaints;
  }

  /** Notes that there is something to say, and gives whether this is a phase to say it in. */
  private boolean complains() {
    hasComplaints = true;
    return phase != Phase.LEARNING;
  }

  /** The same of what only one phase says. */
  private boolean complains(Phase saying) {
    hasComplaints = true;
    return phase == saying;
  }

  /** The type of an expression or a name, as far as it is known. */
  Type typeOf(Node node) {
    return switch (node) {
      case Expression.NumberLiteral number -> Type.LONG;
      case Expression.StringLiteral string -> Type.STRING;
      case Expression expression -> unit.types().getOrDefault(expression, Type.UNKNOWN);
      case Identifier name -> unit.nameTypes().getOrDefault(name, Type.UNKNOWN);
      default -> Type.UNKNOWN;
    };
  }

  /** Notes the type of an expression or a name, unless one is known; gives the known one. */
  Type learn(Node node, Type type) {
    Type known = typeOf(node);
    if (phase == Phase.LEARNING && type != Type.UNKNOWN) {
      if (node instanceof Expression expression) {
        hasLearnt |= unit.types().put(expression, known == Type.UNKNOWN ? type : known) == null;
      } else if (node instanceof Identifier name) {
        hasLearnt |= unit.nameTypes().put(name, known == Type.UNKNOWN ? type : known) == null;
      }
    }
    return known == Type.UNKNOWN ? type : known;
  }

  /** The type of an expression that can have no other. */
  Type fixed(Expression expression, Type type, Type expected) {
    if (expected != Type.UNKNOWN && expected != type) {
      expectedButFound(expression, Places.of(expression), expected, type);
    }
    return learn(expression, type);
  }

  /**
   * The type of an expression that can have no other, and of which SystemTap does not look whether
   * it fits its place.
   */
  Type unchecked(Expression expression, Type type, Type expected) {
    if (expected != Type.UNKNOWN && expected != type) {
      unchecked(expression, AnalysisCodes.TYPE_MISMATCH, expectedButFound(expected, type));
    }
    return learn(expression, type);
  }

  /** A statistic where its value is printed, at which SystemTap does not look either. */
  void uncheckedStatistic(Expression expression) {
    unchecked(expression, AnalysisCodes.INVALID_TYPE, "invalid type stats");
  }

  private void unchecked(Expression expression, DiagnosticCode code, String message) {
    if (complains(Phase.UNRESOLVED) && !isErroneous(expression)) {
      unit.erroneous().add(expression);
      reports.add(Stage.UNCHECKED, Diagnostic.error(code, Places.of(expression), message));
    }
  }

  /**
   * A use of a variable, or of an array's element.
   *
   * @param use an expression or an identifier
   * @param place where messages point
   */
  Type variable(Node use, Span place, VariableCell cell, Type expected) {
    TypeCell type = cell.type();
    Type known = typeOf(use);
    Type needed = expected == Type.UNKNOWN ? known : expected;
    if (needed == Type.STATISTICS && !cell.isGlobal() && !type.isKnown()) {
      if (complains() && !type.isSilent()) {
        report(
            AnalysisCodes.LOCAL_STATISTIC,
            use,
            place,
            "stat locals not supported, missing global declaration? ");
        type.silence();
      }
      return Type.UNKNOWN;
    }
    if (!type.isKnown()) {
      if (known != Type.UNKNOWN) {
        resolve(type, known, place, Source.USE, 0);
      }
      return learn(use, expected);
    }
    if (needed != Type.UNKNOWN && needed != type.type()) {
      mismatch(use, place, type, needed);
      return known;
    }
    return learn(use, type.type());
  }

  /**
   * Notes the type of a variable, an array's index or a function's result.
   *
   * @param index which argument or index, for {@link Source#INDEX}
   */
  void resolve(TypeCell cell, Type type, Span place, Source source, int index) {
    if (phase == Phase.LEARNING) {
      cell.resolve(type, place, source, index);
      learnt.add(cell);
      hasLearnt = true;
    }
  }

  /** Notes what an address that a variable, index or result is given is of. */
  void pointsTo(TypeCell cell, Expression value) {
    pointsTo(cell, pointeeOf(value));
  }

  /** The same of a variable that is given the values of another. */
  void pointsTo(TypeCell cell, Optional<Pointee> target) {
    if (phase == Phase.LEARNING && cell.pointsTo(target)) {
      learnt.add(cell);
      hasLearnt = true;
    }
  }

  /** What an expression gives the address of, where that is known. */
  Optional<Pointee> pointeeOf(Expression expression) {
    ContextAccess access = unit.accesses().get(expression);
    if (access != null) {
      return access.pointee().isPresent()
          ? Optional.of(new Pointee(access.pointee().getAsInt(), access.isUser()))
          : Optional.empty();
    }
    return switch (expression) {
      case Expression.FunctionCall call ->
          switch (unit.calls().get(call)) {
            case CallTarget.Script(FunctionUnit function) -> function.result().pointee();
            case CallTarget.Provided(Intrinsic intrinsic) ->
                intrinsic
                    .pointsTo()
                    .flatMap(
                        name ->
                            unit.dataTypes().named(name).stream()
                                .mapToObj(type -> new Pointee(type, false))
                                .findFirst());
            case null -> Optional.empty();
          };
      case Expression.Assignment assignment -> pointeeOf(assignment.value());
      case Expression.Conditional choice -> {
        Optional<Pointee> then = pointeeOf(choice.then());
        Optional<Pointee> otherwise = pointeeOf(choice.otherwise());
        boolean disagree = then.isPresent() && otherwise.isPresent() && !then.equals(otherwise);
        yield disagree ? Optional.empty() : then.or(() -> otherwise);
      }
      default -> cellOf(expression).flatMap(TypeCell::pointee);
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

  /** How much has been complained of so far. */
  int complaints() {
    return unit.erroneous().size();
  }

  boolean isErroneous(Node node) {
    return node instanceof Expression.Erroneous || unit.erroneous().contains(node);
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

  /** Says that an expression has no type, unless what it depends on has been complained of. */
  void unresolved(Expression expression) {
    if (!complains(Phase.UNRESOLVED) || isSilent(expression)) {
      return;
    }
    cellOf(expression)
        .ifPresentOrElse(
            cell -> unresolved(expression, Places.of(expression), cell),
            () -> error(expression, AnalysisCodes.UNRESOLVED_TYPE, "unresolved type "));
  }

  /** Says that what is named at a place has no type. */
  void unresolved(Node node, Span place, TypeCell cell) {
    if (!cell.isKnown() && !cell.isSilent() && !isOfEntry(node) && complains(Phase.UNRESOLVED)) {
      report(AnalysisCodes.UNRESOLVED_TYPE, node, place, "unresolved type ");
      cell.silence();
    }
  }

  /** Whether what has no type is a value of the entry, where what is wrong with it is said. */
  private static boolean isOfEntry(Node node) {
    return switch (node) {
      case Expression.Symbol symbol -> EntryValues.isOne(symbol.name());
      case Expression.ArrayElement element -> isOfEntry(element.array());
      default -> false;
    };
  }

  /** Says that something that is used as of one type has been inferred to be of another. */
  void mismatch(Node node, Span place, TypeCell cell, Type needed) {
    if (cell.source() == Source.DECLARED || cell.origin().isEmpty()) {
      expectedButFound(node, place, needed, cell.type());
      return;
    }
    boolean isIndex = cell.source() == Source.INDEX;
    report(
        node,
        Diagnostic.error(
                AnalysisCodes.TYPE_MISMATCH,
                place,
                (isIndex ? "index %d type mismatch (%s)" : "type mismatch (%2$s)")
                    .formatted(cell.index(), needed.spelling()))
            .withNote(inferred(cell)));
  }

  /** Says that an operator gives what its place cannot take. */
  void invalidOperator(Expression expression) {
    if (complains() && !isErroneous(expression)) {
      unit.erroneous().add(expression);
      reports.add(
          Diagnostic.error(AnalysisCodes.TYPE_MISMATCH, Places.of(expression), "invalid operator"));
    }
  }

  void expectedButFound(Node node, Span place, Type expected, Type found) {
    report(AnalysisCodes.TYPE_MISMATCH, node, place, expectedButFound(expected, found));
  }

  /** Says of a literal that it cannot be an argument or index, and why. */
  void literalMismatch(Expression.Literal literal, TypeCell cell) {
    Diagnostic diagnostic =
        Diagnostic.error(
            AnalysisCodes.TYPE_MISMATCH,
            literal.span(),
            expectedButFound(cell.type(), typeOf(literal)));
    report(
        literal,
        cell.source() == Source.INDEX && cell.origin().isPresent()
            ? diagnostic.withNote(inferred(cell))
            : diagnostic);
  }

  private static Note inferred(TypeCell cell) {
    return new Note(
        cell.origin(),
        (cell.source() == Source.INDEX
                ? "type of index %d was first inferred here (%s)"
                : "type was first inferred here (%2$s)")
            .formatted(cell.index(), cell.type().spelling()));
  }

  private static String expectedButFound(Type expected, Type found) {
    return "type mismatch: expected %s but found %s"
        .formatted(expected.spelling(), found.spelling());
  }

  /** Says of a format that it takes another number of values. */
  void formatArguments(Expression.Print print) {
    hasMismatch = true;
    if (complains() && !isErroneous(print)) {
      unit.erroneous().add(print);
      reports.add(
          Stage.FORMATS,
          Diagnostic.error(
              AnalysisCodes.FORMAT_ARGUMENTS,
              print.span(),
              "Wrong number of args to formatted print operator"));
    }
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
    boolean isMismatch = diagnostic.code().equals(AnalysisCodes.TYPE_MISMATCH);
    hasMismatch |= isMismatch;
    if ((isMismatch ? complains(Phase.MISMATCHES) : complains()) && !isErroneous(node)) {
      unit.erroneous().add(node);
      reports.add(diagnostic);
    }
  }

  /** Says nothing of an untyped variable any more. */
  void silence(Identifier identifier) {
    unit.variable(identifier).map(VariableCell::type).ifPresent(this::silence);
  }

  /** Says nothing of something untyped any more. */
  void silence(TypeCell cell) {
    if (!cell.isKnown() && complains()) {
      cell.silence();
    }
  }
}
