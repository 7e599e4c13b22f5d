package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.LoweredValue.LiteralText;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.LoweredValue.Number;
import dev.tapwright.compiler.bpf.LoweredValue.Text;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import dev.tapwright.compiler.intrinsic.KernelEmitter;
import dev.tapwright.compiler.intrinsic.KernelOperand;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.PrintFormat;
import dev.tapwright.syntax.tree.Expression;
import java.util.List;
import java.util.Optional;

/** Lets provided functions write into a handler. */
final class Emitter implements KernelEmitter {
  private final HandlerLowering handler;
  private final CodeBuilder code;
  private final Expression.FunctionCall call;
  private final Optional<MemoryText> wanted;

  /**
   * For one call.
   *
   * @param wanted where the caller will have a resulting string
   */
  Emitter(HandlerLowering handler, Expression.FunctionCall call, Optional<MemoryText> wanted) {
    this.handler = handler;
    this.call = call;
    this.code = handler.code;
    this.wanted = wanted;
  }

  private static Operand number(KernelOperand operand) {
    if (operand instanceof Number(Operand value)) {
      return value;
    }
    throw new IllegalArgumentException("not a number: " + operand);
  }

  private static Text text(KernelOperand operand) {
    if (operand instanceof Text text) {
      return text;
    }
    throw new IllegalArgumentException("not a string: " + operand);
  }

  @Override
  public KernelOperand constant(long value) {
    return new Number(new Constant(value));
  }

  @Override
  public KernelOperand text(String bytes) {
    return new LiteralText(bytes);
  }

  @Override
  public String probePoint() {
    return handler.probePoint;
  }

  @Override
  public String scriptPoint() {
    return handler.scriptPoint;
  }

  @Override
  public KernelOperand call(Helper helper, List<KernelOperand> arguments) {
    Optional<Operand> ofOther = handler.task.call(helper);
    if (ofOther.isPresent()) {
      return new Number(ofOther.get());
    }
    return new Number(
        code.call(
            helper,
            arguments.stream()
                .map(argument -> new Argument.Value(number(argument)))
                .toArray(Argument[]::new)));
  }

  @Override
  public KernelOperand shiftRightUnsigned(KernelOperand value, int bits) {
    return new Number(
        code.compute(Operation.SHIFT_RIGHT_UNSIGNED, number(value), new Constant(bits)));
  }

  @Override
  public KernelOperand low32(KernelOperand value) {
    return new Number(code.low32(number(value)));
  }

  @Override
  public KernelOperand divideUnsigned(KernelOperand value, int divisor) {
    return new Number(code.compute(Operation.DIVIDE, number(value), new Constant(divisor)));
  }

  @Override
  public KernelOperand add(KernelOperand left, KernelOperand right) {
    return new Number(code.compute(Operation.ADD, number(left), number(right)));
  }

  @Override
  public KernelOperand scaled(KernelOperand number, KernelOperand bound) {
    Operand limit = number(bound);
    Operand sign = code.compute(Operation.SHIFT_RIGHT, limit, new Constant(63));
    Operand isPositive = code.compute(Operation.EXCLUSIVE_OR, sign, new Constant(-1));
    Operand atLeastZero = code.compute(Operation.AND, limit, isPositive);
    Operand product = code.compute(Operation.MULTIPLY, number(number), atLeastZero);
    return new Number(
        code.compute(Operation.SHIFT_RIGHT_UNSIGNED, product, new Constant(Integer.SIZE)));
  }

  @Override
  public KernelOperand stringFrom(Helper helper, int capacity) {
    MemoryText text =
        wanted
            .filter(place -> place.capacity() == capacity)
            .orElseGet(() -> new MemoryText(handler.memory.allocate(capacity), capacity));
    boolean isFilled =
        helper == Helper.GET_CURRENT_COMM
            && handler.tables.profile().has(KernelFeature.FILLED_NAMES);
    if (text.isPadded() && !isFilled) {
      // The helper ends the string and leaves the rest of the buffer as it was.
      handler.texts.copy(HandlerLowering.emptyText(), text);
    }
    if (helper == Helper.GET_CURRENT_COMM) {
      handler.task.name(text, capacity);
      return text;
    }
    code.call(
        helper,
        handler.memory.argument(text.address()),
        new Argument.Value(new Constant(capacity)));
    return text;
  }

