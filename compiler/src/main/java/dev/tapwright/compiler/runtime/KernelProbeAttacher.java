package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.runtime.PerfEvents.Attribute;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Functions of the kernel, by the kprobe unit. */
record KernelProbeAttacher(PerfEvents perfEvents, AttachPoint.KernelFunction function)
    implements Attacher {
  @Override
  public int attach(int program) throws SystemCallException, SessionException {
    int type =
        ProbeUnits.typeOf("kprobe")
            .orElseThrow(
                () ->
                    new SessionException(
                        "this kernel cannot attach to kernel functions: it was built without kprobes, or is older than 4.17"));
    try {
      return attachByName(type, program);
    } catch (SystemCallException failure) {
      return switch (failure.error()) {
        case EADDRNOTAVAIL ->
            attachByAddress(type, program, failure); // several functions of that name (6.7)
        case ENOENT ->
            throw new RefusedPlaceException(
                "the running kernel has no function " + function.symbol());
        case EINVAL ->
            throw new RefusedPlaceException(
                "the running kernel does not let " + function.symbol() + " be probed");
        default -> throw failure;
      };
    }
  }

  private int attachByName(int type, int program) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(function.symbol()).address();
      return perfEvents.attach(Attribute.forProgram(type, config(), name, 0), program);
    }
  }

  private int attachByAddress(int type, int program, SystemCallException failure)
      throws SystemCallException {
    OptionalLong start = textStart();
    if (function.textOffset().isEmpty() || start.isEmpty()) {
      throw failure;
    }
    long address = start.getAsLong() + function.textOffset().getAsLong();
    return perfEvents.attach(Attribute.forProgram(type, config(), 0, address), program);
  }

  private long config() {
    return function.isReturn() ? ProbeUnits.ON_RETURN : 0;
  }

  /** The address of {@code _stext} in the running kernel. */
  private static OptionalLong textStart() {
    try (Stream<String> symbols = Files.lines(Path.of("/proc/kallsyms"))) {
      return symbols
          .filter(line -> line.endsWith(" _stext"))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring(0, line.indexOf(' ')), 16))
          .filter(address -> address != 0)
          .findFirst();
    } catch (IOException unreadable) {
      return OptionalLong.empty();
    }
  }
}
