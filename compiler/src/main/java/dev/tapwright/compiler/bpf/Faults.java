package dev.tapwright.compiler.bpf;

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
