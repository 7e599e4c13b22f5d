package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.runtime.PerfEvents.Attribute;
import java.lang.foreign.Arena;

/** Functions of programs and libraries, in all processes that run them, by the uprobe unit. */
record UserProbeAttacher(PerfEvents perfEvents, AttachPoint.UserFunction function)
    implements Attacher {
  @Override
  public int attach(int program) throws SystemCallException, SessionException {
    int type =
        ProbeUnits.typeOf("uprobe")
            .orElseThrow(
                () ->
                    new SessionException(
                        "this kernel cannot attach to user programs: it was built without uprobes, or is older than 4.17"));
    try (Arena arena = Arena.ofConfined()) {
      long path = arena.allocateFrom(function.path()).address();
      long config = function.isReturn() ? ProbeUnits.ON_RETURN : 0;
      return perfEvents.attach(
          Attribute.forProgram(type, config, path, function.fileOffset()), program);
    } catch (SystemCallException failure) {
      switch (failure.error()) {
        case ENOENT -> throw new SessionException("there is no file " + function.path());
        case EINVAL ->
            throw new SessionException(
                function.path() + " has no instruction at " + function.symbol());
        case EPERM, EACCES -> throw failure;
        default -> throw new SessionException(function.path() + ": " + failure.error().text());
      }
    }
  }
}