  @Override
  public KernelOperand stringAt(
      KernelOperand address, boolean isUser, Optional<KernelOperand> limit) {
    int capacity = handler.tables.capacities().of(call, handler.bindings());
    MemoryText text =
        wanted
            .filter(place -> place.capacity() == capacity)
            .orElseGet(() -> new MemoryText(handler.memory.allocate(capacity), capacity));
    Operand bytes = limit.map(most -> size(number(most), capacity)).orElse(new Constant(capacity));
    handler.contextData.string(call, number(address), isUser, text, bytes);
    return text;
  }

  /** Bytes to take for a string of so many, with the NUL. */
  private Operand size(Operand limit, int capacity) {
    return limit instanceof Constant(long most)
        ? new Constant(Math.clamp(most, 0, capacity - 1L) + 1)
        : code.compute(Operation.ADD, handler.texts.clamped(limit, capacity - 1), new Constant(1));
  }

  @Override
  public KernelOperand subtract(KernelOperand left, KernelOperand right) {
    return new Number(code.compute(Operation.SUBTRACT, number(left), number(right)));
  }

  @Override
  public KernelOperand length(KernelOperand text) {
    return new Number(handler.textFunctions.length(text(text)));
  }

  @Override
  public KernelOperand part(KernelOperand text, KernelOperand start, KernelOperand length) {
    return handler.textFunctions.part(text(text), number(start), number(length));
  }

  @Override
  public KernelOperand byteAt(
      KernelOperand text, KernelOperand position, String before, String behind) {
    int fault = code.newRareBlock();
    int fine = code.newBlock();
    code.branch(Comparison.LESS, number(position), new Constant(0), fault, fine);
    handler.inBlock(fault, () -> handler.faults.raise(before, number(position), behind));
    code.start(fine);
    return new Number(handler.textFunctions.byteAt(text(text), number(position)));
  }

  @Override
  public KernelOperand find(KernelOperand text, KernelOperand wanted) {
    return new Number(handler.textFunctions.find(text(text), text(wanted)));
  }

  @Override
  public KernelOperand replace(
      KernelOperand text, KernelOperand searched, KernelOperand replacement) {
    return Replacement.write(handler, text(text), text(searched), text(replacement));
  }

  @Override
  public KernelOperand token(Optional<KernelOperand> input, KernelOperand delimiters) {
    return handler.tokenizer.next(input.map(Emitter::text), text(delimiters));
  }

  @Override
  public KernelOperand matched(KernelOperand group) {
    return handler.subMatches.group(number(group));
  }

  @Override
  public KernelOperand matchedGroups() {
    return handler.subMatches.count();
  }

  @Override
  public KernelOperand escape(KernelOperand text, KernelOperand limit, KernelOperand quoted) {
    return Escaping.write(handler, text(text), number(limit), number(quoted));
  }

  @Override
  public KernelOperand name(List<String> names, KernelOperand number, String prefix) {
    int capacity = handler.tables.capacities().of(call, handler.bindings());
    return handler.textFunctions.name(names, number(number), prefix, capacity);
  }

  @Override
  public KernelOperand time(KernelOperand seconds) {
    return TimeText.write(handler, number(seconds));
  }

  @Override
  public KernelOperand readNumber(KernelOperand text, KernelOperand base) {
    return new Number(NumberReading.read(handler, text(text), number(base)));
  }

  @Override
  public KernelOperand session(SessionField field) {
    int offset =
        switch (field) {
          case REAL_TIME_OFFSET -> SessionLayout.REAL_TIME_OFFSET;
          case TARGET_PROCESS -> SessionLayout.TARGET_PROCESS;
          case OWN_PROCESS -> SessionLayout.OWN_PROCESS;
        };
    return new Number(code.load(Size.DOUBLE, handler.data.session(offset)));
  }

