package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Step;
import dev.tapwright.compiler.bpf.code.Step.Argument.MapAddress;
import dev.tapwright.compiler.bpf.code.Step.Argument.Value;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.compiler.target.KernelFeature;
import java.util.function.Consumer;

/** The way of event records to user space: the ring buffer, or the perf buffer of older kernels. */
final class EventBuffer {
  /** {@code BPF_F_CURRENT_CPU}. */
  private static final long CURRENT_PROCESSOR = 0xffffffffL;

  private final HandlerLowering handler;
  private final CodeBuilder code;

  EventBuffer(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /** Whether records can be written where their reader finds them. */
  boolean canReserve() {
    return handler.tables.profile().has(KernelFeature.RING_BUFFER);
  }

  /**
   * Writes a record where its reader finds it, which saves a copy.
   *
   * @param lostCounter counts it when there is no room
   * @param write writes it, without a way out: the kernel wants to have back what it reserved
   */
  void reserve(int size, int lostCounter, Consumer<Address> write) {
    Virtual record = code.call(Helper.RINGBUF_RESERVE, map(), constant(size), constant(0));
    int lost = code.newRareBlock();
    int reserved = code.newBlock();
    int sent = code.newBlock();
    handler.branchNotZero(record, reserved, lost);
    count(lost, lostCounter, sent);
    code.start(reserved);
    write.accept(new Address.Behind(record, 0));
    code.call(Helper.RINGBUF_SUBMIT, new Value(record), constant(0));
    code.jump(sent);
    code.start(sent);
  }

  /**
   * Has a record copied.
   *
   * @param lostCounter counts it when there is no room
   */
  void output(Address record, int size, int lostCounter) {
    Step.Argument bytes = handler.memory.argument(record);
    Virtual result =
        canReserve()
            ? code.call(Helper.RINGBUF_OUTPUT, map(), bytes, constant(size), constant(0))
            : code.call(
                Helper.PERF_EVENT_OUTPUT,
                new Value(handler.data.context()),
                map(),
                constant(CURRENT_PROCESSOR),
                bytes,
                constant(size));
    int lost = code.newRareBlock();
    int sent = code.newBlock();
    handler.branchNotZero(result, lost, sent);
    count(lost, lostCounter, sent);
    code.start(sent);
  }

  private void count(int block, int counter, int next) {
    code.start(block);
    handler.data.count(counter);
    code.jump(next);
  }

  private MapAddress map() {
    return new MapAddress(handler.tables.eventMap());
  }

  private static Value constant(long value) {
    return new Value(new Constant(value));
  }
}
