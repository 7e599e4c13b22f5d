package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.runtime.PerfEvents.Attribute;
import dev.tapwright.compiler.target.LiveTarget;
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
      // From 6.7 on a name that several functions have is none; the first of these kernels do not
      // find one with its module's name before it either.
      boolean mayBeElsewhere =
          failure.error() == ErrorNumber.EADDRNOTAVAIL
              || (failure.error() == ErrorNumber.ENOENT && function.module().isPresent());
      if (mayBeElsewhere) {
        return attachByAddress(type, program, failure);
      }
      throw refused(failure);
    }
  }

  private int attachByName(int type, int program) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      // The kernel may have a function of the same name as a module.
      String whole = function.module().map(module -> module + ":").orElse("") + function.symbol();
      long name = arena.allocateFrom(whole).address();
      return perfEvents.attach(Attribute.forProgram(type, config(), name, 0), program);
    }
  }

  private int attachByAddress(int type, int program, SystemCallException failure)
      throws SystemCallException, SessionException {
    OptionalLong address = address();
    if (address.isEmpty()) {
      throw refused(failure);
    }
    try {
      return perfEvents.attach(
          Attribute.forProgram(type, config(), 0, address.getAsLong()), program);
    } catch (SystemCallException again) {
      throw refused(again);
    }
  }

  private SessionException refused(SystemCallException failure) throws SystemCallException {
    return switch (failure.error()) {
      case ENOENT ->
          new RefusedPlaceException(
              function
                      .module()
                      .map(
                          module ->
                              "the running kernel has no module %s with a function "
                                  .formatted(module))
                      .orElse("the running kernel has no function ")
                  + function.symbol());
      case EINVAL ->
          new RefusedPlaceException(
              "the running kernel does not let " + function.symbol() + " be probed");
      default -> throw failure;
    };
  }

  /** The address of the function in the running kernel. */
  private OptionalLong address() {
    if (function.module().isPresent()) {
      return LiveTarget.open().kernelSymbols().functionsMatching(function.symbol()).stream()
          .filter(symbol -> symbol.module().equals(function.module()))
          .flatMapToLong(symbol -> symbol.address().stream())
          .findFirst();
    }
    OptionalLong start = textStart();
    return function.textOffset().isPresent() && start.isPresent()
        ? OptionalLong.of(start.getAsLong() + function.textOffset().getAsLong())
        : OptionalLong.empty();
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
