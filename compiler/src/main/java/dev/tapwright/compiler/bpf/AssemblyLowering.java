package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Function;
import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.assembler.Assembly;
import dev.tapwright.compiler.assembler.AssemblyCodes;
import dev.tapwright.compiler.assembler.AssemblyOperand;
import dev.tapwright.compiler.assembler.AssemblyReader;
import dev.tapwright.compiler.assembler.AssemblyStep;
import dev.tapwright.compiler.bpf.LoweredValue.LiteralText;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.LoweredValue.Text;
import dev.tapwright.compiler.bpf.Scope.Place;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Frame;
import dev.tapwright.compiler.bpf.code.Instruction.AtomicOperation;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Register;
import dev.tapwright.compiler.bpf.code.Step;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.tree.EmbeddedCode;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Identifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes a block of embedded assembler into a handler. Its registers become virtual ones, which are
 * allocated with those of the code around it; the stack that it has below {@code r10} is a part of
 * the handler's.
 */
final class AssemblyLowering {
  /** Bytes of the stack that blocks may have: what is more is elsewhere, where it can be. */
  private static final int STACK = Frame.LIMIT / 2;

  private final HandlerLowering handler;
  private final CodeBuilder code;
  private final Assembly assembly;
  private final Map<Integer, Virtual> registers = new HashMap<>();
  private final int[] blocks;

  private AssemblyLowering(HandlerLowering handler, Assembly assembly) {
    this.handler = handler;
    this.code = handler.code;
    this.assembly = assembly;
    blocks = new int[assembly.steps().size() + 1];
  }

  /** Writes the body of a function, whose parameters and result the scope has. */
  static void write(
      HandlerLowering handler,
      Function function,
      EmbeddedCode block,
      Expression.FunctionCall call) {
    if (Assembly.isForUserSpace(block)) {
      handler.tables.report(
          Diagnostic.error(
              KernelDiagnostics.NOT_SUPPORTED,
              call.function().span(),
              "function '%s' says /* userspace */: a kernel probe cannot call it"
                  .formatted(function.name())));
      return;
    }
    AssemblyReader.Result read = AssemblyReader.read(block, names(function), stringBytes(handler));
    // What is wrong with it has been said.
    if (read.diagnostics().isEmpty()) {
      Memory.Mark mark = handler.memory.mark();
      new AssemblyLowering(handler, read.assembly()).write(function);
      handler.memory.release(mark);
    }
  }

  private static List<String> names(Function function) {
    return function.parameters().stream().map(Variable.Local::name).toList();
  }

  /** What {@code BPF_MAXSTRINGLEN} is: with nothing but the stack, what stapbpf has. */
  private static int stringBytes(HandlerLowering handler) {
    int most = handler.tables.capacities().most();
    return handler.memory.scratch.isAvailable() ? most : Math.min(most, Assembly.STACK_STRING);
  }

  private void write(Function function) {
    if (assembly.hasLoops() && Restriction.WHILE_LOOP.isBeyond(handler.tables.profile())) {
      handler.report(Restriction.WHILE_LOOP, function.declaration().name().span());
      return;
    }
    begin(function);
    handler.loops.jumping(assembly.hasLoops(), this::steps);
    result(function);
  }

  private void begin(Function function) {
    for (int i = 0; i < function.parameters().size(); i++) {
      Virtual register =
          switch (handler.scope().place(function.parameters().get(i))) {
            case Place.InRegister(Virtual number) -> number;
            case Place.OnStack(MemoryText text) -> address(text.address());
          };
      registers.put(Assembly.PARAMETERS + i, register);
    }
    if (assembly.mentions(Assembly.CONTEXT)) {
      registers.put(Assembly.CONTEXT, handler.data.context());
    }
    int bytes = assembly.stackBytes();
    if (assembly.mentions(Assembly.FRAME)) {
      Address.Stack frame = handler.memory.onStack(bytes);
      registers.put(Assembly.FRAME, address(frame.plus(Frame.roundedUp(bytes))));
    }
    // Until it is assigned: 0, or the empty string.
    code.copy(
        register(Assembly.RESULT),
        function.result() == Type.STRING ? operand(new AssemblyOperand.Text("")) : new Constant(0));
  }

