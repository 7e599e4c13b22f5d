package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.probe.ContextVariable.Location;
import dev.tapwright.compiler.target.DataTypes;
import dev.tapwright.compiler.target.DataTypes.PrototypeTypes;
import dev.tapwright.compiler.target.KernelTypes;
import dev.tapwright.compiler.target.KernelTypes.FunctionPrototype;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.compiler.target.Tracepoints;
import dev.tapwright.compiler.target.TypeShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds out which context variables a place has. */
final class ProbeContexts {
  /**
   * The group of events whose fields are the arguments of system calls, as the process gave them.
   */
  private static final String SYSTEM_CALLS = "syscalls";

  /** What the tracepoint behind every system call names the call's result. */
  private static final String SYSTEM_CALL_RESULT = "ret";

  private static final int SLOT = Long.BYTES;

  private static final int SYSTEM_CALL_ARGUMENTS = 6;

  private ProbeContexts() {}

  static ProbeContext of(ProbeMatch match, Target target) {
    return switch (match.attachPoint()) {
      case AttachPoint.KernelFunction function -> function(match, function, target);
      case AttachPoint.Tracepoint tracepoint ->
          match.method() == AttachMethod.TRACEPOINT
              ? tracepointRecord(match, tracepoint, target)
              : tracepoint(match, target);
      case AttachPoint.UserFunction function ->
          ProbeContext.without(
              ProbeContext.Kind.USER_FUNCTION, function.symbol(), function.isReturn());
      case AttachPoint.UserLinkage stub ->
          ProbeContext.without(ProbeContext.Kind.USER_MARK, stub.symbol(), stub.isReturn());
      case AttachPoint.ProcessEvent(AttachPoint.ProcessEvent.Event event) ->
          processEvent(match, event, target);
      case AttachPoint.SecurityHook hook -> securityHook(match, hook, target);
      case AttachPoint.PacketHook hook -> packetHook(hook, target);
      case AttachPoint.NotCarried place -> notCarried(match, place, target);
      case AttachPoint.File file -> file(file);
      case AttachPoint.UserMark mark ->
          new ProbeContext(
              ProbeContext.Kind.USER_MARK,
              mark.name(),
              MarkArguments.of(mark.arguments(), dataTypes(target)),
              Optional.empty(),
              false,
              true,
              true,
              Optional.empty());
      default -> ProbeContext.none();
    };
  }

  private static ProbeContext processEvent(
      ProbeMatch match, AttachPoint.ProcessEvent.Event event, Target target) {
    boolean isReturn = event == AttachPoint.ProcessEvent.Event.SYSTEM_CALL_RETURN;
    if (!isReturn && event != AttachPoint.ProcessEvent.Event.SYSTEM_CALL) {
      return ProbeContext.without(ProbeContext.Kind.PROCESS, match.subject(), false);
    }
    int number = dataTypes(target).named("long").orElse(0);
    List<ContextVariable> variables = new ArrayList<>();
    variables.add(new ContextVariable("syscall", "long", number, new Location.SystemCallNumber()));
    if (!isReturn) {
      for (int i = 0; i < SYSTEM_CALL_ARGUMENTS; i++) {
        variables.add(
            new ContextVariable(
                "arg" + (i + 1), "long", number, new Location.SystemCallArgument(i)));
      }
    }
    return new ProbeContext(
        ProbeContext.Kind.PROCESS,
        match.subject(),
        variables,
        isReturn
            ? Optional.of(new ContextVariable("return", "long", number, new Location.Argument(1)))
            : Optional.empty(),
        isReturn,
        true,
        false,
        Optional.empty());
  }

  private static ProbeContext securityHook(
      ProbeMatch match, AttachPoint.SecurityHook hook, Target target) {
    Optional<FunctionPrototype> prototype = match.prototype(target);
    if (prototype.isEmpty()) {
      return ProbeContext.without(ProbeContext.Kind.KERNEL_FUNCTION, hook.hook(), false);
    }
    List<ContextVariable> variables =
        new ArrayList<>(parameters(target, prototype.get(), match.method()));
    variables.add(
        new ContextVariable(
            "ctx", "void *", dataTypes(target).named("void *").orElse(0), new Location.Context()));
    return new ProbeContext(
        ProbeContext.Kind.KERNEL_FUNCTION,
        hook.hook(),
        variables,
        prototype.get().result().equals("void")
            ? Optional.empty()
            : Optional.of(
                new ContextVariable(
                    "return",
                    prototype.get().result(),
                    types(target, prototype.get()).result(),
                    new Location.Answer())),
        false,
        true,
        false,
        Optional.empty());
  }

