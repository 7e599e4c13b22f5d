package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.ContextAccess;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.bpf.GlobalStorage.Field;
import dev.tapwright.compiler.bpf.LoweredValue.LiteralText;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.LoweredValue.Text;
import dev.tapwright.compiler.bpf.Scope.Place;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Frame;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Scratch;
import dev.tapwright.compiler.bpf.code.Step;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.AssignmentOperator;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Expressions whose value is a string. A short string in memory is NUL-terminated and padded with
 * NULs, so that it can be copied and compared eight bytes at a time; a long one is NUL-terminated.
 */
final class Texts {
  /** Bytes, with the NUL, of the longest strings that are handled eight bytes at a time. */
  private static final int LONGEST_PADDED = 64;

  private final HandlerLowering handler;
  private final CodeBuilder code;

  Texts(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /**
   * The value. After an error any value.
   *
   * @param wanted where the caller will have it: when it can be made right there, the result is
   *     that place
   */
  Text text(Expression expression, Optional<MemoryText> wanted) {
    Text[] result = {HandlerLowering.emptyText()};
    handler.nested(expression.span(), () -> result[0] = lowered(expression, wanted));
    return result[0];
  }

  private Text lowered(Expression expression, Optional<MemoryText> wanted) {
    Optional<ContextAccess> access = handler.bindings().accessOf(expression);
    if (access.isPresent()) {
      MemoryText place = wanted(expression, wanted);
      handler.contextData.text(expression, access.get(), place);
      return place;
    }
    return switch (expression) {
      case Expression.StringLiteral literal ->
          new LiteralText(handler.tables.capacities().bytes(literal));
      case Expression.Symbol symbol -> variable(symbol, wanted);
      case Expression.ArrayElement element -> {
        MemoryText place = wanted(element, wanted);
        handler.arrays.text(element, place);
        yield place;
      }
      case Expression.FunctionCall call ->
          handler.calls.call(call, wanted).orElse(null) instanceof Text text
              ? text
              : HandlerLowering.emptyText();
      case Expression.Conditional conditional ->
          conditional(conditional, wanted(conditional, wanted));
      case Expression.Assignment assignment -> assign(assignment);
      case Expression.Binary binary when binary.operator() == BinaryOperator.CONCATENATE ->
          concatenation(List.of(binary.left(), binary.right()), binary.span());
      case Expression.Print print when print.asString() -> handler.formatting.format(print);
      case Expression.Attempt attempt -> attempt(attempt, wanted(attempt, wanted));
      case Expression.Erroneous _ -> HandlerLowering.emptyText();
      default -> {
        handler.numbers.unsupported(expression);
        yield HandlerLowering.emptyText();
      }
    };
  }

  private MemoryText wanted(Expression expression, Optional<MemoryText> wanted) {
    int capacity = handler.tables.capacities().of(expression, handler.bindings());
    return wanted
        .filter(place -> place.capacity() == capacity)
        .orElseGet(() -> new MemoryText(handler.memory.allocate(capacity), capacity));
  }

  private Text variable(Expression.Symbol symbol, Optional<MemoryText> wanted) {
    return switch (handler.bindings().variableOf(symbol).orElse(null)) {
      case Variable.Local local
          when handler.scope().place(local) instanceof Place.OnStack(MemoryText text) ->
          text;
      case Variable.Global global when isScalarText(global, symbol.span()) -> {
        MemoryText place = wanted(symbol, wanted);
        code.at(symbol.span());
        copyShared(new MemoryText(handler.data.scalar(global), place.capacity()), place);
        yield place;
      }
      case null, default -> HandlerLowering.emptyText();
    };
  }

  private boolean isScalarText(Variable.Global global, Span span) {
    if (Restriction.STRING_VARIABLE.isBeyond(handler.tables.profile())) {
      handler.report(Restriction.STRING_VARIABLE, span);
    }
    return !global.isArray() && handler.tables.storage(global).value() instanceof Field.Text;
  }

  private Text conditional(Expression.Conditional conditional, MemoryText result) {
    int holds = code.newBlock();
    int fails = code.newBlock();
    int join = code.newBlock();
    handler.conditions.branch(conditional.condition(), holds, fails);
    code.start(holds);
    copy(text(conditional.then(), Optional.of(result)), result);
    code.jump(join);
    code.start(fails);
    copy(text(conditional.otherwise(), Optional.of(result)), result);
    code.jump(join);
    code.start(join);
    return result;
  }

  private Text attempt(Expression.Attempt attempt, MemoryText result) {
    int caught = code.newRareBlock();
    int join = code.newBlock();
    handler.faults.catching(
        new Faults.Catch(caught, Optional.empty()),
        () -> copy(text(attempt.value(), Optional.of(result)), result));
    code.jump(join);
    code.start(caught);
    copy(text(attempt.otherwise(), Optional.of(result)), result);
    code.jump(join);
    code.start(join);
    return result;
  }

  /** Strings one behind the other, each computed before the next. */
  private Text concatenation(List<Expression> operands, Span span) {
    if (Restriction.STRING_CONCATENATION.isBeyond(handler.tables.profile())) {
      handler.report(Restriction.STRING_CONCATENATION, span);
      return HandlerLowering.emptyText();
    }
    int longest = 1;
    for (Expression operand : operands) {
      longest += handler.tables.capacities().of(operand, handler.bindings()) - 1;
    }
    TextBuilder builder = new TextBuilder(handler, longest);
    for (Expression operand : operands) {
      Text text = text(operand, Optional.empty());
      code.at(span);
      builder.append(text);
    }
    return builder.finish();
  }

  /** An assignment of a string. */
  Text assign(Expression.Assignment assignment) {
    if (assignment.target() instanceof Expression.ArrayElement element) {
      return assign(element, assignment);
    }
    Text value =
        assigned(assignment, direct(assignment), () -> text(assignment.target(), Optional.empty()));
    code.at(assignment.span());
    switch (handler.bindings().variableOf(assignment.target()).orElse(null)) {
      case Variable.Local local
          when handler.scope().place(local) instanceof Place.OnStack(MemoryText place) ->
          copy(value, place);
      case Variable.Global global when isScalarText(global, assignment.target().span()) ->
          copy(
              value,
              new MemoryText(
                  handler.data.scalar(global), handler.tables.capacities().ofValue(global)));
      case null -> handler.numbers.unsupported(assignment.target());
      default -> {}
    }
    return value;
  }

  /**
   * The place of an assignment's target, where its value can be made right there: it is not read
   * meanwhile, and after a fault nobody reads it.
   */
  private Optional<MemoryText> direct(Expression.Assignment assignment) {
    return handler.bindings().variableOf(assignment.target()).orElse(null)
                instanceof Variable.Local local
            && handler.scope().place(local) instanceof Place.OnStack(MemoryText place)
            && !handler.faults.areCaught()
            && !mentions(assignment.value(), local)
        ? Optional.of(place)
        : Optional.empty();
  }

  private boolean mentions(Node node, Variable.Local local) {
    return handler.bindings().variableOf(node).filter(local::equals).isPresent()
        || Children.of(node).stream().anyMatch(child -> mentions(child, local));
  }

  /**
   * What an assignment stores: its value, or that behind what was there.
   *
   * @param before what was there, read after the value is computed
   */
  private Text assigned(
      Expression.Assignment assignment, Optional<MemoryText> wanted, Supplier<Text> before) {
    if (assignment.operator() == AssignmentOperator.ASSIGN) {
      return text(assignment.value(), wanted);
    }
    if (Restriction.STRING_CONCATENATION.isBeyond(handler.tables.profile())) {
      handler.report(Restriction.STRING_CONCATENATION, assignment.operatorSpan());
      return HandlerLowering.emptyText();
    }
    Text value = text(assignment.value(), Optional.empty());
    code.at(assignment.span());
    Text old = before.get();
    TextBuilder builder = new TextBuilder(handler, old.capacity() + value.capacity() - 1);
    builder.append(old);
    builder.append(value);
    return builder.finish();
  }

  private Text assign(Expression.ArrayElement element, Expression.Assignment assignment) {
    if (Restriction.STRING_VARIABLE.isBeyond(handler.tables.profile())) {
      handler.report(Restriction.STRING_VARIABLE, element.span());
    }
    Optional<Arrays.Key> key = handler.arrays.key(element);
    if (key.isEmpty()
        || !(key.get().storage().value() instanceof Field.Text(int _, int capacity))) {
      return HandlerLowering.emptyText();
    }
    Address address = handler.memory.allocate(capacity);
    MemoryText place = new MemoryText(address, capacity);
    Text value =
        assigned(
            assignment,
            Optional.of(place),
            () -> {
              handler.arrays.text(key.get(), place);
              return place;
            });
    copy(value, place);
    code.at(assignment.span());
    handler.arrays.store(key.get(), address);
    return place;
  }

  /** A new, empty place for a variable. */
  Place.OnStack emptyPlace(int capacity) {
    Address address =
        handler.hasLoops()
            ? handler.memory.scratch.allocate(capacity)
            : handler.memory.allocate(capacity);
    MemoryText place = new MemoryText(address, capacity);
    copy(HandlerLowering.emptyText(), place);
    return new Place.OnStack(place);
  }

  /**
   * Whether strings of a capacity are kept with NULs up to their end, and handled eight bytes at a
   * time. Longer ones end with their NUL; what is behind it says nothing.
   */
  static boolean isPadded(int capacity) {
    return capacity <= LONGEST_PADDED;
  }

  /** A string that may be longer than strings can be, cut: it is no one else's. */
  Text limited(Text text) {
    int most = handler.tables.capacities().most();
    return switch (text) {
      case LiteralText(String bytes) ->
          bytes.length() < most ? text : new LiteralText(bytes.substring(0, most - 1));
      case MemoryText place when place.capacity() > most -> {
        MemoryText cut = new MemoryText(place.address(), most);
        if (cut.isPadded() && !place.isPadded()) {
          Padding.clear(handler.code, cut);
        } else {
          Padding.cut(handler.code, cut);
        }
        yield cut;
      }
      case MemoryText _ -> text;
    };
  }

  /** Copies a string to a place. What does not fit is cut. */
  void copy(Text source, MemoryText target) {
    if (source.equals(target)) {
      return;
    }
    if (source instanceof MemoryText(Address from, int capacity, boolean _)
        && !(isPadded(capacity) && isPadded(target.capacity()))) {
      if (target.isPadded()) {
        clear(target.address(), target.capacity());
      }
      Constant size = new Constant(Math.min(capacity, target.capacity()));
      read(target.address(), size, handler.memory.argument(from));
      return;
    }
    copyWords(source, target);
  }

  /** Copies a string to a key: with NULs behind it, however long it is. */
  void copyToKey(Text source, MemoryText target) {
    if (!isPadded(target.capacity())) {
      clear(target.address(), target.capacity());
    }
    copy(source, target);
  }

  /** Fills with NULs, eight bytes at a time. */
  void clear(Address place, int bytes) {
    for (int i = 0; i < Frame.roundedUp(bytes); i += 8) {
      code.store(Size.DOUBLE, place.plus(i), new Constant(0));
    }
  }

  /**
   * Copies bytes up to a NUL, and ends with a NUL; gives their number, with the NUL.
   *
   * @param size bytes at most, with the NUL
   */
  Operand read(Address target, Operand size, Step.Argument source) {
    Helper helper =
        handler.tables.profile().has(Helper.PROBE_READ_KERNEL_STR)
            ? Helper.PROBE_READ_KERNEL_STR
            : Helper.PROBE_READ_STR;
    return code.call(
        helper, handler.memory.argument(target), new Step.Argument.Value(size), source);
  }

  private void copyWords(Text source, MemoryText target) {
    int words = Frame.roundedUp(target.capacity()) / 8;
    int sourceWords = Frame.roundedUp(source.capacity()) / 8;
    for (int i = 0; i < (target.isPadded() ? words : Math.min(words, sourceWords)); i++) {
      Operand word = i < sourceWords ? word(source, i) : new Constant(0);
      code.store(Size.DOUBLE, target.address().plus(8 * i), word);
    }
    if (source.capacity() > target.capacity()) {
      for (int i = target.capacity() - 1; i < 8 * words; i++) {
        code.store(Size.BYTE, target.address().plus(i), new Constant(0));
      }
    }
  }

  /**
   * Copies a string that another processor may be changing: half of one and half of another comes
   * out well-formed all the same, NUL-terminated and padded.
   */
  void copyShared(MemoryText source, MemoryText target) {
    copy(source, target);
    if (target.isPadded()) {
      Padding.clear(code, target);
    }
  }

  /** A string as it lies in {@link Scratch}: where the place of a byte can be computed. */
  MemoryText inScratch(Text text) {
    if (text instanceof MemoryText there
        && there.address() instanceof Address.Behind(var pointer, int _)
        && pointer.equals(handler.memory.scratch.base())) {
      return there;
    }
    MemoryText copy =
        new MemoryText(handler.memory.scratch.allocate(text.capacity() + 8), text.capacity());
    copy(text, copy);
    return copy;
  }

  /** The least number of the form 0…01…1 that is no less than a number. */
  static int mask(int number) {
    return Math.max(1, 2 * Integer.highestOneBit(number) - 1);
  }

  /** A place some bytes on, as many as a number says. */
  static Address.Behind at(CodeBuilder code, Address.Behind place, Operand index) {
    return code.compute(Operation.ADD, place.pointer(), index) instanceof Virtual pointer
        ? new Address.Behind(pointer, place.offset())
        : place;
  }

  /** A number of 0 to so many: what is less is 0, what is more is that. */
  Operand clamped(Operand number, int most) {
    Virtual result = code.fresh();
    int negative = code.newBlock();
    int other = code.newBlock();
    int join = code.newBlock();
    code.branch(Comparison.LESS, number, new Constant(0), negative, other);
    code.start(negative);
    code.copy(result, new Constant(0));
    code.jump(join);
    code.start(other);
    code.copy(result, smaller(number, most));
    code.jump(join);
    code.start(join);
    return code.compute(Operation.AND, result, new Constant(mask(most)));
  }

  /** A number that is not negative, or so many when it is more. */
  Operand smaller(Operand number, int most) {
    Virtual result = code.fresh();
    int more = code.newBlock();
    int join = code.newBlock();
    code.copy(result, number);
    code.branch(Comparison.GREATER_UNSIGNED, number, new Constant(most), more, join);
    code.start(more);
    code.copy(result, new Constant(most));
    code.jump(join);
    code.start(join);
    // So that the verifier knows, too, wherever the number comes from.
    return code.compute(Operation.AND, result, new Constant(mask(most)));
  }

  /** Eight bytes of a string in words, from a multiple of eight on. */
  Operand word(Text text, int index) {
    return switch (text) {
      case LiteralText(String bytes) -> new Constant(word(bytes, index));
      case MemoryText(Address address, int _, boolean _) ->
          code.load(Size.DOUBLE, address.plus(8 * index));
    };
  }

  /** Eight bytes of a string, little-endian, NULs behind its end. */
  private static long word(String bytes, int index) {
    long word = 0;
    for (int i = 7; i >= 0; i--) {
      int at = 8 * index + i;
      word = word << 8 | (at < bytes.length() ? bytes.charAt(at) & 0xff : 0);
    }
    return word;
  }

  /** The bytes of a string of at most eight, in a number. */
  static long constant(String bytes) {
    return word(bytes, 0);
  }

  /** Eight bytes of a string, NULs behind its end. */
  static Operand word(LiteralText text, int index) {
    return new Constant(word(text.bytes(), index));
  }

  /** A string that the evaluation of what follows does not change. */
  Text kept(Text text, List<Expression> following) {
    if (text instanceof LiteralText
        || VariableChanges.in(following, handler.bindings()).isEmpty()) {
      return text;
    }
    MemoryText copy = new MemoryText(handler.memory.allocate(text.capacity()), text.capacity());
    copy(text, copy);
    return copy;
  }
}
