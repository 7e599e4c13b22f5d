package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.LoweredValue.LiteralText;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.LoweredValue.Text;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Operation;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
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

  /** Whether something catches faults here. */
  boolean areCaught() {
    return !catches.isEmpty();
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
            FormatPart digits =
                new FormatPart.Directive(
                    FormatPart.Flag.ZERO,
                    new FormatPart.Size.Fixed(DIGITS),
                    new FormatPart.Size.Absent(),
                    FormatPart.Conversion.HEXADECIMAL);
            end(before, digits, address, behind + " near " + token + " at " + place);
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

  /** Raises a fault whose message has a number in it, here. */
  void raise(String before, Operand number, String behind) {
    if (catches.isEmpty()) {
      FormatPart decimal =
          new FormatPart.Directive(
              FormatPart.Flag.NONE,
              new FormatPart.Size.Absent(),
              new FormatPart.Size.Absent(),
              FormatPart.Conversion.SIGNED);
      end(before, decimal, number, behind);
      return;
    }
    catches
        .element()
        .message()
        .ifPresent(
            place -> {
              TextBuilder message =
                  new TextBuilder(handler, before.length() + behind.length() + 24);
              message.append(new LiteralText(before));
              NumberTexts.Form form = new NumberTexts.Form(10, true, false, "", 0, 0);
              NumberTexts.Written written = handler.numberTexts.write(number, form);
              message.append(written.start(), new Constant(written.most()));
              message.append(new LiteralText(behind));
              handler.texts.copy(message.finish(), place);
            });
    handler.code.jump(catches.element().block());
  }

  private void end(String before, FormatPart directive, Operand number, String behind) {
    PrintFormat format =
        new PrintFormat(
            List.of(new FormatPart.Text(before), directive, new FormatPart.Text(behind)));
    handler.events.endWithFault(
        layout -> new EventFormat.Fault(format, layout), Optional.of(number));
  }

  /** Writes an address in hexadecimal over a string's bytes. */
  private void digits(Operand address, MemoryText message, int offset) {
    CodeBuilder code = handler.code;
    for (int i = 0; i < DIGITS && offset + i < message.capacity() - 1; i++) {
      Operand shifted =
          code.compute(
              Operation.SHIFT_RIGHT_UNSIGNED, address, new Constant(4L * (DIGITS - 1 - i)));
      code.store(
          Size.BYTE,
          message.address().plus(offset + i),
          handler.numberTexts.hexadecimal(shifted, false));
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

  /** Tells the session of a fault whose message is known, and goes on. */
  void register(Text message) {
    PrintFormat format =
        message instanceof LiteralText(String bytes)
            ? new PrintFormat(List.of(new FormatPart.Text(bytes)))
            : Events.stringThen("");
    handler.events.sendFault(
        layout -> new EventFormat.Fault(format, layout),
        message instanceof MemoryText ? List.of(message) : List.of());
  }

  private void end(Text message, String near) {
    switch (message) {
      case LiteralText(String bytes) -> {
        PrintFormat format = new PrintFormat(List.of(new FormatPart.Text(bytes + near)));
        handler.events.endWithFault(
            layout -> new EventFormat.Fault(format, layout), Optional.empty());
      }
      case MemoryText _ -> {
        PrintFormat format = Events.stringThen(near);
        handler.events.sendFault(layout -> new EventFormat.Fault(format, layout), List.of(message));
        handler.code.end();
      }
    }
  }
}
