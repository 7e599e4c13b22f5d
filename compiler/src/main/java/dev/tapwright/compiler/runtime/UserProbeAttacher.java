package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.runtime.PerfEvents.Attribute;
import java.lang.foreign.Arena;

/**
 * Functions, stubs and marks of programs and libraries, in all processes that run them, by the
 * uprobe unit.
 *
 * @param place what it is called
 * @param config of the unit: whether on return, and where the counter of a mark is
 */
record UserProbeAttacher(
    PerfEvents perfEvents, String path, String place, long fileOffset, long config)
    implements Attacher {
  static UserProbeAttacher of(PerfEvents perfEvents, AttachPoint.UserFunction function) {
    return new UserProbeAttacher(
        perfEvents,
        function.path(),
        function.symbol(),
        function.fileOffset(),
        function.isReturn() ? ProbeUnits.ON_RETURN : 0);
  }

  static UserProbeAttacher of(PerfEvents perfEvents, AttachPoint.UserLinkage stub) {
    return new UserProbeAttacher(
        perfEvents,
        stub.path(),
        stub.symbol(),
        stub.fileOffset(),
        stub.isReturn() ? ProbeUnits.ON_RETURN : 0);
  }

  static UserProbeAttacher of(PerfEvents perfEvents, AttachPoint.UserMark mark)
      throws SessionException {
    long counter = mark.semaphoreOffset().orElse(0);
    if (counter != 0 && !ProbeUnits.hasCounters()) {
      throw new SessionException(
          "programs pass this mark by unless its counter is set, which needs Linux 4.20");
    }
    if (counter < 0 || counter >> ProbeUnits.COUNTER_SHIFT != 0) {
      throw new SessionException("the mark's counter is too far back in " + mark.path());
    }
    return new UserProbeAttacher(
        perfEvents,
        mark.path(),
        mark.name(),
        mark.fileOffset(),
        counter << ProbeUnits.COUNTER_SHIFT);
  }

  @Override
  public int attach(int program) throws SystemCallException, SessionException {
    int type =
        ProbeUnits.typeOf("uprobe")
            .orElseThrow(
                () ->
                    new SessionException(
                        "this kernel cannot attach to user programs: it was built without uprobes, or is older than 4.17"));
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(path).address();
      return perfEvents.attach(Attribute.forProgram(type, config, name, fileOffset), program);
    } catch (SystemCallException failure) {
      switch (failure.error()) {
        case ENOENT -> throw new SessionException("there is no file " + path);
        case EINVAL -> throw new SessionException(path + " has no instruction at " + place);
        case EPERM, EACCES -> throw failure;
        default -> throw new SessionException(path + ": " + failure.error().text());
      }
    }
  }
}
