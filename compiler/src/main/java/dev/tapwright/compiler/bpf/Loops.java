package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Scratch;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Loops. All of a handler's spend from one budget of actions, so that every handler ends. The
 * budget is a number in memory; where the verifier must see to the end of loops, turn by turn, it
 * is a register: {@link LoopStyle}.
 */
final class Loops {
  /** Where {@code break} and {@code continue} go. */
  private record Targets(int after, int next) {}

  private final HandlerLowering handler;
  private final CodeBuilder code;
  private final LoopStyle style;
  private final Deque<Targets> targets = new ArrayDeque<>();
  private final Set<Virtual> followed = new HashSet<>();
  private final IdentityHashMap<Expression.FunctionCall, LoweredValue> computed =
      new IdentityHashMap<>();
  private Optional<Virtual> budget = Optional.empty();
  private boolean isUsed;

  /**
   * Loops around, whose turns all spend from one budget: the verifier sees no more turns for it.
   */
  private int depth;

  Loops(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
    this.style = handler.style();
  }

  /** {@code while}. */
  void repeat(Statement.While loop) {
    turns(
        Restriction.WHILE_LOOP,
        Statements.keyword(loop.span(), "while"),
        Optional.of(loop.condition()),
        Optional.empty(),
        loop.body());
  }

  /** {@code for}. */
  void repeat(Statement.For loop) {
    loop.initialization().ifPresent(handler::effect);
    turns(
        Restriction.FOR_LOOP,
        Statements.keyword(loop.span(), "for"),
        loop.condition(),
        loop.step(),
        loop.body());
  }

  private void turns(
      Restriction restriction,
      Span keyword,
      Optional<Expression> condition,
      Optional<Expression> step,
      Statement body) {
    if (restriction.isBeyond(handler.tables.profile())) {
      handler.report(restriction, keyword);
      return;
    }
    List<Node> parts = new ArrayList<>(List.of(body));
    condition.ifPresent(parts::add);
    step.ifPresent(parts::add);
    List<Expression.FunctionCall> lengths =
        InvariantLengths.in(parts, handler.bindings()).stream()
            .filter(call -> !computed.containsKey(call))
            .toList();
    Map<Variable, Operand> byVariable = new HashMap<>();
    for (Expression.FunctionCall call : lengths) {
      Variable variable = handler.bindings().variableOf(call.arguments().getFirst()).orElseThrow();
      computed.put(
          call,
          new LoweredValue.Number(
              byVariable.computeIfAbsent(variable, _ -> handler.numbers.number(call))));
    }
    turns(
        keyword,
        body,
        after ->
            condition.ifPresent(
                wanted -> {
                  int holds = code.newBlock();
                  handler.conditions.branch(wanted, holds, after);
                  code.start(holds);
                }),
        () -> step.ifPresent(handler::effect));
    lengths.forEach(computed::remove);
  }

  /**
   * Writes turns that the budget is asked for.
   *
   * @param begin writes the start of a turn, which goes to the block that it is given when there
   *     are to be no more
   */
  void turns(Span keyword, Statement body, IntConsumer begin) {
    turns(keyword, body, begin, () -> {});
  }

  private void turns(Span keyword, Statement body, IntConsumer begin, Runnable step) {
    int head = code.newBlock();
    int after = code.newBlock();
    code.at(keyword);
    code.jump(head);
    code.repeated(
        isFollowed() && depth == 0 ? handler.actions() / Actions.of(body) + 1 : 1,
        () -> {
          depth++;
          code.start(head);
          int first = code.newBlock();
          int next = code.newBlock();
          spend(keyword, Actions.of(body), first);
          code.start(first);
          begin.accept(after);
          targets.push(new Targets(after, next));
          handler.statements.statement(body);
          targets.pop();
          code.jump(next);
          code.start(next);
          step.run();
          code.at(keyword);
          code.jump(head);
          depth--;
        });
    code.start(after);
  }

  /** Lowers something in which the value of a call is known. */
  void given(Expression.FunctionCall call, LoweredValue value, Runnable work) {
    computed.put(call, value);
    work.run();
    computed.remove(call);
  }

