package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.intrinsic.Intrinsic;
import dev.tapwright.compiler.intrinsic.Intrinsics;
import dev.tapwright.compiler.probe.ContextVariable;
import dev.tapwright.compiler.probe.ProbeContext;
import dev.tapwright.compiler.target.TypeShape;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.Note;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Finds out what a handler's or function's context variables, casts and so on stand for at one
 * place, before anything else is asked of it: {@code @defined} decides which branches there are at
 * all. What stands for text, such as {@code $$parms}, becomes the {@code sprintf} that makes it.
 */
final class ContextBinding extends DefinedFolding {
  private final Unit unit;

  private final AccessResolver resolver;
  private final Reports reports;
  private final boolean hasPlace;
  private final EntryValues entries;
  private final boolean mayWrite;
  private final boolean skipsBadVariables;
  private final String subject;
  private final PrintOperands printOperands = new PrintOperands();

  private ContextBinding(
      Unit unit,
      ProbeContext context,
      CastTypes castTypes,
      EntryValues entries,
      String subject,
      AnalysisInput input,
      Reports reports) {
    this.unit = unit;
    this.subject = subject;
    this.mayWrite = input.isGuru();
    this.skipsBadVariables = input.skipsBadVariables();
    this.entries = entries;
    this.hasPlace = context.kind() != ProbeContext.Kind.NONE;
    this.resolver = new AccessResolver(castTypes, context, unit.contextFacts());
    this.reports = reports;
  }

  /**
   * Binds the bodies of a unit that stands at no place: a function's, or a handler's like it.
   *
   * @param subject what messages call it: {@code probe begin}, {@code function f}
   */
  static void bind(Unit unit, String subject, AnalysisInput input, Reports reports) {
    bind(unit, subject, ProbeContext.none(), input, EntryValues.NONE, reports);
  }

  /**
   * Binds the bodies of a unit.
   *
   * @param subject what messages call it: {@code probe begin}, {@code function f}
   * @param context of the place where it runs
   * @param entries where to put what it needs from the entry of a function at whose return it runs
   */
  static void bind(
      Unit unit,
      String subject,
      ProbeContext context,
      AnalysisInput input,
      EntryValues entries,
      Reports reports) {
    Optional<Expression> condition =
        unit.condition().filter(written -> isNeeded(written) && !holdsDefined(written));
    if (condition.isEmpty() && unit.bodies().stream().noneMatch(ContextBinding::isNeeded)) {
      return;
    }
    CastTypes castTypes = CastTypes.at(context.module(), input.target());
    unit.setDataTypes(castTypes.here());
    unit.setPlace(context.kind() != ProbeContext.Kind.NONE);
    // A condition stands at no place: it is looked at before there is any.
    condition
        .map(
            new ContextBinding(
                    unit, ProbeContext.none(), castTypes, EntryValues.NONE, subject, input, reports)
                ::expression)
        .ifPresent(unit::setCondition);
    ContextBinding binding =
        new ContextBinding(unit, context, castTypes, entries, subject, input, reports);
    List<Statement.Block> bodies =
        new ArrayList<>(unit.bodies().stream().map(binding::block).toList());
    if (!entries.isEmpty()) {
      bodies.addFirst(entries.atReturn());
    }
    unit.setBodies(bodies);
  }

  /** Whether something in a tree means another thing, or nothing, at another place. */
  static boolean dependsOnPlace(Node node) {
    return switch (node) {
      case Expression.TargetVariable _,
          Expression.Entry _,
          // Of a handler, only because it means something together with the bodies of aliases.
          Expression.ProbeWrite _ ->
          true;
      default -> Children.any(node, ContextBinding::dependsOnPlace);
    };
  }

  private static boolean isNeeded(Node node) {
    return switch (node) {
      case Expression.TargetVariable _,
          Expression.AtVariable _,
          Expression.Cast _,
          Expression.Defined _,
          Expression.Entry _,
          Expression.ProbeWrite _,
          Expression.Constant _,
          Expression.EnumValue _,
          Expression.EnumName _,
          Expression.Register _,
          Expression.Dereference _,
          Expression.Member _,
          Expression.TargetElement _,
          Expression.PrettyPrint _,
          Expression.AddressOf _ ->
          true;
      // Its result may be followed elsewhere.
      case Expression.FunctionCall call
          when Intrinsics.named(call.function().name()).flatMap(Intrinsic::pointsTo).isPresent() ->
          true;
      default -> Children.any(node, ContextBinding::isNeeded);
    };
  }

