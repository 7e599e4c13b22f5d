package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.Similar;
import dev.tapwright.compiler.target.DataTypes;
import dev.tapwright.compiler.target.TypeShape;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.DiagnosticCode;
import java.util.List;

/** Leaves the resolution of an access with what is wrong; never leaves this package. */
final class AccessFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  AccessFault(Diagnostic diagnostic) {
    super(diagnostic.message(), null, false, false);
    this.diagnostic = diagnostic;
  }

  AccessFault(DiagnosticCode code, Span span, String message) {
    this(Diagnostic.error(code, span, message));
  }

  /** That nothing is known of a structure that could be read. */
  static AccessFault undescribed(DataTypes data, String spelling, Span place) {
    return new AccessFault(
        Diagnostic.error(AnalysisCodes.CONTEXT_ACCESS, place, "unresolved " + spelling)
            .withNote(
                data.modulesWith(spelling).stream()
                    .findFirst()
                    .map(module -> CastTypes.advice(spelling, module))
                    .orElse("the kernel's BTF does not describe it")));
  }

  /** That a structure or union has no member of a name. */
  static AccessFault unknownMember(
      TypeShape.Composite composite, String name, List<String> members, Span place) {
    return new AccessFault(
        AnalysisCodes.UNKNOWN_MEMBER,
        place,
        Similar.append(
            "unable to find member '%s' for %s".formatted(name, composite.spelling()),
            "alternatives",
            Similar.alternatives(name, members, Integer.MAX_VALUE)));
  }

  /** That a structure or union is no value: only its members are. */
  static AccessFault whole(
      TypeShape.Composite composite, List<TypeShape.Member> members, Span place) {
    return new AccessFault(
        AnalysisCodes.CONTEXT_ACCESS,
        place,
        "'%s' is being accessed instead of a member%s"
            .formatted(
                composite.spelling(),
                members.isEmpty() ? "" : " such as '->" + members.getFirst().name() + "'"));
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }
}