  /**
   * {@code struct bpf_nf_ctx} points to the hook's state and the packet. A kernel that does not
   * describe that state runs no programs there: its places are then of no account.
   */
  private static ProbeContext packetHook(AttachPoint.PacketHook hook, Target target) {
    DataTypes data = dataTypes(target);
    return new ProbeContext(
        ProbeContext.Kind.KERNEL_FUNCTION,
        hook.name(),
        List.of(
            variable(data, "hooknum", "unsigned int", ofState(data, "hook", 1)),
            variable(data, "skb", "struct sk_buff *", new Location.Argument(1)),
            variable(data, "in", "struct net_device *", ofState(data, "in", SLOT)),
            variable(data, "out", "struct net_device *", ofState(data, "out", SLOT)),
            variable(data, "verdict", "int", new Location.Answer()),
            variable(data, "pf", "unsigned char", ofState(data, "pf", 1))),
        Optional.empty(),
        false,
        true,
        false,
        Optional.empty());
  }

  private static Location ofState(DataTypes data, String name, int size) {
    long bits =
        data.named("struct nf_hook_state").stream()
            .mapToObj(data::members)
            .flatMap(List::stream)
            .filter(member -> member.name().equals(name))
            .mapToLong(TypeShape.Member::bitOffset)
            .findFirst()
            .orElse(0);
    return new Location.Pointed(0, (int) (bits / Byte.SIZE), size);
  }

  private static ContextVariable variable(
      DataTypes data, String name, String type, Location location) {
    return new ContextVariable(name, type, data.named(type).orElse(0), location);
  }

  private static ProbeContext file(AttachPoint.File file) {
    return new ProbeContext(
        file.isWrite() ? ProbeContext.Kind.FILE_WRITE : ProbeContext.Kind.FILE_READ,
        file.path(),
        List.of(new ContextVariable("value", "string", 0, new Location.Argument(0))),
        Optional.empty(),
        false,
        true,
        false,
        Optional.empty());
  }

  private static ProbeContext notCarried(
      ProbeMatch match, AttachPoint.NotCarried place, Target target) {
    if (place.like().isPresent()) {
      return of(match.at(place.like().get(), target), target);
    }
    return ProbeContext.without(place.kind(), place.subject(), place.isReturn());
  }

  private static ProbeContext function(
      ProbeMatch match, AttachPoint.KernelFunction function, Target target) {
    Optional<FunctionPrototype> prototype = match.prototype(target);
    if (prototype.isEmpty()) {
      return ProbeContext.without(
              ProbeContext.Kind.KERNEL_FUNCTION, function.symbol(), function.isReturn())
          .in(function.module());
    }
    PrototypeTypes types = types(target, prototype.get());
    Optional<ContextVariable> result =
        function.isReturn() && !prototype.get().result().equals("void")
            ? Optional.of(
                new ContextVariable(
                    "return", prototype.get().result(), types.result(), result(target, types)))
            : Optional.empty();
    return new ProbeContext(
        ProbeContext.Kind.KERNEL_FUNCTION,
        function.symbol(),
        parameters(target, prototype.get(), match.method()),
        result,
        function.isReturn(),
        !function.isReturn()
            || (match.method() != AttachMethod.KRETPROBE
                && match.method() != AttachMethod.UNAVAILABLE),
        false,
        function.module());
  }

  private static ProbeContext tracepoint(ProbeMatch match, Target target) {
    List<ContextVariable> parameters =
        match
            .prototype(target)
            .map(prototype -> parameters(target, prototype, match.method()))
            .orElse(List.of());
    return new ProbeContext(
        ProbeContext.Kind.TRACEPOINT,
        match.subject(),
        parameters,
        ProbeMatch.isSystemCallReturn(match.subject())
            ? systemCallResult(parameters)
            : Optional.empty(),
        false,
        true,
        false,
        match.module(target));
  }