  /** What no condition can have: there are no branches to choose from. */
  private static boolean holdsDefined(Node node) {
    return node instanceof Expression.Defined || Children.any(node, ContextBinding::holdsDefined);
  }

  @Override
  Expression expression(Expression written) {
    return switch (written) {
      case Expression.TargetVariable variable when FileValue.isAt(resolver.context()) -> {
        try {
          yield FileValue.read(variable);
        } catch (AccessFault fault) {
          faulty(variable, fault.diagnostic());
          yield variable;
        }
      }
      case Expression.Assignment assignment
          when FileValue.isAt(resolver.context())
              && assignment.target() instanceof Expression.TargetVariable target -> {
        try {
          yield FileValue.write(
              assignment, target, expression(assignment.value()), resolver.context());
        } catch (AccessFault fault) {
          faulty(target, fault.diagnostic());
          yield assignment;
        }
      }
      case Expression.Assignment assignment when isData(assignment.target()) -> {
        write(assignment.target());
        yield super.expression(assignment);
      }
      case Expression.Step step when isData(step.operand()) -> {
        write(step.operand());
        yield super.expression(step);
      }
      case Expression.TargetVariable variable when variable.name().startsWith("$$") ->
          summary(variable, Optional.empty());
      case Expression.PrettyPrint print
          when print.base() instanceof Expression.TargetVariable variable
              && variable.name().startsWith("$$") ->
          summary(variable, Optional.of(print));
      case Expression.AddressOf(var span, Expression.PrettyPrint print) -> {
        Expression root = AccessChain.of(print).orElseThrow().root();
        faulty(
            written,
            Diagnostic.error(
                AnalysisCodes.CONTEXT_ACCESS,
                root instanceof Expression.Symbol ? span : root.span(),
                "cannot take address of pretty-printed variable"));
        yield written;
      }
      case Expression.TargetVariable _,
          Expression.AtVariable _,
          Expression.Cast _,
          Expression.Member _,
          Expression.TargetElement _,
          Expression.AddressOf _,
          Expression.PrettyPrint _ ->
          unit.erroneous().contains(written) ? written : chain(rebuilt(written));
      case Expression.Entry entry -> entry(entry);
      case Expression.Constant constant -> constant(constant, constant.expression().value());
      case Expression.EnumValue value -> constant(value, value.name().value());
      case Expression.EnumName name -> enumName(name);
      case Expression.Register register -> register(register);
      case Expression.Dereference dereference -> dereference(dereference);
      case Expression.ProbeWrite write -> probeWrite(write);
      default -> super.expression(written);
    };
  }

  private static boolean isData(Expression target) {
    return AccessChain.of(target).isPresent();
  }

  /** What is written to must be at hand; that nothing can write it is said where it would be. */
  private void write(Expression target) {
    AccessChain chain = AccessChain.of(target).orElseThrow();
    Span place = chain.isAutocast() ? AccessLinks.operatorOf(chain) : chain.root().span();
    if (!mayWrite) {
      if (isAnswer(chain) && isVerdict(chain)) {
        faulty(
            target,
            Diagnostic.error(
                AnalysisCodes.CONTEXT_WRITE,
                place,
                "write to netfilter verdict requires guru mode; need stap -g"));
        return;
      }
      String what =
          chain.isAutocast()
              ? ""
              : chain.root() instanceof Expression.Cast
                  ? " to @cast context variable"
                  : " to target variable";
      Diagnostic refused =
          Diagnostic.error(
              AnalysisCodes.CONTEXT_WRITE,
              place,
              "write%s not permitted; need stap -g".formatted(what));
      faulty(
          target,
          isAnswer(chain)
              ? refused
              : refused.withNote("and BPF cannot write to the traced program at all"));
    } else if (isOfEntry(chain)) {
      faulty(
          target,
          Diagnostic.error(
              AnalysisCodes.CONTEXT_WRITE,
              place,
              "write to target variable not permitted in .return probes"));
    } else if (chain.print().isPresent()) {
      faulty(
          target,
          Diagnostic.error(
              AnalysisCodes.CONTEXT_WRITE, place, "cannot write to pretty-printed variable"));
    }
  }

