package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.analysis.ContextAccess.Base;
import dev.tapwright.compiler.probe.ContextVariable;
import dev.tapwright.compiler.probe.ContextVariable.Location;
import dev.tapwright.compiler.probe.ProbeContext;
import dev.tapwright.compiler.probe.Similar;
import dev.tapwright.compiler.target.DataTypes;
import dev.tapwright.compiler.target.TypeShape;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Expression;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalInt;

/** Finds out how to get at the data of the traced program that expressions name. */
final class AccessResolver {
  private static final int ALTERNATIVES = 5;

  private final DataTypes data;
  private final ProbeContext context;
  private final IdentityHashMap<Expression, ContextFact> facts;

  /**
   * @param facts where to put what is found out about the parts of expressions
   */
  AccessResolver(
      DataTypes data, ProbeContext context, IdentityHashMap<Expression, ContextFact> facts) {
    this.data = data;
    this.context = context;
    this.facts = facts;
  }

  DataTypes data() {
    return data;
  }

  ProbeContext context() {
    return context;
  }

  /** The access that a chain stands for. */
  ContextAccess access(AccessChain chain) throws AccessFault {
    return finish(chain, links(chain, root(chain.root())));
  }

  /** The access of a chain that begins with a value of the script, an address of that type. */
  ContextAccess autocast(AccessChain chain, int pointee) throws AccessFault {
    AccessPath root = AccessPath.pointer(data, new Base.Value(chain.root()), pointee, false);
    AccessPath path = links(chain, root);
    if (chain.print().isPresent()) {
      return path.text()
          .orElseThrow(
              () ->
                  new AccessFault(
                      AnalysisCodes.NOT_SUPPORTED,
                      chain.print().get().span(),
                      "pretty-printing of a variable's structure is not supported yet"));
    }
    return finish(chain, path);
  }

  private ContextAccess finish(AccessChain chain, AccessPath path) throws AccessFault {
    Span place = placeOfLast(chain);
    return chain.isAddress() ? path.address(place) : path.number(place);
  }

  /** Where a chain leads, its {@code &} or {@code $} left out. */
  AccessPath path(AccessChain chain) throws AccessFault {
    return links(chain, root(chain.root()));
  }

  private AccessPath links(AccessChain chain, AccessPath root) throws AccessFault {
    AccessPath path = root;
    facts.put(chain.root(), path.fact());
    for (Expression link : chain.links()) {
      path =
          switch (link) {
            case Expression.Member member -> path.member(member.member().name(), placeOf(member));
            case Expression.TargetElement element ->
                path.element(element.index(), placeOf(element));
            default -> throw new IllegalArgumentException("no link: " + link);
          };
      facts.put(link, path.fact());
    }
    return path;
  }

  private AccessPath root(Expression root) throws AccessFault {
    return switch (root) {
      case Expression.TargetVariable variable -> variable(variable);
      case Expression.Cast cast -> cast(cast);
      case Expression.AtVariable variable ->
          throw new AccessFault(
              Diagnostic.error(
                      AnalysisCodes.UNKNOWN_CONTEXT_VARIABLE,
                      variable.span(),
                      "unresolved @var() expression")
                  .withNote("variables are known only from debuginfo, which is not supported yet"));
      default -> throw new IllegalArgumentException("no access: " + root);
    };
  }

  private AccessPath variable(Expression.TargetVariable variable) throws AccessFault {
    String name = variable.name().substring(1);
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
                "the arguments of '%s' are not known: the kernel's BTF does not describe them"
                    .formatted(context.subject()))
            : unknown;
      }
      case KERNEL_FUNCTION -> {
        Diagnostic unknown = local(span, name, alternatives);
        yield context.parameters().isEmpty() && alternatives.isEmpty()
            ? unknown.withNote(
                "'%s' has no arguments, or the kernel's BTF does not describe them"
                    .formatted(context.subject()))
            : unknown;
      }
      case USER_MARK -> local(span, name, alternatives);
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
    String module = cast.module().map(Expression.StringLiteral::value).orElse("");
    String name = cast.type().value();
    boolean isKernel = module.isEmpty() || namesKernel(module);
    OptionalInt type = isKernel ? data.named(name) : OptionalInt.empty();
    if (type.isEmpty()) {
      Diagnostic unknown =
          Diagnostic.error(
              AnalysisCodes.UNKNOWN_C_TYPE,
              cast.span(),
              "type definition '%s' not found in '%s'"
                  .formatted(name, module.isEmpty() ? "kernel" : module));
      throw new AccessFault(
          isKernel
              ? unknown
              : unknown.withNote(
                  "types of programs and modules are known only from debuginfo, which is not supported yet"));
    }
    return AccessPath.pointer(data, new Base.Value(cast.operand()), type.getAsInt(), false);
  }

  /** Whether a list such as {@code kernel<linux/sched.h>:kernel} has the kernel in it. */
  static boolean namesKernel(String modules) {
    for (String module : List.of(modules.split(":", -1))) {
      if (module.equals("kernel") || module.startsWith("kernel<") || module.startsWith("<")) {
        return true;
      }
    }
    return false;
  }

  private static Span placeOfLast(AccessChain chain) {
    return chain.links().isEmpty() ? chain.root().span() : placeOf(chain.links().getLast());
  }

  /** The operator of a link: where SystemTap points. */
  private static Span placeOf(Expression link) {
    Span base =
        link instanceof Expression.Member member
            ? member.base().span()
            : ((Expression.TargetElement) link).base().span();
    String operator = link instanceof Expression.Member ? "->" : "[";
    Span whole = link.span();
    String text = whole.source().text();
    int start = text.indexOf(operator, Math.max(0, Math.min(base.end(), text.length())));
    return start < 0 || start >= whole.end()
        ? whole
        : new Span(whole.source(), start, start + operator.length(), whole.expansions());
  }

  /** The operator that SystemTap points at in an access. */
  static Span operatorOf(AccessChain chain) {
    return placeOfLast(chain);
  }
}
