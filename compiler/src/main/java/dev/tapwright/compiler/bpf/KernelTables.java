package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.DerivedProbe;
import dev.tapwright.compiler.analysis.Program;
import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.bpf.GlobalStorage.Field;
import dev.tapwright.compiler.bpf.MapDefinition.MapType;
import dev.tapwright.compiler.bpf.code.Frame;
import dev.tapwright.compiler.bpf.code.Scratch;
import dev.tapwright.compiler.machine.StatisticUses;
import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.probe.Processes;
import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.TaskLayout;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What all handlers of a script share: maps, where globals lie in them, kinds of event, and the
 * diagnostics.
 */
final class KernelTables {
  private static final int LONGEST_NAME = 15;

  /** {@code PCPU_MIN_UNIT_SIZE}: what one value of a per-CPU map can have at most. */
  private static final int LARGEST_STATISTIC = 32_768;

  private final Program program;
  private final KernelProfile profile;
  private final KernelCompilerOptions options;
  private final KernelReach reach;
  private boolean endsByFault;
  private final StringCapacities capacities;
  private final StatisticUses statistics;
  private final List<MapDefinition> maps = new ArrayList<>();
  private final int sessionMap;
  private final Optional<TaskLayout> tasks;

  /** By whose processes handlers run. */
  private final List<String> tracedPrograms;

  private final Map<Integer, GlobalStorage> storages = new TreeMap<>();
  private final List<EventFormat> events = new ArrayList<>();
  private final Map<EventFormat, Integer> eventNumbers = new java.util.HashMap<>();
  private final Set<Diagnostic> diagnostics = new LinkedHashSet<>();
  private OptionalInt eventMap = OptionalInt.empty();
  private final Map<AttachPoint.Counter, CounterMap> counters = new LinkedHashMap<>();
  private final Map<List<Integer>, Integer> copies = new HashMap<>();
  private OptionalInt zeros = OptionalInt.empty();
  private OptionalInt scratchMap = OptionalInt.empty();
  private OptionalInt constantMap = OptionalInt.empty();
  private int scratchBytes;
  private final ConstantTables constants = new ConstantTables();

  KernelTables(
      Program program,
      KernelProfile profile,
      KernelCompilerOptions options,
      Optional<TaskLayout> tasks) {
    this.tasks = tasks;
    this.program = program;
    this.profile = profile;
    this.options = options;
    reach = KernelReach.of(program);
    capacities = new StringCapacities(program, options.maximumStringLength());
    statistics = StatisticUses.of(program);
    tracedPrograms =
        program.probes().stream()
            .map(DerivedProbe::processes)
            .filter(Processes.Running.class::isInstance)
            .map(processes -> ((Processes.Running) processes).path())
            .distinct()
            .toList();
    sessionMap =
        map(
            new MapDefinition(
                "session",
                MapType.ARRAY,
                4,
                programOffset(tracedPrograms.size()),
                1,
                arrayFlags()));
    placeScalars();
    placeArrays();
    placeStatistics();
  }

  private static int programOffset(int place) {
    return SessionLayout.SIZE + place * SessionLayout.PROGRAM_SIZE;
  }

  /** Where in the session a program is told. */
  int programOffset(Processes.Running running) {
    return programOffset(tracedPrograms.indexOf(running.path()));
  }

  /** How the kernel tells processes apart. */
  TaskLayout tasks() {
    return tasks.orElseThrow(() -> new IllegalStateException("nothing known of tasks"));
  }

  private int arrayFlags() {
    return profile.has(KernelFeature.MEMORY_MAPPED_ARRAY) ? MapDefinition.MEMORY_MAPPABLE : 0;
  }

  private int map(MapDefinition map) {
    maps.add(map);
    return maps.size() - 1;
  }

  private List<Variable.Global> globals() {
    return reach.globals().stream().map(program.globals()::get).toList();
  }

  private void placeScalars() {
    List<Variable.Global> scalars =
        globals().stream()
            .filter(global -> !global.isArray() && global.type() != Type.STATISTICS)
            .toList();
    int map = maps.size();
    int size = 0;
    for (Variable.Global global : scalars) {
      Field value = field(global.type(), size, capacities.ofValue(global));
      size += bytes(value);
      storages.put(global.index(), new GlobalStorage(global.index(), map, List.of(), value));
    }
    if (!scalars.isEmpty()) {
      map(new MapDefinition("globals", MapType.ARRAY, 4, size, 1, arrayFlags()));
    }
  }

  private void placeArrays() {
    for (Variable.Global global : globals()) {
      if (!global.isArray() || global.type() == Type.STATISTICS) {
        continue;
      }
      List<Field> key = key(global);
      Field value = field(global.type(), 0, capacities.ofValue(global));
      int map = map(array(global, MapType.HASH, key, bytes(value)));
      storages.put(
          global.index(), new GlobalStorage(global.index(), map, births(global, key), key, value));
    }
  }

  private OptionalInt births(Variable.Global global, List<Field> key) {
    return global.wraps()
        ? OptionalInt.of(map(array(global, MapType.HASH, key, Long.BYTES)))
        : OptionalInt.empty();
  }