  private boolean isAnswer(AccessChain chain) {
    return chain.root() instanceof Expression.TargetVariable variable
        && resolver
            .context()
            .variable(variable.name().substring(1))
            .filter(found -> found.location() instanceof ContextVariable.Location.Answer)
            .isPresent();
  }

  private static boolean isVerdict(AccessChain chain) {
    return chain.root() instanceof Expression.TargetVariable variable
        && variable.name().equals("$verdict");
  }

  /** The same expression, with the expressions of the script in it bound. */
  @SuppressWarnings("ReferenceEquality") // identity tells whether something was rewritten
  private Expression rebuilt(Expression expression) {
    return switch (expression) {
      case Expression.AddressOf old -> {
        Expression operand = rebuilt(old.operand());
        yield operand == old.operand() ? old : new Expression.AddressOf(old.span(), operand);
      }
      case Expression.PrettyPrint old -> {
        Expression base = rebuilt(old.base());
        yield base == old.base() ? old : new Expression.PrettyPrint(old.span(), base, old.isDeep());
      }
      case Expression.Member old -> {
        Expression base = linked(old.base());
        yield base == old.base() ? old : new Expression.Member(old.span(), base, old.member());
      }
      case Expression.TargetElement old -> {
        Expression base = linked(old.base());
        Expression index = expression(old.index());
        yield base == old.base() && index == old.index()
            ? old
            : new Expression.TargetElement(old.span(), base, index);
      }
      case Expression.Cast old -> {
        Expression operand = expression(old.operand());
        yield operand == old.operand()
            ? old
            : new Expression.Cast(old.span(), operand, old.type(), old.module());
      }
      case Expression.TargetVariable old -> old;
      case Expression.AtVariable old -> old;
      default -> expression(expression);
    };
  }

  /** The same of what a link follows: an address is a value of its own there. */
  private Expression linked(Expression base) {
    return base instanceof Expression.AddressOf ? expression(base) : rebuilt(base);
  }

  private Expression chain(Expression expression) {
    Optional<AccessChain> chain = AccessChain.of(expression);
    if (chain.isPresent() && isOfEntry(chain.get())) {
      return entries.save(expression, expression.span());
    }
    if (chain.isPresent() && PrintOperands.isNeeded(chain.get())) {
      Expression.PrettyPrint held = printOperands.held(chain.get().print().orElseThrow());
      return printOperands.after(chain(held));
    }
    if (chain.isEmpty() || chain.get().isAutocast()) {
      // Its type is not known before all types are inferred.
      return expression;
    }
    try {
      if (chain.get().print().isPresent()) {
        AccessPath path = resolver.path(chain.get());
        return PrettyPrinter.print(unit, expression, path, chain.get().print().get().isDeep());
      }
      unit.accesses().put(expression, resolver.access(expression, chain.get()));
    } catch (AccessFault fault) {
      return bad(expression, chain.get().root(), fault.diagnostic());
    }
    return expression;
  }

  /**
   * What stands for a context variable that is not there, or has not what is asked of it: 0 where
   * that was chosen.
   */
  private Expression bad(Expression whole, Expression root, Diagnostic diagnostic) {
    if (!skipsBadVariables || !(root instanceof Expression.TargetVariable)) {
      faulty(whole, diagnostic);
      return whole;
    }
    reports.warning(
        AnalysisCodes.UNKNOWN_CONTEXT_VARIABLE,
        root.span(),
        "Bad $context variable being substituted with literal 0");
    return new Expression.NumberLiteral(whole.span(), 0);
  }

  private void faulty(Expression expression, Diagnostic diagnostic) {
    unit.erroneous().add(expression);
    if (hasPlace) {
      reports.add(diagnostic);
    } else {
      reports.add(Reports.Stage.CONTEXT, diagnostic);
    }
  }

  private Expression summary(
      Expression.TargetVariable variable, Optional<Expression.PrettyPrint> print) {
    Expression whole = print.<Expression>map(written -> written).orElse(variable);
    ContextSummary summary = new ContextSummary(resolver, unit);
    if (summary.isOfEntry(variable)) {
      return entries.save(whole, whole.span());
    }
    try {
      return summary.text(whole, variable, print);
    } catch (AccessFault fault) {
      return bad(whole, variable, fault.diagnostic());
    }
  }

