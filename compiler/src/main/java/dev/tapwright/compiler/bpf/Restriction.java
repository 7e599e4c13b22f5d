package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.Frame;
import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.DiagnosticCode;

/** What a kernel probe cannot have on kernels that lack a facility, and what to say of it. */
enum Restriction {
  WHILE_LOOP(KernelDiagnostics.LOOP, "a 'while' loop", KernelFeature.BOUNDED_LOOPS, Advice.LOOP),
  FOR_LOOP(KernelDiagnostics.LOOP, "a 'for' loop", KernelFeature.BOUNDED_LOOPS, Advice.LOOP),
  FOREACH_LOOP(
      KernelDiagnostics.LOOP,
      "a 'foreach' loop",
      KernelFeature.FOR_EACH_MAP_ELEMENT,
      Advice.FOREACH),
  STRING_VARIABLE(
      KernelDiagnostics.STRING, "a string variable", KernelFeature.BOUNDED_LOOPS, Advice.STRING),
  STRING_COMPARISON(
      KernelDiagnostics.STRING,
      "a comparison of strings",
      KernelFeature.BOUNDED_LOOPS,
      Advice.STRING),
  STRING_ORDER(
      KernelDiagnostics.STRING,
      "an ordering of strings",
      KernelFeature.BOUNDED_LOOPS,
      Advice.STRING),
  STRING_CONCATENATION(
      KernelDiagnostics.STRING,
      "a concatenation of strings",
      KernelFeature.BOUNDED_LOOPS,
      Advice.STRING),
  STRING_FORMATTING(
      KernelDiagnostics.STRING,
      "formatting into a string",
      KernelFeature.BOUNDED_LOOPS,
      Advice.STRING),
  STRING_FUNCTION(
      KernelDiagnostics.STRING,
      "a function of strings",
      KernelFeature.BOUNDED_LOOPS,
      Advice.STRING),
  REGULAR_EXPRESSION(
      KernelDiagnostics.STRING, "a regular expression", KernelFeature.BOUNDED_LOOPS, Advice.STRING),
  LONG_KEY(
      KernelDiagnostics.STRING,
      "an array whose keys take more than %d bytes".formatted(Frame.LIMIT),
      KernelFeature.LARGE_KEYS,
      "use a smaller MAXSTRINGLEN, or fewer or shorter strings as indexes"),
  STATISTIC_FIGURE(
      KernelDiagnostics.STATISTIC,
      "a figure of a statistic",
      KernelFeature.OTHER_PROCESSORS,
      "ask for it in an end or timer probe, which run in user space"),
  WHOLE_ARRAY_DELETE(
      KernelDiagnostics.NOT_SUPPORTED,
      "'delete' of a whole array",
      KernelFeature.FOR_EACH_MAP_ELEMENT,
      "delete it in an end or timer probe, which run in user space"),
  WILDCARD_INDEX(
      KernelDiagnostics.NOT_SUPPORTED,
      "'*' as an index",
      KernelFeature.FOR_EACH_MAP_ELEMENT,
      Advice.OTHER),
  WRAPPING_ARRAY(
      KernelDiagnostics.NOT_SUPPORTED,
      "a new element of an array that wraps ('%')",
      KernelFeature.FOR_EACH_MAP_ELEMENT,
      "give it a size that it does not outgrow"),
  MEMORY_DIRECTIVE(
      KernelDiagnostics.STRING,
      "a directive that reads memory",
      KernelFeature.BOUNDED_LOOPS,
      "read what it prints with kernel_string(), kernel_long() and their kin"),
  ;

  /** What to do instead. */
  private static final class Advice {
    static final String LOOP =
        "move the loop into an end or timer probe, which run in user space, or write out its turns";
    static final String FOREACH =
        "move the loop into an end or timer probe, which run in user space";
    static final String OTHER = "do it in an end or timer probe, which run in user space";
    static final String STRING =
        "count or print numbers and execname() here, and work with strings in an end or timer probe, which run in user space";
  }

  private final DiagnosticCode code;
  private final String construct;
  private final KernelFeature needed;
  private final String advice;

  Restriction(DiagnosticCode code, String construct, KernelFeature needed, String advice) {
    this.code = code;
    this.construct = construct;
    this.needed = needed;
    this.advice = advice;
  }

  /** Whether the kernel itself lacks what the construct needs. */
  boolean isBeyond(KernelProfile profile) {
    return !profile.has(needed);
  }

  /** What cannot be had, in words. */
  String construct() {
    return construct;
  }

  /** The error at a place that has the construct, on a kernel that it is beyond. */
  Diagnostic at(Span span, KernelProfile profile) {
    return Diagnostic.error(
            code,
            span,
            "%s in a kernel probe cannot run on Linux %s: it needs %s, which Linux %s brought"
                .formatted(construct, profile.name(), needed.description(), needed.since()))
        .withNote(advice);
  }
}
