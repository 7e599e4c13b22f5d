package dev.tapwright.compiler.bpf.code;

import dev.tapwright.compiler.bpf.code.Block.Line;
import dev.tapwright.compiler.bpf.code.Instruction.AtomicOperation;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Instruction.Source;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.syntax.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a handler whose registers are allocated as instructions. */
public final class InstructionSelector {
  private final RegisterAllocation allocation;
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();
  private Span span;

  private InstructionSelector(RegisterAllocation allocation) {
    this.allocation = allocation;
    span = allocation.flow().blocks().getFirst().endSpan();
  }

  /**
   * Instructions and their sources, one for one.
   *
   * @param instructions jumps name places in this list
   * @param spans as many
   */
  public record Selection(List<Instruction> instructions, List<Span> spans) {
    /** Copies the lists. */
    public Selection {
      instructions = List.copyOf(instructions);
      spans = List.copyOf(spans);
    }
  }

  /** Writes them. */
  public static Selection run(RegisterAllocation allocation) {
    InstructionSelector selector = new InstructionSelector(allocation);
    List<Block> blocks = allocation.flow().blocks();
    int[] starts = new int[blocks.size()];
    for (int i = 0; i < blocks.size(); i++) {
      starts[i] = selector.instructions.size();
      selector.block(blocks.get(i), i + 1);
    }
    List<Instruction> patched =
        new ArrayList<>(
            selector.instructions.stream()
                .map(
                    instruction ->
                        switch (instruction) {
                          case Instruction.Jump(int block) -> new Instruction.Jump(starts[block]);
                          case Instruction.MayGoto(int block) ->
                              new Instruction.MayGoto(starts[block]);
                          case Instruction.JumpIf(
                                  var comparison,
                                  boolean is64Bit,
                                  Register left,
                                  Source right,
                                  int block) ->
                              new Instruction.JumpIf(
                                  comparison, is64Bit, left, right, starts[block]);
                          default -> instruction;
                        })
                .toList());
    selector.functions(patched);
    return new Selection(patched, selector.spans);
  }

  /** Writes the functions that the program has called for elements of maps, behind it. */
  private void functions(List<Instruction> program) {
    List<MapFunction> functions =
        program.stream()
            .filter(Instruction.LoadFunction.class::isInstance)
            .map(instruction -> ((Instruction.LoadFunction) instruction).function())
            .distinct()
            .toList();
    for (MapFunction function : functions) {
      program.add(new Instruction.FunctionStart(function));
      program.addAll(function.instructions(program.size()));
    }
    while (spans.size() < program.size()) {
      spans.add(span);
    }
  }

  private void emit(Instruction instruction) {
    instructions.add(instruction);
    spans.add(span);
  }

  private void block(Block block, int following) {
    for (Line line : block.lines()) {
      span = line.span();
      step(line.step());
    }
    span = block.endSpan();
    end(block.end(), following);
  }

  private Register register(Virtual virtual) {
    return allocation.of(virtual);
  }

  private Source source(Operand operand) {
    return switch (operand) {
      case Virtual virtual -> new Source.InRegister(register(virtual));
      case Constant(long value) -> new Source.Immediate(Math.toIntExact(value));
    };
  }

  private Register base(Address address) {
    return address instanceof Address.Behind(Virtual pointer, int _)
        ? register(pointer)
        : Register.R10;
  }

  private static int offset(Address address) {
    return switch (address) {
      case Address.Stack(int offset) -> offset;
      case Address.Behind(Virtual _, int offset) -> offset;
    };
  }

