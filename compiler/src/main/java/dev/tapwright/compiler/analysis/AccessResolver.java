package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.analysis.ContextAccess.Base;
import dev.tapwright.compiler.probe.ContextVariable;
import dev.tapwright.compiler.probe.ContextVariable.Location;
import dev.tapwright.compiler.probe.ModuleNames;
import dev.tapwright.compiler.probe.ProbeContext;
import dev.tapwright.compiler.probe.Similar;
import dev.tapwright.compiler.target.DataTypes;
import dev.tapwright.compiler.target.TypeShape;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Expression;
import java.util.IdentityHashMap;
import java.util.List;

/** Finds out how to get at the data of the traced program that expressions name. */
final class AccessResolver {
  private static final int ALTERNATIVES = 5;

  private final DataTypes data;
  private final CastTypes castTypes;
  private final ProbeContext context;
  private final AccessLinks links;

  /**
   * For a place.
   *
   * @param facts where to put what is found out about the parts of expressions
   */
  AccessResolver(
      CastTypes castTypes, ProbeContext context, IdentityHashMap<Expression, ContextFact> facts) {
    this.data = castTypes.here();
    this.castTypes = castTypes;
    this.context = context;
    this.links = new AccessLinks(data, facts);
  }

  DataTypes data() {
    return data;
  }

  ProbeContext context() {
    return context;
  }

  /** The access that a chain stands for. */
  ContextAccess access(Expression whole, AccessChain chain) throws AccessFault {
    return links.finish(whole, chain, path(chain));
  }

  /** Where a chain leads, its {@code &} or {@code $} left out. */
  AccessPath path(AccessChain chain) throws AccessFault {
    return links.follow(chain, root(chain));
  }

  private AccessPath root(AccessChain chain) throws AccessFault {
    return switch (chain.root()) {
      case Expression.TargetVariable variable -> variable(variable, AccessLinks.operatorOf(chain));
      case Expression.Cast cast -> cast(cast);
      case Expression.AtVariable variable -> throw new AccessFault(unknownGlobal(variable));
      default -> throw new IllegalArgumentException("no access: " + chain.root());
    };
  }

  /** Whether a name is that of text such as {@code $$vars}, which no {@code ->} can follow. */
  private static boolean isSummary(String name) {
    return List.of("$vars", "$parms", "$locals", "$return").contains(name);
  }

  /**
   * @param place of the last operator in the whole
   */
  private AccessPath variable(Expression.TargetVariable variable, Span place) throws AccessFault {
    String name = variable.name().substring(1);
    if (context.kind() != ProbeContext.Kind.NONE && isSummary(name)) {
      throw new AccessFault(
          AnalysisCodes.CONTEXT_ACCESS,
          place,
          "dwarf variable '$%s' may not be used as a structure".formatted(name));
    }
    ContextVariable found =
        context
            .variable(name)
            .orElseThrow(() -> new AccessFault(unknownVariable(variable.span(), name)));
    return AccessPath.value(
        data,
        base(found),
        found.typeId(),
        (context.pointsToUser() && found.location() instanceof Location.RecordField)
            || found.location() instanceof Location.SystemCallArgument);
  }

  /** How to get at a context variable itself. */
  private Base.Variable base(ContextVariable variable) {
    if (variable.location()
        instanceof Location.RecordField(int offset, int size, boolean isSigned)) {
      return new Base.Variable(variable.location(), size, isSigned);
    }
    if (variable.location() instanceof Location.MarkArgument argument) {
      return new Base.Variable(argument, argument.size(), argument.isSigned());
    }
    return switch (data.shape(variable.typeId())) {
      case TypeShape.Number number when number.size() <= Long.BYTES ->
          new Base.Variable(variable.location(), number.size(), number.isSigned());
      case TypeShape.Enumeration enumeration ->
          new Base.Variable(variable.location(), enumeration.size(), enumeration.isSigned());
      default -> new Base.Variable(variable.location(), Long.BYTES, false);
    };
  }

  /** The error of a global variable of the traced program or of the kernel. */
  private Diagnostic unknownGlobal(Expression.AtVariable variable) {
    String module = variable.module().map(Expression.StringLiteral::value).orElse("");
    boolean isProgram = ModuleNames.listed(module).contains("/");
    List<String> name = List.of(variable.name().value().split("@", 2));
    Diagnostic unknown =
        Diagnostic.error(
            AnalysisCodes.UNKNOWN_CONTEXT_VARIABLE,
            variable.span(),
            isProgram
                ? "unable to find global '%s' in %s%s"
                    .formatted(
                        name.getFirst(), module, name.size() > 1 ? ", in " + name.get(1) : "")
                : "unresolved @var() expression");
    return unknown.withNote(
        isProgram || context.kind() == ProbeContext.Kind.USER_FUNCTION
            ? "variables of programs are known only from debuginfo, which is not supported yet"
            : "the kernel's BTF describes only variables that each processor has one of, and no address tells where those are");
  }

  /** The error of a context variable that is not there. */
  Diagnostic unknownVariable(Span span, String name) {
    List<String> alternatives =
        Similar.alternatives(
            "$" + name,
            context.variables().stream().map(variable -> "$" + variable.name()).toList(),
            ALTERNATIVES);
    return switch (context.kind()) {
      case NONE, FILE_READ, FILE_WRITE ->
          Diagnostic.error(
              AnalysisCodes.UNKNOWN_CONTEXT_VARIABLE, span, "unresolved target-symbol expression");
      case TRACEPOINT -> {
        Diagnostic unknown =
            Diagnostic.error(
                AnalysisCodes.UNKNOWN_CONTEXT_VARIABLE,
                span,
                Similar.append(
                    "unable to find tracepoint variable '$%s'".formatted(name),
                    "alternatives",
                    alternatives));
        yield context.parameters().isEmpty()
            ? unknown.withNote(
                castTypes
                    .undescribed(context.module())
                    .orElse(
                        "the arguments of '%s' are not known: the kernel's BTF does not describe them"
                            .formatted(context.subject())))
            : unknown;
      }
      case KERNEL_FUNCTION -> {
        Diagnostic unknown = local(span, name, alternatives);
        yield context.parameters().isEmpty() && alternatives.isEmpty()
            ? unknown.withNote(
                castTypes
                    .undescribed(context.module())
                    .orElse(
                        "'%s' has no arguments, or the kernel's BTF does not describe them"
                            .formatted(context.subject())))
            : unknown;
      }
      case PROCESS, USER_MARK -> local(span, name, alternatives);
      case USER_FUNCTION ->
          local(span, name, alternatives)
              .withNote(
                  "arguments of a program's functions are known only from its debuginfo, which is not supported yet");
    };
  }

  private Diagnostic local(Span span, String name, List<String> alternatives) {
    return Diagnostic.error(
        AnalysisCodes.UNKNOWN_CONTEXT_VARIABLE,
        span,
        Similar.append(
            "unable to find local '%s' in %s".formatted(name, context.subject()),
            "alternatives",
            alternatives));
  }

  private AccessPath cast(Expression.Cast cast) throws AccessFault {
    return AccessPath.pointer(data, new Base.Value(cast.operand()), castTypes.typeOf(cast), false);
  }
}