  private void steps() {
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = code.newBlock();
    }
    code.jump(blocks[0]);
    for (int i = 0; i < assembly.steps().size(); i++) {
      code.start(blocks[i]);
      code.at(assembly.spans().get(i));
      if (assembly.isLoopHead(i)) {
        handler.loops.head(assembly.spans().get(i));
      }
      step(assembly.steps().get(i), assembly.spans().get(i));
      code.jump(blocks[i + 1]);
    }
    code.start(blocks[assembly.steps().size()]);
  }

  private void result(Function function) {
    Virtual result = register(Assembly.RESULT);
    handler
        .scope()
        .result()
        .ifPresent(
            place -> {
              switch (place) {
                case Place.InRegister(Virtual register) -> code.copy(register, result);
                case Place.OnStack(MemoryText text) -> {
                  code.at(function.declaration().name().span());
                  string(result, text);
                }
              }
            });
  }

  private Virtual register(int number) {
    return registers.computeIfAbsent(number, _ -> code.fresh());
  }

  private Virtual address(Address address) {
    Virtual register = code.fresh();
    switch (address) {
      case Address.Stack(int offset) -> code.add(new Step.StackAddress(register, offset));
      case Address.Behind(Virtual pointer, int offset) ->
          code.add(new Step.Compute(Operation.ADD, true, register, pointer, new Constant(offset)));
    }
    return register;
  }

  private Operand operand(AssemblyOperand operand) {
    return switch (operand) {
      case AssemblyOperand.InRegister(int register) -> register(register);
      case AssemblyOperand.Number(long value) -> new Constant(value);
      case AssemblyOperand.Text(String bytes) -> {
        MemoryText place =
            new MemoryText(handler.memory.allocate(bytes.length() + 1), bytes.length() + 1);
        handler.texts.copy(new LiteralText(bytes), place);
        yield address(place.address());
      }
    };
  }

  /** Copies the string at an address of the block to a place. */
  private void string(Virtual address, MemoryText place) {
    if (place.isPadded()) {
      handler.texts.clear(place.address(), place.capacity());
    }
    handler.texts.read(
        place.address(), new Constant(place.capacity()), new Argument.Value(address));
  }

  private Text text(AssemblyOperand operand) {
    return switch (operand) {
      case AssemblyOperand.Text(String bytes) -> new LiteralText(bytes);
      case AssemblyOperand.InRegister(int register) -> {
        int capacity = stringBytes(handler);
        MemoryText place = new MemoryText(handler.memory.allocate(capacity), capacity);
        string(register(register), place);
        yield place;
      }
      case AssemblyOperand.Number _ -> HandlerLowering.emptyText();
    };
  }

  private void step(AssemblyStep step, Span span) {
    switch (step) {
      case AssemblyStep.Compute compute -> compute(compute);
      case AssemblyStep.ByteOrder(boolean isBig, int bits, int number) ->
          code.copy(register(number), inOrder(isBig, bits, register(number)));
      case AssemblyStep.Load(int bytes, int destination, int base, int offset) ->
          code.add(new Step.Load(size(bytes), register(destination), behind(base, offset)));
      case AssemblyStep.Store(int bytes, int base, int offset, AssemblyOperand value) ->
          code.store(size(bytes), behind(base, offset), operand(value));
      case AssemblyStep.Atomic atomic -> atomic(atomic, span);
      case AssemblyStep.Jump(int target) -> code.jump(blocks[target]);
      case AssemblyStep.JumpIf jump -> jump(jump);
      case AssemblyStep.Call call -> call(call, span);
      case AssemblyStep.Format format -> format(format, span);
      case AssemblyStep.Allocate(int destination, int bytes) ->
          code.copy(register(destination), address(allocate(bytes)));
      case AssemblyStep.EndSession() -> handler.events.endSession();
      case AssemblyStep.EndHandler() -> code.end();
      case AssemblyStep.Error(var way, AssemblyOperand message) -> {
        switch (way) {
          case JUMP_TO_CATCH -> {
            if (handler.faults.areCaught()) {
              handler.faults.raise(text(message), "");
            }
          }
          case REGISTER -> handler.faults.register(text(message));
        }
      }
    }
  }

  /** Where the verifier sees what is beyond it, if there is room. */
  private Address allocate(int bytes) {
    return handler.memory.frame.mark() + bytes <= STACK || !handler.memory.scratch.isAvailable()
        ? handler.memory.onStack(bytes)
        : handler.memory.allocate(bytes);
  }

  private Address.Behind behind(int base, int offset) {
    return new Address.Behind(register(base), offset);
  }

  private static Size size(int bytes) {
    return switch (bytes) {
      case 1 -> Size.BYTE;
      case 2 -> Size.HALF;
      case 4 -> Size.WORD;
      default -> Size.DOUBLE;
    };
  }

  private void compute(AssemblyStep.Compute compute) {
    Virtual destination = register(compute.destination());
    Operand source = operand(compute.source());
    Operation operation = Operation.valueOf(compute.operation().name());
    if (operation == Operation.MOVE && compute.is64Bit()) {
      code.copy(destination, source);
      return;
    }
    Operand left = operation == Operation.MOVE ? new Constant(0) : destination;
    code.add(new Step.Compute(operation, compute.is64Bit(), destination, left, source));
  }

  /** The low bits of a number, their bytes the other way round for a big-endian order. */
  private Operand inOrder(boolean isBig, int bits, Operand number) {
    Operand result =
        code.compute(
            Operation.SHIFT_RIGHT_UNSIGNED,
            code.compute(Operation.SHIFT_LEFT, number, new Constant((long) Long.SIZE - bits)),
            new Constant((long) Long.SIZE - bits));
    if (isBig) {
      for (int half = Byte.SIZE; half < bits; half *= 2) {
        result = halvesSwapped(result, half);
      }
    }
    return result;
  }

  /** Swaps the halves, of so many bits, of each pair in a number. */
  private Operand halvesSwapped(Operand number, int half) {
    long low =
        half == Byte.SIZE ? 0x00ff00ff00ff00ffL : half == 16 ? 0x0000ffff0000ffffL : 0xffffffffL;
    Operand raised =
        code.compute(
            Operation.SHIFT_LEFT,
            code.compute(Operation.AND, number, new Constant(low)),
            new Constant(half));
    Operand lowered =
        code.compute(
            Operation.AND,
            code.compute(Operation.SHIFT_RIGHT_UNSIGNED, number, new Constant(half)),
            new Constant(low));
    return code.compute(Operation.OR, raised, lowered);
  }

  private void jump(AssemblyStep.JumpIf jump) {
    Comparison comparison = Comparison.valueOf(jump.comparison().name());
    Operand left = register(jump.left());
    Operand right = operand(jump.right());
    int holds = code.newBlock();
    int fails = code.newBlock();
    if (jump.is64Bit()) {
      code.branch(comparison, left, right, holds, fails);
    } else if (handler.tables.profile().has(KernelFeature.COMPARE_32)) {
      code.branch32(comparison, left, right, holds, fails);
    } else {
      code.branch(comparison, low32(left, comparison), low32(right, comparison), holds, fails);
    }
    code.start(holds);
    code.jump(blocks[jump.target()]);
    code.start(fails);
  }

  /** The low half as a number of 64 bits that compares as the half does. */
  private Operand low32(Operand value, Comparison comparison) {
    return switch (comparison) {
      case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL ->
          code.compute(
              Operation.SHIFT_RIGHT,
              code.compute(Operation.SHIFT_LEFT, value, new Constant(Integer.SIZE)),
              new Constant(Integer.SIZE));
      default -> code.low32(value);
    };
  }

  private void atomic(AssemblyStep.Atomic atomic, Span span) {
    AtomicOperation operation = operation(atomic);
    if (operation != AtomicOperation.ADD
        && !handler.tables.profile().has(KernelFeature.ATOMIC_FETCH)) {
      handler.tables.report(
          Diagnostic.error(
              KernelDiagnostics.NOT_SUPPORTED,
              span,
              "this atomic operation cannot run on Linux %s: it needs %s, which Linux %s brought"
                  .formatted(
                      handler.tables.profile().name(),
                      KernelFeature.ATOMIC_FETCH.description(),
                      KernelFeature.ATOMIC_FETCH.since())));
      return;
    }
    Virtual value = register(atomic.value());
    code.add(
        new Step.Atomic(
            operation,
            size(atomic.bytes()),
            behind(atomic.base(), atomic.offset()),
            value,
            atomic.isFetched() ? Optional.of(value) : Optional.empty()));
  }

  private static AtomicOperation operation(AssemblyStep.Atomic atomic) {
    return switch (atomic.operation()) {
      case ADD -> atomic.isFetched() ? AtomicOperation.FETCH_ADD : AtomicOperation.ADD;
      case OR -> atomic.isFetched() ? AtomicOperation.FETCH_OR : AtomicOperation.OR;
      case AND -> atomic.isFetched() ? AtomicOperation.FETCH_AND : AtomicOperation.AND;
      case EXCLUSIVE_OR ->
          atomic.isFetched() ? AtomicOperation.FETCH_EXCLUSIVE_OR : AtomicOperation.EXCLUSIVE_OR;
      case EXCHANGE -> AtomicOperation.EXCHANGE;
    };
  }

  private void call(AssemblyStep.Call call, Span span) {
    Optional<Helper> helper = Helper.of(call.helper());
    if (helper.isEmpty()) {
      handler.tables.report(
          Diagnostic.error(
              AssemblyCodes.ASSEMBLER,
              span,
              "helper %d is one of user space: a kernel probe cannot call it"
                  .formatted(call.helper())));
      return;
    }
    if (!handler.tables.profile().has(helper.get())) {
      handler.tables.report(
          Diagnostic.error(
              KernelDiagnostics.HELPER,
              span,
              "%s cannot be called on Linux %s: Linux %s brought it"
                  .formatted(
                      helper.get().kernelName(),
                      handler.tables.profile().name(),
                      helper.get().since())));
      return;
    }
    Argument[] arguments =
        call.arguments().stream()
            .map(argument -> new Argument.Value(operand(argument)))
            .toArray(Argument[]::new);
    Virtual result = code.call(helper.get(), arguments);
    code.copy(register(Register.R0.number()), result);
    assign(call.destination(), result);
  }

  private void assign(OptionalInt destination, Operand value) {
    destination.ifPresent(register -> code.copy(register(register), value));
  }

  private void format(AssemblyStep.Format format, Span span) {
    List<LoweredValue> values = new ArrayList<>();
    Iterator<AssemblyOperand> arguments = format.arguments().iterator();
    for (FormatPart part : format.format().parts()) {
      if (part instanceof FormatPart.Directive directive) {
        AssemblyOperand argument = arguments.next();
        values.add(
            directive.conversion() == FormatPart.Conversion.STRING
                ? text(argument)
                : new LoweredValue.Number(operand(argument)));
      }
    }
    if (format.isPrinted()) {
      handler.events.send(layout -> new EventFormat.Print(format.format(), layout), values);
      assign(format.destination(), new Constant(0));
    } else {
      formatted(format, values, span);
    }
  }

  private void formatted(AssemblyStep.Format format, List<LoweredValue> values, Span span) {
    if (Restriction.STRING_FORMATTING.isBeyond(handler.tables.profile())) {
      handler.report(Restriction.STRING_FORMATTING, span);
      return;
    }
    List<Expression.FunctionCall> arguments =
        values.stream()
            .map(_ -> new Expression.FunctionCall(span, new Identifier(span, "$"), List.of()))
            .toList();
    given(
        arguments,
        values,
        () -> {
          Text text =
              handler.formatting.format(
                  format.format().parts(), arguments, handler.tables.capacities().most());
          Address address =
              text instanceof MemoryText place ? place.address() : handler.memory.allocate(1);
          assign(format.destination(), address(address));
        });
  }

  private void given(
      List<Expression.FunctionCall> calls, List<LoweredValue> values, Runnable work) {
    if (calls.isEmpty()) {
      work.run();
    } else {
      handler.loops.given(
          calls.getFirst(),
          values.getFirst(),
          () -> given(calls.subList(1, calls.size()), values.subList(1, values.size()), work));
    }
  }
}