  /** Handlers of {@code syscall.*.return} know what the call gives as {@code $return}. */
  private static Optional<ContextVariable> systemCallResult(List<ContextVariable> parameters) {
    return parameters.stream()
        .filter(variable -> variable.name().equals(SYSTEM_CALL_RESULT))
        .map(
            variable ->
                new ContextVariable(
                    "return", variable.type(), variable.typeId(), variable.location()))
        .findFirst();
  }

  private static List<ContextVariable> parameters(
      Target target, FunctionPrototype prototype, AttachMethod method) {
    DataTypes data = dataTypes(target);
    PrototypeTypes types = types(target, prototype);
    List<ContextVariable> variables = new ArrayList<>();
    Trampolines.Places places =
        isInRegisters(method)
            ? Trampolines.Places.ofCallingConvention()
            : Trampolines.Places.consecutive();
    for (int i = 0; i < prototype.parameters().size(); i++) {
      KernelTypes.TypedParameter parameter = prototype.parameters().get(i);
      int type = i < types.parameters().size() ? types.parameters().get(i) : 0;
      int place = places.next(Trampolines.slots(data, type));
      if (!parameter.name().isEmpty() && !parameter.type().equals("...")) {
        variables.add(
            new ContextVariable(
                parameter.name(), parameter.type(), type, argument(method, data, type, place)));
      }
    }
    return variables;
  }

  private static boolean isInRegisters(AttachMethod method) {
    return switch (method) {
      case KPROBE, KRETPROBE, UNAVAILABLE -> true;
      default -> false;
    };
  }

  private static boolean isTrampoline(AttachMethod method) {
    return switch (method) {
      case FENTRY, FEXIT, SECURITY_HOOK -> true;
      default -> false;
    };
  }

  private static Location argument(AttachMethod method, DataTypes data, int type, int place) {
    return isTrampoline(method) && !Trampolines.isReadable(data, type)
        ? new Location.CopiedArgument(place)
        : new Location.Argument(place);
  }

  private static Location result(Target target, PrototypeTypes types) {
    DataTypes data = dataTypes(target);
    return new Location.Result(
        types.parameters().stream().mapToInt(type -> Trampolines.slots(data, type)).sum(),
        !Trampolines.isReadable(data, types.result()));
  }

  private static PrototypeTypes types(Target target, FunctionPrototype prototype) {
    return dataTypes(target).typesOf(prototype).orElse(new PrototypeTypes(0, List.of()));
  }

  static DataTypes dataTypes(Target target) {
    return target.kernelTypes().map(KernelTypes::dataTypes).orElse(DataTypes.NONE);
  }

  private static ProbeContext tracepointRecord(
      ProbeMatch match, AttachPoint.Tracepoint tracepoint, Target target) {
    DataTypes data = dataTypes(target);
    List<ContextVariable> variables =
        target
            .tracepoints()
            .fields(new Tracepoints.Tracepoint(tracepoint.system(), tracepoint.name()))
            .orElse(List.of())
            .stream()
            .map(field -> variable(field, data))
            .toList();
    return new ProbeContext(
        ProbeContext.Kind.TRACEPOINT,
        match.subject(),
        variables,
        Optional.empty(),
        false,
        true,
        tracepoint.system().equals(SYSTEM_CALLS),
        Optional.empty());
  }

  private static ContextVariable variable(Tracepoints.Field field, DataTypes data) {
    String type = field.type();
    Location location =
        type.startsWith("__data_loc")
            ? new Location.RecordData(field.offset(), false)
            : type.startsWith("__rel_loc")
                ? new Location.RecordData(field.offset(), true)
                : type.endsWith("]") || !isNumber(field.size())
                    ? new Location.RecordArray(field.offset(), field.size())
                    : new Location.RecordField(field.offset(), field.size(), field.isSigned());
    String spelling = type.replaceFirst("^__(data|rel)_loc ", "");
    // An array's value is the address of its first element.
    OptionalInt id =
        data.named(
            location instanceof Location.RecordField
                ? spelling
                : spelling.replaceFirst("\\[.*$", "") + " *");
    return new ContextVariable(field.name(), spelling, id.orElse(0), location);
  }

  private static boolean isNumber(int size) {
    return size == 1 || size == 2 || size == 4 || size == 8;
  }
}
