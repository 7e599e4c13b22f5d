package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.compiler.target.KernelSymbols;
import dev.tapwright.compiler.target.KernelTypes;
import dev.tapwright.compiler.target.Target;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One place that a probe point stands for.
 *
 * @param attachPoint what it attaches to
 * @param resolvedName the point as {@code -p2} prints it
 * @param comment what {@code -p2} prints behind it between comment marks; may be empty
 * @param subject what is probed, in a word: the function, the tracepoint, the timer
 * @param address of a function: its kernel address, or its address in its file; empty where hidden
 *     from this user
 * @param method how it is attached
 * @param processes in which its handler runs
 */
public record ProbeMatch(
    AttachPoint attachPoint,
    String resolvedName,
    String comment,
    String subject,
    OptionalLong address,
    AttachMethod method,
    Processes processes) {
  private static final String SYSTEM_CALL = "sys_enter";
  private static final String SYSTEM_CALL_RETURN = "sys_exit";

  /** A match in all processes. */
  ProbeMatch(
      AttachPoint attachPoint,
      String resolvedName,
      String comment,
      String subject,
      OptionalLong address,
      AttachMethod method) {
    this(attachPoint, resolvedName, comment, subject, address, method, Processes.ALL);
  }

  /** The same place in some processes, under another name. */
  ProbeMatch in(Processes others, String name) {
    return new ProbeMatch(attachPoint, name, comment, subject, address, method, others);
  }

  /** A match that code generation refuses, under the point's own name. */
  static ProbeMatch notCarried(AttachPoint.NotCarried place, ConcretePoint point) {
    return new ProbeMatch(
        place,
        point.toString(),
        "",
        place.subject(),
        OptionalLong.empty(),
        AttachMethod.NOT_CARRIED);
  }

  /** A match that runs in user space. */
  public static ProbeMatch inUserSpace(AttachPoint attachPoint, String resolvedName) {
    return new ProbeMatch(
        attachPoint, resolvedName, "", resolvedName, OptionalLong.empty(), AttachMethod.USER_SPACE);
  }

  /** Whether a tracepoint, with its group or without, is the one that every system call ends in. */
  static boolean isSystemCallReturn(String tracepoint) {
    return tracepoint.equals(SYSTEM_CALL_RETURN)
        || tracepoint.equals("raw_syscalls:" + SYSTEM_CALL_RETURN);
  }

  /** Where the function or system call is entered whose return this is; empty for other places. */
  public Optional<ProbeMatch> entry(Target target) {
    Optional<AttachPoint> entry =
        switch (attachPoint) {
          case AttachPoint.KernelFunction function when function.isReturn() ->
              Optional.of(
                  new AttachPoint.KernelFunction(
                      function.symbol(),
                      function.textOffset(),
                      function.module(),
                      false,
                      function.btfId()));
          case AttachPoint.UserFunction function when function.isReturn() ->
              Optional.of(
                  new AttachPoint.UserFunction(
                      function.path(), function.symbol(), function.fileOffset(), false));
          case AttachPoint.UserLinkage stub when stub.isReturn() ->
              Optional.of(
                  new AttachPoint.UserLinkage(
                      stub.path(), stub.symbol(), stub.fileOffset(), false));
          case AttachPoint.Tracepoint(String system, String name) when isSystemCallReturn(name) ->
              Optional.of(new AttachPoint.Tracepoint(system, SYSTEM_CALL));
          case AttachPoint.ProcessEvent(AttachPoint.ProcessEvent.Event event)
              when event == AttachPoint.ProcessEvent.Event.SYSTEM_CALL_RETURN ->
              Optional.of(new AttachPoint.ProcessEvent(AttachPoint.ProcessEvent.Event.SYSTEM_CALL));
          case AttachPoint.NotCarried place when place.isReturn() ->
              Optional.of(
                  new AttachPoint.NotCarried(
                      place.subject(),
                      place.reason(),
                      place.advice(),
                      false,
                      place.kind(),
                      place
                          .like()
                          .flatMap(like -> at(like, target).entry(target))
                          .map(ProbeMatch::attachPoint)));
          default -> Optional.empty();
        };
    return entry.map(
        point ->
            new ProbeMatch(
                point,
                resolvedName
                    .replaceFirst("\\.return(\\.maxactive\\(.*\\))?$", ".call")
                    .replaceFirst(SYSTEM_CALL_RETURN + "\"\\)$", SYSTEM_CALL + "\")"),
                comment,
                subject,
                address,
                AttachMethod.of(point, target.profile()),
                processes));
  }

  /** The same match with another place. */
  ProbeMatch at(AttachPoint other, Target target) {
    return new ProbeMatch(
        other,
        resolvedName,
        comment,
        subject,
        address,
        AttachMethod.of(other, target.profile()),
        processes);
  }

  /** The same place with a breakpoint, which has the registers, where the kernel has them. */
  public ProbeMatch byBreakpoint(Target target) {
    return attachPoint instanceof AttachPoint.KernelFunction function
            && target.profile().has(KernelFeature.KPROBES)
        ? at(
            new AttachPoint.KernelFunction(
                function.symbol(),
                function.textOffset(),
                function.module(),
                function.isReturn(),
                Optional.empty()),
            target)
        : this;
  }

  /**
   * What a handler at this place may ask of the program that it has interrupted: its context
   * variables with their C types. Reads the kernel's types when first asked.
   */
  public ProbeContext context(Target target) {
    return ProbeContexts.of(this, target);
  }

  /**
   * Arguments and result with their types, from the kernel's BTF, which is read when first asked.
   */
  public Optional<KernelTypes.FunctionPrototype> prototype(Target target) {
    return switch (attachPoint) {
      case AttachPoint.KernelFunction function ->
          types(target).flatMap(types -> types.function(function.symbol()));
      case AttachPoint.Tracepoint tracepoint ->
          types(target).flatMap(types -> types.tracepoint(tracepoint.name()));
      case AttachPoint.SecurityHook hook ->
          types(target).flatMap(types -> types.function(hook.function()));
      default -> Optional.empty();
    };
  }

  /** The module whose code is at this place; empty for the kernel's own, and for programs. */
  public Optional<String> module(Target target) {
    return switch (attachPoint) {
      case AttachPoint.KernelFunction function -> function.module();
      case AttachPoint.Tracepoint tracepoint -> moduleOf(tracepoint.name(), target);
      default -> Optional.empty();
    };
  }

  /**
   * The module that has a tracepoint which the kernel itself has not, by the function there that
   * calls its handlers (5.10).
   */
  private static Optional<String> moduleOf(String tracepoint, Target target) {
    return target
        .kernelTypes()
        .filter(types -> types.tracepoint(tracepoint).isEmpty())
        .flatMap(types -> target.kernelSymbols().function("__traceiter_" + tracepoint))
        .flatMap(KernelSymbols.KernelSymbol::module);
  }

  /** The types of the kernel, or of the module that this place is in. */
  private Optional<KernelTypes> types(Target target) {
    Optional<String> module = module(target);
    return module.isEmpty()
        ? target.kernelTypes()
        : target.kernelTypes().flatMap(types -> types.module(module.get()));
  }
}
