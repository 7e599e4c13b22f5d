package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.probe.AttachPoint;

/**
 * Attaches to a hook of the packet filter, in the network namespace of this process. The kernel
 * lets a BPF program share its priority with nothing that is there already: it then gets the next
 * one that is free.
 */
final class PacketHookAttacher implements Attacher {
  /** Neighbours that are tried. */
  private static final int NEIGHBOURS = 64;

  private final BpfCalls bpf;
  private final AttachPoint.PacketHook hook;

  PacketHookAttacher(BpfCalls bpf, AttachPoint.PacketHook hook) {
    this.bpf = bpf;
    this.hook = hook;
  }

  @Override
  public int attach(int program) throws SystemCallException {
    for (int behind = 0; ; behind++) {
      try {
        return bpf.linkPacketHook(program, hook.family(), hook.hook(), hook.priority() + behind);
      } catch (SystemCallException failure) {
        if (failure.error() != ErrorNumber.EBUSY || behind == NEIGHBOURS) {
          throw failure;
        }
      }
    }
  }
}
