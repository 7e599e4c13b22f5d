package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.Instruction.Operation;
import dev.tapwright.compiler.bpf.Instruction.Size;
import dev.tapwright.compiler.bpf.LoweredValue.LiteralText;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.LoweredValue.Text;
import dev.tapwright.compiler.bpf.Operand.Constant;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.PrintFormat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Faults: branches to the innermost {@code catch}, or to the end of the handler with an event that
 * tells of it.
 */
final class Faults {
  /**
   * A {@code catch}.
   *
   * @param block its block
   * @param message where the message goes, if it is asked for
   */
  record Catch(int block, Optional<MemoryText> message) {}

  /** Of an address. */
  private static final int DIGITS = 16;

  private final HandlerLowering handler;
  private final Deque<Catch> catches = new ArrayDeque<>();

  Faults(HandlerLowering handler) {
    this.handler = handler;
  }

  /** Lowers something whose faults are caught. */
  void catching(Catch caught, Runnable work) {
    catches.push(caught);
    work.run();
    catches.pop();
  }

  /** A block that raises a fault of a fixed message. Code goes on where it was. */
  int block(String message, String token, Span place) {
    int block = handler.code.newRareBlock();
    handler.inBlock(
        block, () -> raise(new LiteralText(message), " near " + token + " at " + place));
    return block;
  }

  /** A block that raises a fault that nothing catches. Code goes on where it was. */
  int finalBlock(String message, String token, Span place) {
    int block = handler.code.newRareBlock();
    handler.inBlock(block, () -> end(new LiteralText(message), " near " + token + " at " + place));
    return block;
  }

  /** A block that raises the fault of a bad address. Code goes on where it was. */
  int readBlock(Operand address, boolean isUser, String token, Span place) {
    String before = isUser ? "user read fault at 0x" : "kernel read fault at 0x";
    String behind = " (addr)";
    int block = handler.code.newRareBlock();
    handler.inBlock(
        block,
        () -> {
          if (catches.isEmpty()) {
            readFault(before, address, behind + " near " + token + " at " + place);
          } else {
            Catch caught = catches.element();
            caught
                .message()
                .ifPresent(
                    message -> {
                      handler.texts.copy(
                          new LiteralText(before + "0".repeat(DIGITS) + behind), message);
                      digits(address, message, before.length());
                    });
            handler.code.jump(caught.block());
          }
        });
    return block;
  }

  private void readFault(String before, Operand address, String behind) {
    handler.code.atomicAdd(handler.data.session(SessionLayout.ERRORS), new Constant(1));
    FormatPart digits =
        new FormatPart.Directive(
            FormatPart.Flag.ZERO,
            new FormatPart.Size.Fixed(DIGITS),
            new FormatPart.Size.Absent(),
            FormatPart.Conversion.HEXADECIMAL);
    PrintFormat format =
        new PrintFormat(List.of(new FormatPart.Text(before), digits, new FormatPart.Text(behind)));
    handler.events.send(
        layout -> new EventFormat.Fault(format, layout), List.of(new LoweredValue.Number(address)));
    handler.code.end();
  }

  /** Writes an address in hexadecimal over a string's bytes. */
  private void digits(Operand address, MemoryText message, int offset) {
    CodeBuilder code = handler.code;
    for (int i = 0; i < DIGITS && offset + i < message.capacity() - 1; i++) {
      Operand shifted =
          code.compute(
              Operation.SHIFT_RIGHT_UNSIGNED, address, new Constant(4L * (DIGITS - 1 - i)));
      Operand digit = code.compute(Operation.AND, shifted, new Constant(15));
      // -1 for digits that are letters: those stand further on in ASCII.
      Operand isLetter =
          code.compute(
              Operation.SHIFT_RIGHT,
              code.compute(Operation.SUBTRACT, new Constant(9), digit),
              new Constant(63));
      Operand gap = code.compute(Operation.AND, isLetter, new Constant('a' - '0' - 10));
      Operand character =
          code.compute(Operation.ADD, code.compute(Operation.ADD, digit, new Constant('0')), gap);
      code.store(Size.BYTE, message.address().plus(offset + i), character);
    }
  }

  /**
   * Raises a fault, here.
   *
   * @param near what is added to the message when nothing catches it
   */
  void raise(Text message, String near) {
    CodeBuilder code = handler.code;
    if (!catches.isEmpty()) {
      Catch caught = catches.element();
      caught.message().ifPresent(place -> handler.texts.copy(message, place));
      code.jump(caught.block());
      return;
    }
    end(message, near);
  }

  private void end(Text message, String near) {
    CodeBuilder code = handler.code;
    code.atomicAdd(handler.data.session(SessionLayout.ERRORS), new Constant(1));
    switch (message) {
      case LiteralText(String bytes) ->
          handler.events.send(
              layout ->
                  new EventFormat.Fault(
                      new PrintFormat(List.of(new FormatPart.Text(bytes + near))), layout),
              List.of());
      case MemoryText _ ->
          handler.events.send(
              layout -> new EventFormat.Fault(Events.stringThen(near), layout), List.of(message));
    }
    code.end();
  }
}