  /**
   * Writes what jumps where it likes.
   *
   * @param hasLoops whether it jumps back, each time to a {@link #head}
   */
  void jumping(boolean hasLoops, Runnable work) {
    code.repeated(
        hasLoops && isFollowed() && depth == 0 ? handler.actions() + 1 : 1,
        () -> {
          depth += hasLoops ? 1 : 0;
          work.run();
          depth -= hasLoops ? 1 : 0;
        });
  }

  /** Writes what stands where a jump goes back to. */
  void head(Span place) {
    int first = code.newBlock();
    spend(place, 1, first);
    code.start(first);
  }

  /** The value of a call, if it was computed before the loop around it. */
  Optional<LoweredValue> computed(Expression.FunctionCall call) {
    return Optional.ofNullable(computed.get(call));
  }

  private boolean isFollowed() {
    return style == LoopStyle.FOLLOWED;
  }

  /** Takes actions from the budget; goes on with a block when there were enough. */
  private void spend(Span place, int actions, int enough) {
    isUsed = true;
    handler.memory.scratch.base();
    int exhausted = handler.faults.finalBlock("MAXACTION exceeded", "keyword", place);
    if (isFollowed()) {
      Virtual left = budget.orElseGet(this::follow);
      budget = Optional.of(left);
      code.copy(left, code.compute(Operation.SUBTRACT, left, new Constant(actions)));
      code.branch(Comparison.LESS, left, new Constant(0), exhausted, enough);
      return;
    }
    mayEnd(exhausted);
    Address.Behind place8 = handler.memory.scratch.at(Scratch.ACTIONS);
    Operand left =
        code.compute(Operation.SUBTRACT, code.load(Size.DOUBLE, place8), new Constant(actions));
    code.store(Size.DOUBLE, place8, left);
    code.branch(Comparison.LESS, left, new Constant(0), exhausted, enough);
  }

  /** The head of a loop, where the kernel may have had enough of it. */
  private void mayEnd(int exhausted) {
    if (style == LoopStyle.KERNEL) {
      int counted = code.newBlock();
      code.turn(counted, exhausted);
      code.start(counted);
    }
  }

  /** {@code break}. */
  void leave(Span span) {
    code.at(span);
    if (!targets.isEmpty()) {
      code.jump(targets.element().after());
    }
  }

  /** {@code continue}. */
  void goOn(Span span) {
    code.at(span);
    if (!targets.isEmpty()) {
      code.jump(targets.element().next());
    }
  }

  /** Lowers something whose {@code break} is not of the loops around it: a function's body. */
  void apart(Runnable work) {
    Deque<Targets> outer = new ArrayDeque<>(targets);
    targets.clear();
    work.run();
    targets.addAll(outer);
  }

  /**
   * Repeats steps of our own, at most so many times.
   *
   * @param limit turns at most, beyond which the verifier sees it left for {@code after}
   * @param turn writes one turn, which goes to {@code after} by itself when it is done
   */
  void counted(long limit, int after, Runnable turn) {
    int head = code.newBlock();
    if (!isFollowed()) {
      handler.memory.scratch.base();
      code.jump(head);
      code.start(head);
      mayEnd(after);
      turn.run();
      code.jump(head);
      code.start(after);
      return;
    }
    Virtual left = follow();
    handler.memory.scratch.base();
    code.copy(left, new Constant(limit + 1));
    code.jump(head);
    code.repeated(
        limit + 1,
        () -> {
          code.start(head);
          int next = code.newBlock();
          code.copy(left, code.compute(Operation.SUBTRACT, left, new Constant(1)));
          code.branch(Comparison.EQUAL, left, new Constant(0), after, next);
          code.start(next);
          turn.run();
          code.jump(head);
        });
    code.start(after);
  }

  /** Writes the start of the budget; last, where the body begins. */
  void finishPrologue() {
    if (!isUsed) {
      return;
    }
    Constant all = new Constant(handler.actions());
    budget.ifPresent(left -> code.copy(left, all));
    if (!isFollowed()) {
      code.store(Size.DOUBLE, handler.memory.scratch.at(Scratch.ACTIONS), all);
    }
  }

  /** A new counter that the verifier is to follow. */
  Virtual follow() {
    Virtual counter = code.fresh();
    followed.add(counter);
    return counter;
  }

  /** Whether there are any. */
  boolean isUsed() {
    return isUsed;
  }

  /** The counters that the verifier is to follow. */
  Set<Virtual> followed() {
    return followed;
  }
}