  private List<Field> key(Variable.Global global) {
    List<Field> key = new ArrayList<>();
    int size = 0;
    for (int i = 0; i < global.indexTypes().size(); i++) {
      Field part = field(global.indexTypes().get(i), size, capacities.ofKey(global, i));
      key.add(part);
      size += bytes(part);
    }
    return key;
  }

  private MapDefinition array(
      Variable.Global global, MapType type, List<Field> key, int valueSize) {
    int keySize = bytes(key);
    if (keySize > Frame.LIMIT && Restriction.LONG_KEY.isBeyond(profile)) {
      report(Restriction.LONG_KEY, global.declaration());
    }
    int entries =
        Math.clamp(global.size().orElse(options.maximumMapEntries()), 1, Integer.MAX_VALUE);
    return new MapDefinition(mapName(global.name()), type, keySize, valueSize, entries, 0);
  }

  private void placeStatistics() {
    for (Variable.Global global : globals()) {
      if (global.type() != Type.STATISTICS) {
        continue;
      }
      StatisticUses.Use use = statistics.of(global.index());
      StatisticLayout layout =
          StatisticLayout.of(
              use, profile.has(KernelFeature.ATOMIC_FETCH) ? 1 : StatisticLayout.MOST_COPIES);
      if (layout.size() > LARGEST_STATISTIC) {
        report(tooLarge(global, layout));
      }
      List<Field> key = key(global);
      // Of the one element of an array map only a processor's own part can be deleted.
      boolean isHash = global.isArray() || use.isDeleted();
      int map =
          map(
              statistic(
                  global, isHash ? MapType.PERCPU_HASH : MapType.PERCPU_ARRAY, key, layout.size()));
      OptionalInt additions =
          use.isAddedTo()
              ? OptionalInt.of(map(statistic(global, MapType.HASH, key, layout.size())))
              : OptionalInt.empty();
      storages.put(
          global.index(),
          new GlobalStorage(
              global.index(),
              map,
              births(global, key),
              key,
              new Field.Statistic(layout, additions)));
    }
  }

  private MapDefinition statistic(
      Variable.Global global, MapType type, List<Field> key, int valueSize) {
    return global.isArray()
        ? array(global, type, key, valueSize)
        : new MapDefinition(mapName(global.name()), type, Integer.BYTES, valueSize, 1, 0);
  }

  private static Diagnostic tooLarge(Variable.Global global, StatisticLayout layout) {
    return Diagnostic.error(
            KernelDiagnostics.STATISTIC,
            global.declaration(),
            "the histograms of '%s' need %d bytes on each processor; the kernel gives %d"
                .formatted(global.name(), layout.size(), LARGEST_STATISTIC))
        .withNote("ask for fewer of them, or for fewer buckets");
  }

  /**
   * Place of a map that a loop over an array copies the elements to: key and value side by side, of
   * a statistic a figure, and what a sorted loop notes.
   *
   * @param depth loops over the same array around it
   */
  int copies(Variable.Global array, int depth) {
    return copies.computeIfAbsent(
        List.of(array.index(), depth),
        _ -> {
          GlobalStorage storage = storage(array);
          int size = bytes(storage.key()) + bytes(storage.value()) + Long.BYTES;
          return map(
              new MapDefinition(
                  "copies",
                  MapType.PERCPU_ARRAY,
                  Integer.BYTES,
                  size,
                  maps.get(storage.map()).maximumEntries(),
                  0));
        });
  }

  /** Elements that a map can have. */
  int entries(int map) {
    return maps.get(map).maximumEntries();
  }

  /** Bytes of a key. */
  static int bytes(List<Field> key) {
    return key.stream().mapToInt(KernelTables::bytes).sum();
  }

  /** What the script asks of its statistics. */
  StatisticUses statistics() {
    return statistics;
  }

  /**
   * Place of a map with one value of zeros, at least that large, which nothing writes to; made when
   * first asked for.
   */
  int zeros(int bytes) {
    if (zeros.isEmpty()) {
      zeros = OptionalInt.of(map(zerosMap(bytes)));
    }
    int place = zeros.getAsInt();
    maps.set(place, zerosMap(Math.max(bytes, maps.get(place).valueSize())));
    return place;
  }

  private static MapDefinition zerosMap(int bytes) {
    return new MapDefinition("zeros", MapType.ARRAY, 4, bytes, 1, 0);
  }

  private static Field field(Type type, int offset, int capacity) {
    return type == Type.STRING ? new Field.Text(offset, capacity) : new Field.Number(offset);
  }

  /** Bytes that a field takes, with what fills it up to 8. */
  static int bytes(Field field) {
    return field instanceof Field.Text(int _, int capacity) ? Frame.roundedUp(capacity) : 8;
  }

  private static String mapName(String name) {
    String clean = name.replaceAll("[^A-Za-z0-9_.]", "_");
    return clean.substring(0, Math.min(LONGEST_NAME, clean.length()));
  }

