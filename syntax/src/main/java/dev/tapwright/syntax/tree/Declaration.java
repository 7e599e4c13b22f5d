package dev.tapwright.syntax.tree;

import dev.tapwright.syntax.Span;
import java.util.List;
import java.util.Optional;

/** What stands at the top level of a file. */
public sealed interface Declaration extends Node {
  /**
   * {@code probe POINTS { … }}.
   *
   * @param points where the handler runs, at least one
   * @param body the handler
   */
  record Probe(Span span, boolean isPrivate, List<ProbePoint> points, Statement.Block body)
      implements Declaration {
    /** Copies the list. */
    public Probe {
      points = List.copyOf(points);
    }
  }

  /**
   * {@code probe NAMES = POINTS { … } , { … }}: a name for probe points, with code to run around
   * the handler of whoever uses it. {@code probe a = b = c {}} gives two names to one list of
   * points.
   *
   * @param names the names, each with what it was followed by
   * @param points what the names stand for
   * @param body the prologue, or after {@code +=} the epilogue
   * @param epilogue the second block, which only {@code =} allows
   */
  record Alias(
      Span span,
      boolean isPrivate,
      List<AliasName> names,
      List<ProbePoint> points,
      Statement.Block body,
      Optional<Statement.Block> epilogue)
      implements Declaration {
    /** Copies the lists. */
    public Alias {
      names = List.copyOf(names);
      points = List.copyOf(points);
    }
  }

  /**
   * A name on the left of {@code =} or {@code +=}.
   *
   * @param point the name, written as a probe point
   * @param isEpilogue whether {@code +=} followed
   */
  record AliasName(ProbePoint point, boolean isEpilogue) {}

  /**
   * {@code global a, b[10] = …}, or {@code private a}.
   *
   * @param hasGlobalKeyword false for {@code private a}
   * @param variables at least one
   */
  record Globals(
      Span span,
      boolean isPrivate,
      boolean hasGlobalKeyword,
      List<GlobalVariableDeclaration> variables)
      implements Declaration {
    /** Copies the list. */
    public Globals {
      variables = List.copyOf(variables);
    }
  }

  /**
   * {@code function f:long (a:string, b) : 2 { … }}.
   *
   * @param type the type it was declared to return
   * @param priority which of the functions of one name and arity runs first: lower before higher
   */
  record Function(
      Span span,
      boolean isPrivate,
      Identifier name,
      Optional<TypeName> type,
      List<Parameter> parameters,
      Optional<Expression.NumberLiteral> priority,
      FunctionBody body)
      implements Declaration {
    /** Copies the list. */
    public Function {
      parameters = List.copyOf(parameters);
    }
  }

  /** {@code %{ … %}} at the top level. */
  record Embedded(Span span, EmbeddedCode code) implements Declaration {}
}
