package dev.tapwright.compiler.bpf;

import java.util.List;
import java.util.OptionalInt;

/**
 * The kernel half of a compiled script.
 *
 * @param maps all maps; programs and storages name them by their place here
 * @param sessionMap the map of {@link SessionLayout}; empty when there is no kernel program
 * @param eventMap the ring buffer or perf event array that events come through; empty when no
 *     program sends any
 * @param events what each event record means
 * @param counters what the programs read with {@code @perf}
 * @param programFiles the files that handlers know processes by
 * @param globals the globals that live in maps
 * @param programs one for each kernel-placed probe
 */
public record KernelCode(
    List<MapDefinition> maps,
    OptionalInt sessionMap,
    OptionalInt eventMap,
    List<EventFormat> events,
    List<CounterMap> counters,
    List<ProgramFile> programFiles,
    List<GlobalStorage> globals,
    List<KernelProgram> programs) {
  /** Copies the lists. */
  public KernelCode {
    maps = List.copyOf(maps);
    events = List.copyOf(events);
    counters = List.copyOf(counters);
    programFiles = List.copyOf(programFiles);
    globals = List.copyOf(globals);
    programs = List.copyOf(programs);
  }
}