  /** The kernel compiled for. */
  KernelProfile profile() {
    return profile;
  }

  /** The script. */
  Program program() {
    return program;
  }

  /** What the handlers use. */
  KernelReach reach() {
    return reach;
  }

  /** Whether anything that runs meanwhile ends the session in the middle of it. */
  boolean mayEnd() {
    return endsByFault || reach.mayExit();
  }

  /** Takes note of a fault that nothing catches; whether the first such fault ends the session. */
  boolean endsByFault() {
    endsByFault |= options.maximumErrors() == 0;
    return endsByFault;
  }

  /** How deep calls may nest. */
  int nesting() {
    return options.maximumNesting().orElse(reach.nesting());
  }

  /** How long strings may be. */
  StringCapacities capacities() {
    return capacities;
  }

  /** The maps, by place. */
  List<MapDefinition> maps() {
    return Collections.unmodifiableList(maps);
  }

  /** Place of the session map. */
  int sessionMap() {
    return sessionMap;
  }

  /** Place of the map that events go through, made when first asked for. */
  int eventMap() {
    if (eventMap.isEmpty()) {
      eventMap =
          OptionalInt.of(
              map(
                  profile.has(KernelFeature.RING_BUFFER)
                      ? new MapDefinition(
                          "events", MapType.RINGBUF, 0, 0, options.ringBufferBytes(), 0)
                      : new MapDefinition("events", MapType.PERF_EVENT_ARRAY, 4, 4, 0, 0)));
    }
    return eventMap.getAsInt();
  }

  /** The script's counters of a name: one, where all is well. */
  List<AttachPoint.Counter> counters(String name) {
    return program.probes().stream()
        .map(DerivedProbe::attachPoint)
        .filter(AttachPoint.Counter.class::isInstance)
        .map(AttachPoint.Counter.class::cast)
        .filter(counter -> counter.name().equals(name))
        .distinct()
        .toList();
  }

  /** Place of the map that a counter is read through, made when first asked for. */
  int counterMap(AttachPoint.Counter counter) {
    return counters
        .computeIfAbsent(
            counter,
            added ->
                new CounterMap(
                    map(
                        new MapDefinition(
                            mapName(added.name()), MapType.PERF_EVENT_ARRAY, 4, 4, 0, 0)),
                    added.type(),
                    added.config()))
        .map();
  }

  /** Place of the map of {@link Scratch}, made when first asked for. */
  int scratchMap() {
    if (scratchMap.isEmpty()) {
      scratchMap = OptionalInt.of(map(scratchMap(8)));
    }
    return scratchMap.getAsInt();
  }

  private static MapDefinition scratchMap(int bytes) {
    return new MapDefinition("scratch", MapType.PERCPU_ARRAY, 4, bytes, Scratch.ELEMENTS, 0);
  }

  /** Makes the elements of the map of {@link Scratch} at least that large. */
  void useScratch(int bytes) {
    if (scratchMap.isPresent()) {
      scratchBytes = Math.max(scratchBytes, bytes);
      maps.set(scratchMap.getAsInt(), scratchMap(scratchBytes));
    }
  }

  /** Place of the map of {@link #constants()}, made when first asked for. */
  int constantMap() {
    if (constantMap.isEmpty()) {
      constantMap = OptionalInt.of(map(constants.map()));
    }
    return constantMap.getAsInt();
  }

  /** Tables that handlers read; what is in them is known when all handlers are lowered. */
  ConstantTables constants() {
    return constants;
  }

  /** Where a global lives. */
  GlobalStorage storage(Variable.Global global) {
    GlobalStorage storage = storages.get(global.index());
    if (storage == null) {
      throw new IllegalStateException("global without a place: " + global.name());
    }
    return storage;
  }

  /** The number of a kind of event. */
  int event(EventFormat format) {
    return eventNumbers.computeIfAbsent(
        format,
        added -> {
          events.add(added);
          return events.size() - 1;
        });
  }

  /** Says what is wrong; once, however many probes share the code. */
  void report(Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
  }

  /** Says that a kernel probe cannot have something. */
  void report(Restriction restriction, Span span) {
    report(restriction.at(span, profile));
  }

  /** Whether something said is an error. */
  boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }

  /** What was said. */
  Collection<Diagnostic> diagnostics() {
    return Collections.unmodifiableCollection(diagnostics);
  }

  /** The finished code. */
  KernelCode code(List<KernelProgram> programs) {
    constantMap.ifPresent(place -> maps.set(place, constants.map()));
    return new KernelCode(
        maps,
        programs.isEmpty() ? OptionalInt.empty() : OptionalInt.of(sessionMap),
        eventMap,
        events,
        List.copyOf(counters.values()),
        IntStream.range(0, tracedPrograms.size())
            .mapToObj(place -> new ProgramFile(tracedPrograms.get(place), programOffset(place)))
            .toList(),
        IntStream.range(0, program.globals().size())
            .filter(storages::containsKey)
            .mapToObj(storages::get)
            .toList(),
        programs);
  }
}
