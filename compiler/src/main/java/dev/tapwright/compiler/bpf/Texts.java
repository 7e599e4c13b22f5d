package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.ContextAccess;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.bpf.GlobalStorage.Field;
import dev.tapwright.compiler.bpf.Instruction.Comparison;
import dev.tapwright.compiler.bpf.Instruction.Size;
import dev.tapwright.compiler.bpf.LoweredValue.LiteralText;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.LoweredValue.Text;
import dev.tapwright.compiler.bpf.Operand.Constant;
import dev.tapwright.compiler.bpf.Scope.Place;
import dev.tapwright.compiler.machine.ByteStrings;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.AssignmentOperator;
import dev.tapwright.syntax.tree.BinaryOperator;
import dev.tapwright.syntax.tree.Expression;
import java.util.Optional;

/**
 * Expressions whose value is a string. A string in memory is NUL-terminated and padded with NULs,
 * so that it can be copied and compared eight bytes at a time, and stand in a key.
 */
final class Texts {
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
          new LiteralText(
              ByteStrings.cut(ByteStrings.ofScript(literal.value()), Integer.MAX_VALUE));
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
      case Expression.Binary binary when binary.operator() == BinaryOperator.CONCATENATE -> {
        handler.report(Restriction.STRING_CONCATENATION, binary.span());
        yield HandlerLowering.emptyText();
      }
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

  /** An assignment of a string. */
  Text assign(Expression.Assignment assignment) {
    if (assignment.operator() != AssignmentOperator.ASSIGN) {
      handler.report(Restriction.STRING_CONCATENATION, assignment.operatorSpan());
      return HandlerLowering.emptyText();
    }
    if (assignment.target() instanceof Expression.ArrayElement element) {
      return assign(element, assignment);
    }
    Text value = text(assignment.value(), Optional.empty());
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
    copy(text(assignment.value(), Optional.of(place)), place);
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

  /** Copies a string to a place, and fills the place up with NULs. What does not fit is cut. */
  void copy(Text source, MemoryText target) {
    if (source.equals(target)) {
      return;
    }
    int words = Frame.roundedUp(target.capacity()) / 8;
    int sourceWords = Frame.roundedUp(source.capacity()) / 8;
    for (int i = 0; i < words; i++) {
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
    Padding.clear(code, target);
  }

  private Operand word(Text text, int index) {
    return switch (text) {
      case LiteralText(String bytes) -> new Constant(word(bytes, index));
      case MemoryText(Address address, int _) -> code.load(Size.DOUBLE, address.plus(8 * index));
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

  /** {@code ==} and {@code !=}. */
  void compare(Expression.Binary binary, int ifTrue, int ifFalse) {
    BinaryOperator operator = binary.operator();
    boolean isEquality = operator == BinaryOperator.EQUAL || operator == BinaryOperator.NOT_EQUAL;
    if (!isEquality || Restriction.STRING_COMPARISON.isBeyond(handler.tables.profile())) {
      handler.report(
          isEquality ? Restriction.STRING_COMPARISON : Restriction.STRING_ORDER, binary.span());
      code.jump(ifFalse);
      return;
    }
    int equal = operator == BinaryOperator.EQUAL ? ifTrue : ifFalse;
    int different = operator == BinaryOperator.EQUAL ? ifFalse : ifTrue;
    Text left = kept(text(binary.left(), Optional.empty()), binary.right());
    Text right = text(binary.right(), Optional.empty());
    code.at(binary.span());
    int leftWords = Frame.roundedUp(left.capacity()) / 8;
    int rightWords = Frame.roundedUp(right.capacity()) / 8;
    for (int i = 0; i < Math.max(leftWords, rightWords); i++) {
      Operand leftWord = i < leftWords ? word(left, i) : new Constant(0);
      Operand rightWord = i < rightWords ? word(right, i) : new Constant(0);
      int next = code.newBlock();
      code.branch(Comparison.EQUAL, leftWord, rightWord, next, different);
      code.start(next);
    }
    code.jump(equal);
  }

  /** A string that what follows cannot change. */
  private Text kept(Text text, Expression following) {
    boolean isSafe =
        text instanceof LiteralText
            || following instanceof Expression.StringLiteral
            || following instanceof Expression.Symbol;
    if (isSafe) {
      return text;
    }
    MemoryText copy = new MemoryText(handler.memory.allocate(text.capacity()), text.capacity());
    copy(text, copy);
    return copy;
  }
}