  @Override
  public KernelOperand numbered(String before, KernelOperand number, int capacity) {
    TextBuilder text = new TextBuilder(handler, capacity);
    text.append(new LiteralText(before));
    NumberTexts.Written digits =
        handler.numberTexts.write(number(number), new NumberTexts.Form(10, true, false, "", 0, 0));
    text.append(digits.start(), new Constant(Math.min(digits.most(), capacity - before.length())));
    return text.finish();
  }

  @Override
  public void exit() {
    handler.events.endSession();
  }

  @Override
  public void abort() {
    exit();
    code.end();
  }

  @Override
  public void require(KernelOperand condition, KernelOperand message) {
    int fault = code.newRareBlock();
    int fine = code.newBlock();
    handler.branchNotZero(number(condition), fine, fault);
    handler.inBlock(fault, () -> raise(message));
    code.start(fine);
  }

  @Override
  public KernelOperand isDigit(KernelOperand text) {
    return new Number(handler.textFunctions.isDigit(text(text)));
  }

  @Override
  public void raise(KernelOperand message) {
    handler.faults.raise(text(message), "");
  }

  @Override
  public void warn(KernelOperand message) {
    switch (text(message)) {
      case LiteralText(String bytes) ->
          handler.events.send(layout -> new EventFormat.Warning(fixed(bytes), layout), List.of());
      case MemoryText place ->
          handler.events.send(
              layout -> new EventFormat.Warning(Events.stringThen(""), layout), List.of(place));
    }
  }

  @Override
  public void log(KernelOperand message) {
    switch (text(message)) {
      case LiteralText(String bytes) ->
          handler.events.send(
              layout -> new EventFormat.Print(fixed(bytes + "\n"), layout), List.of());
      case MemoryText place ->
          handler.events.send(
              layout -> new EventFormat.Print(Events.stringThen("\n"), layout), List.of(place));
    }
  }

  @Override
  public void system(KernelOperand command) {
    switch (text(command)) {
      case LiteralText(String bytes) ->
          handler.events.send(layout -> new EventFormat.Command(fixed(bytes), layout), List.of());
      case MemoryText place ->
          handler.events.send(
              layout -> new EventFormat.Command(Events.stringThen(""), layout), List.of(place));
    }
  }

  @Override
  public Optional<String> literal(KernelOperand text) {
    return text(text) instanceof LiteralText(String bytes) ? Optional.of(bytes) : Optional.empty();
  }

  @Override
  public KernelOperand refuse(String message) {
    return new Number(handler.contextData.unavailable(call, message));
  }

  @Override
  public KernelOperand narrowed(KernelOperand value, int bits, boolean isSigned) {
    return new Number(handler.contextData.narrowed(number(value), bits / Byte.SIZE, isSigned));
  }

  @Override
  public KernelOperand argument(KernelOperand number) {
    return new Number(handler.contextData.registers().numbered(call, number(number)));
  }

  @Override
  public KernelOperand result() {
    return new Number(handler.contextData.registers().result(call));
  }

  @Override
  public KernelOperand register(int number) {
    return new Number(handler.contextData.registers().register(call, number));
  }

  @Override
  public boolean hasRegisters() {
    return handler.contextData.registers().hasRegisters();
  }

  @Override
  public KernelOperand stack(boolean isUser, KernelOperand limit) {
    return handler.stacks.text(call, isUser, number(limit));
  }

  @Override
  public KernelOperand stackEntry(boolean isUser, KernelOperand depth) {
    return new Number(handler.stacks.entry(call, isUser, number(depth)));
  }

  @Override
  public KernelOperand symbol(KernelOperand address, boolean withPlace) {
    return handler.stacks.symbol(call, number(address), withPlace);
  }

  private static PrintFormat fixed(String bytes) {
    return new PrintFormat(bytes.isEmpty() ? List.of() : List.of(new FormatPart.Text(bytes)));
  }
}
