package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.intrinsic.Value.StringValue;
import java.util.List;
import java.util.Optional;

/**
 * A statement. Each that is executed, and each turn of a loop, spends one action of the handler's
 * budget. In functions of our own library only loops do: they are as those that the compiler
 * provides.
 */
public sealed interface StatementCode
    permits StatementCode.Block,
        StatementCode.Evaluate,
        StatementCode.If,
        StatementCode.Loop,
        StatementCode.Try,
        StatementCode.Return,
        StatementCode.Delete,
        StatementCode.Leave,
        AssemblyCode,
        Foreach,
        ForeachBucket {
  /** The place of a statement that spends nothing. */
  int FREE = -1;

  /** Executes it. */
  Completion execute(Activation activation);

  /** Refuses a program if this names what it does not have. */
  void check(ProgramCheck check);

  /** Statements one after the other. */
  record Block(List<StatementCode> statements) implements StatementCode {
    /** Copies the list. */
    public Block {
      statements = List.copyOf(statements);
    }

    @Override
    public Completion execute(Activation activation) {
      for (int i = 0; i < statements.size(); i++) {
        Completion completion = statements.get(i).execute(activation);
        if (completion != Completion.NORMAL) {
          return completion;
        }
      }
      return Completion.NORMAL;
    }

    @Override
    public void check(ProgramCheck check) {
      for (StatementCode statement : statements) {
        statement.check(check);
      }
    }
  }

  /** An expression for its effect. */
  record Evaluate(Code expression, int place) implements StatementCode {
    @Override
    public Completion execute(Activation activation) {
      activation.execution().spend(place);
      if (expression instanceof NumberCode number) {
        number.evaluate(activation);
      } else if (expression instanceof TextCode text) {
        text.evaluate(activation);
      }
      return Completion.NORMAL;
    }

    @Override
    public void check(ProgramCheck check) {
      expression.check(check);
    }
  }

  /** {@code if}. */
  record If(NumberCode condition, StatementCode then, Optional<StatementCode> otherwise, int place)
      implements StatementCode {
    @Override
    public Completion execute(Activation activation) {
      activation.execution().spend(place);
      if (condition.evaluate(activation) != 0) {
        return then.execute(activation);
      }
      return otherwise.isPresent() ? otherwise.get().execute(activation) : Completion.NORMAL;
    }

    @Override
    public void check(ProgramCheck check) {
      condition.check(check);
      then.check(check);
      if (otherwise.isPresent()) {
        otherwise.get().check(check);
      }
    }
  }

  /** {@code while} and {@code for}. */
  record Loop(
      Optional<Code> initialization,
      Optional<NumberCode> condition,
      Optional<Code> step,
      StatementCode body,
      int place)
      implements StatementCode {
    @Override
    public Completion execute(Activation activation) {
      activation.execution().spend(place);
      if (initialization.isPresent()) {
        activation.value(initialization.get());
      }
      while (condition.isEmpty() || condition.get().evaluate(activation) != 0) {
        activation.execution().spend(place);
        Completion completion = body.execute(activation);
        if (completion == Completion.BREAK) {
          break;
        }
        if (completion == Completion.RETURN || completion == Completion.NEXT) {
          return completion;
        }
        if (step.isPresent()) {
          activation.value(step.get());
        }
      }
      return Completion.NORMAL;
    }

    @Override
    public void check(ProgramCheck check) {
      if (initialization.isPresent()) {
        initialization.get().check(check);
      }
      if (condition.isPresent()) {
        condition.get().check(check);
      }
      if (step.isPresent()) {
        step.get().check(check);
      }
      body.check(check);
    }
  }

  /** {@code try}. */
  record Try(StatementCode body, Optional<Target> message, StatementCode handler, int place)
      implements StatementCode {
    @Override
    public Completion execute(Activation activation) {
      activation.execution().spend(place);
      activation.execution().enterTry();
      try {
        return body.execute(activation);
      } catch (ScriptFault fault) {
        if (!fault.isCatchable()) {
          throw fault;
        }
        if (message.isPresent()) {
          message
              .get()
              .store(activation, new StringValue(activation.execution().cut(fault.message())));
        }
      } finally {
        activation.execution().leaveTry();
      }
      return handler.execute(activation);
    }

    @Override
    public void check(ProgramCheck check) {
      body.check(check);
      if (message.isPresent()) {
        message.get().check(check, Type.STRING);
      }
      handler.check(check);
    }
  }

  /** {@code return}. */
  record Return(Optional<Code> value, int place) implements StatementCode {
    @Override
    public Completion execute(Activation activation) {
      activation.execution().spend(place);
      if (value.isPresent()) {
        activation.setResult(value.get());
      }
      return Completion.RETURN;
    }

    @Override
    public void check(ProgramCheck check) {
      if (value.isPresent()) {
        value.get().check(check);
      }
    }
  }

  /**
   * {@code delete}: makes a scalar 0 or empty, removes all of an array, or the elements that match.
   *
   * @param key of the elements; empty for the whole variable
   */
  record Delete(int global, List<Code> key, int place) implements StatementCode {
    /** Copies the list. */
    public Delete {
      key = List.copyOf(key);
    }

    @Override
    public Completion execute(Activation activation) {
      activation.execution().spend(place);
      if (key.isEmpty()) {
        activation.execution().clear(global);
      } else {
        activation.execution().remove(global, KeyPattern.of(activation, key));
      }
      return Completion.NORMAL;
    }

    @Override
    public void check(ProgramCheck check) {
      if (key.isEmpty()) {
        check.global(global);
      } else {
        check.pattern(global, key);
      }
    }
  }

  /** {@code break}, {@code continue} and {@code next}. */
  record Leave(Way way, int place) implements StatementCode {
    /** Which. */
    public enum Way {
      BREAK(Completion.BREAK),
      CONTINUE(Completion.CONTINUE),
      NEXT(Completion.NEXT);

      private final Completion completion;

      Way(Completion completion) {
        this.completion = completion;
      }
    }

    @Override
    public Completion execute(Activation activation) {
      activation.execution().spend(place);
      return way.completion;
    }

    @Override
    public void check(ProgramCheck check) {}
  }
}
