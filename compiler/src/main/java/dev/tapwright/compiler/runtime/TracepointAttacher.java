package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.probe.AttachPoint;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tracepoints of kernels without raw tracepoints: a perf event by the number that tracefs gives.
 */
record TracepointAttacher(PerfEvents perfEvents, AttachPoint.Tracepoint tracepoint)
    implements Attacher {
  private static final List<Path> TRACEFS =
      List.of(Path.of("/sys/kernel/tracing"), Path.of("/sys/kernel/debug/tracing"));

  @Override
  public int attach(int program) throws SystemCallException, SessionException {
    long id = number();
    return perfEvents.attach(
        PerfEvents.Attribute.forProgram(PerfEvents.TYPE_TRACEPOINT, id, 0, 0), program);
  }

  private long number() throws SessionException {
    for (Path root : TRACEFS) {
      Path events = root.resolve("events");
      Path id = events.resolve(tracepoint.system()).resolve(tracepoint.name()).resolve("id");
      try {
        return Long.parseLong(Files.readString(id).strip());
      } catch (AccessDeniedException refused) {
        throw new SessionException("no permission to read " + id);
      } catch (IOException | NumberFormatException absent) {
        if (Files.isDirectory(events)) {
          throw new SessionException(
              "the running kernel has no tracepoint "
                  + tracepoint.system()
                  + ":"
                  + tracepoint.name());
        }
      }
    }
    throw new SessionException(
        "tracefs is not mounted: mount -t tracefs tracefs /sys/kernel/tracing");
  }
}