  private Expression entry(Expression.Entry entry) {
    if (resolver.context().hasEntry()) {
      return entries.save(entry.operand(), entry.span());
    }
    faulty(
        entry,
        Diagnostic.error(
                AnalysisCodes.CONTEXT_ACCESS,
                entry.span(),
                "internal error: @entry is only valid in .return probes")
            .withNote(new Note(Optional.empty(), "while processing " + subject, true)));
    return entry;
  }

  /** At a return, arguments and what they lead to are those of the entry. */
  private boolean isOfEntry(AccessChain chain) {
    ProbeContext context = resolver.context();
    return context.isReturn()
        && chain.root() instanceof Expression.TargetVariable variable
        && context.parameters().stream()
            .anyMatch(parameter -> variable.name().equals("$" + parameter.name()))
        && (!context.keepsArguments()
            || !chain.links().isEmpty()
            || chain.isAddress()
            || chain.print().isPresent());
  }

  private Expression register(Expression.Register register) {
    ContextAccess.Base base =
        new ContextAccess.Base.Variable(
            new ContextVariable.Location.Register(
                (int) Math.min(register.number().value(), Integer.MAX_VALUE)),
            Long.BYTES,
            false);
    unit.accesses()
        .put(
            register,
            new ContextAccess(
                base,
                List.of(),
                Type.LONG,
                register.isUser(),
                "unsigned long",
                OptionalInt.empty()));
    return register;
  }

  @SuppressWarnings("ReferenceEquality") // identity tells whether something was rewritten
  private Expression dereference(Expression.Dereference written) {
    Expression address = expression(written.address());
    Expression.Dereference bound =
        address == written.address()
            ? written
            : new Expression.Dereference(written.span(), written.isUser(), written.size(), address);
    long size = written.size().value();
    if (size != 1 && size != 2 && size != 4 && size != 8) {
      faulty(
          bound,
          Diagnostic.error(
              AnalysisCodes.CONTEXT_ACCESS,
              written.size().span(),
              "a value of %d bytes cannot be read".formatted(size)));
      return bound;
    }
    unit.accesses()
        .put(
            bound,
            new ContextAccess(
                new ContextAccess.Base.Value(address),
                List.of(new ContextAccess.Step.Load((int) size, false)),
                Type.LONG,
                written.isUser(),
                "unsigned long",
                OptionalInt.empty()));
    return bound;
  }

  /** One that no alias is there for. */
  private Expression probeWrite(Expression.ProbeWrite write) {
    faulty(
        write,
        Diagnostic.error(AnalysisCodes.CONTEXT_ACCESS, write.span(), "unexpected @probewrite")
            .withNote("it asks what the user of an alias writes, in the body of the alias"));
    return write;
  }

  private Expression constant(Expression written, String name) {
    OptionalLong value = ConstantValue.of(name, resolver.data());
    if (value.isPresent()) {
      return new Expression.NumberLiteral(written.span(), value.getAsLong());
    }
    if (written instanceof Expression.Constant) {
      // A C expression, which has a type; that nothing can run it is found where it would be run.
      return written;
    }
    faulty(
        written,
        Diagnostic.error(
                AnalysisCodes.UNKNOWN_C_TYPE,
                written.span(),
                "the value of '%s' is not known".formatted(name))
            .withNote("only numbers and constants of the kernel's enumerations are"));
    return written;
  }

  @SuppressWarnings("ReferenceEquality") // identity tells whether something was rewritten
  private Expression enumName(Expression.EnumName written) {
    Expression operand = expression(written.operand());
    Expression.EnumName bound =
        operand == written.operand()
            ? written
            : new Expression.EnumName(written.span(), operand, written.type(), written.module());
    try {
      TypeShape.Enumeration enumeration =
          new EnumeratorNames(resolver.data())
              .enumeration(bound, Optional.ofNullable(unit.accesses().get(operand)));
      if (operand instanceof Expression.NumberLiteral number) {
        String name = enumeration.nameOf(number.value()).orElse(Long.toString(number.value()));
        return new Expression.StringLiteral(written.span(), name);
      }
      unit.accesses().put(bound, EnumeratorNames.access(operand, enumeration));
    } catch (AccessFault fault) {
      faulty(bound, fault.diagnostic());
    }
    return bound;
  }

  @Override
  boolean isDefined(Expression operand) {
    return new DefinedData(resolver, unit).isDefined(operand);
  }
}