  private void step(Step step) {
    switch (step) {
      case Step.Context(Virtual destination) -> move(register(destination), Register.R1);
      case Step.Copy(Virtual destination, Operand source) -> {
        switch (source) {
          case Virtual virtual -> move(register(destination), register(virtual));
          case Constant constant -> constant(register(destination), constant);
        }
      }
      case Step.Compute compute -> compute(compute);
      case Step.StackAddress(Virtual destination, int offset) -> {
        move(register(destination), Register.R10);
        emit(
            new Instruction.Arithmetic(
                Operation.ADD, true, register(destination), new Source.Immediate(offset)));
      }
      case Step.MapValue(Virtual destination, int map, int offset) ->
          emit(new Instruction.LoadMapValue(register(destination), map, offset));
      case Step.Load(Size size, Virtual destination, Address address) ->
          emit(new Instruction.Load(size, register(destination), base(address), offset(address)));
      case Step.Store(Size size, Address address, Operand value) ->
          emit(new Instruction.Store(size, base(address), offset(address), source(value)));
      case Step.Atomic(
              AtomicOperation operation,
              Size size,
              var address,
              Operand value,
              Optional<Virtual> result) -> {
        Register operand = register((Virtual) value);
        Register register = result.map(this::register).orElse(operand);
        move(register, operand);
        emit(new Instruction.Atomic(operation, size, base(address), offset(address), register));
      }
      case Step.Call call -> {
        CallArguments.moves(call.arguments(), allocation).forEach(this::emit);
        emit(new Instruction.Call(call.helper()));
        call.result().ifPresent(result -> move(register(result), Register.R0));
      }
    }
  }

  private void move(Register destination, Register source) {
    if (destination != source) {
      emit(
          new Instruction.Arithmetic(
              Operation.MOVE, true, destination, new Source.InRegister(source)));
    }
  }

  private void constant(Register destination, Constant constant) {
    emit(CallArguments.constant(destination, constant));
  }

  private void compute(Step.Compute compute) {
    Register destination = register(compute.destination());
    boolean is64Bit = compute.is64Bit();
    if (compute.operation() == Operation.MOVE) {
      emit(
          new Instruction.Arithmetic(
              Operation.MOVE, is64Bit, destination, source(compute.right())));
      return;
    }
    boolean isExchanged =
        Folding.isCommutative(compute.operation())
            && compute.right() instanceof Virtual right
            && register(right) == destination
            && !(compute.left() instanceof Virtual left && register(left) == destination);
    Operand first = isExchanged ? compute.right() : compute.left();
    Operand second = isExchanged ? compute.left() : compute.right();
    switch (first) {
      case Virtual virtual -> move(destination, register(virtual));
      case Constant constant -> constant(destination, constant);
    }
    if (second instanceof Constant wide && !wide.fitsImmediate()) {
      throw new IllegalStateException("constant not made legal: " + compute);
    }
    emit(new Instruction.Arithmetic(compute.operation(), is64Bit, destination, source(second)));
  }

  private void end(Terminator end, int following) {
    switch (end) {
      case Terminator.Jump(int target) -> jump(target, following);
      case Terminator.Branch(
              var comparison,
              boolean is64Bit,
              Operand left,
              Operand right,
              int ifTrue,
              int ifFalse) -> {
        Register register = register((Virtual) left);
        if (ifTrue == following) {
          emit(
              new Instruction.JumpIf(
                  Folding.negation(comparison), is64Bit, register, source(right), ifFalse));
        } else {
          emit(new Instruction.JumpIf(comparison, is64Bit, register, source(right), ifTrue));
          jump(ifFalse, following);
        }
      }
      case Terminator.Turn(int next, int exhausted) -> {
        emit(new Instruction.MayGoto(exhausted));
        jump(next, following);
      }
      case Terminator.Turns turns -> {
        move(Register.R1, register(turns.element()));
        emit(new Instruction.CallFunction(TurnRounds.FIRST));
        constant(Register.R0, new Constant(0));
        emit(new Instruction.Exit());
      }
      case Terminator.Return(Operand result) -> {
        switch (result) {
          case Constant constant -> constant(Register.R0, constant);
          case Virtual virtual -> move(Register.R0, register(virtual));
        }
        emit(new Instruction.Exit());
      }
    }
  }

  private void jump(int target, int following) {
    if (target != following) {
      emit(new Instruction.Jump(target));
    }
  }
}
