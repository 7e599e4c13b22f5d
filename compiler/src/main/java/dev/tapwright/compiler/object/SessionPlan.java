package dev.tapwright.compiler.object;

import dev.tapwright.compiler.bpf.CounterMap;
import dev.tapwright.compiler.bpf.EventFormat;
import dev.tapwright.compiler.bpf.GlobalStorage;
import dev.tapwright.compiler.bpf.ProgramFile;
import dev.tapwright.compiler.machine.UserProgram;
import dev.tapwright.compiler.probe.AttachPoint;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What only our own run time needs to know of a compiled script.
 *
 * @param kernelBuild the only build of the kernel that the code is for, if it depends on that
 * @param probes in the order of the script
 * @param sessionMap place of the session map in the object's maps
 * @param eventMap place of the event buffer in the object's maps
 * @param events what event records mean
 * @param counters what to count while the programs run
 * @param programFiles the files that handlers know processes by
 * @param globals the globals that live in maps
 * @param userProgram the user-placed handlers
 * @param maximumErrors {@code MAXERRORS}: faults beyond this number end the session
 */
public record SessionPlan(
    Optional<String> kernelBuild,
    List<ProbeEntry> probes,
    OptionalInt sessionMap,
    OptionalInt eventMap,
    List<EventFormat> events,
    List<CounterMap> counters,
    List<ProgramFile> programFiles,
    List<GlobalStorage> globals,
    UserProgram userProgram,
    int maximumErrors) {
  /** Copies the lists. */
  public SessionPlan {
    probes = List.copyOf(probes);
    events = List.copyOf(events);
    counters = List.copyOf(counters);
    programFiles = List.copyOf(programFiles);
    globals = List.copyOf(globals);
  }

  /**
   * A probe.
   *
   * @param name as {@code -p2} prints it
   * @param program place of its kernel program in the object's programs, if it is placed there
   * @param userHandler place of its handler in the user program, if it is placed there
   */
  public record ProbeEntry(
      AttachPoint attachPoint, String name, OptionalInt program, OptionalInt userHandler) {}
}
