package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.bpf.CounterMap;
import dev.tapwright.compiler.bpf.GlobalStorage;
import dev.tapwright.compiler.bpf.MapDefinition;
import dev.tapwright.compiler.bpf.MapDefinition.MapType;
import dev.tapwright.compiler.bpf.ProgramFile;
import dev.tapwright.compiler.machine.GlobalStore;
import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.compiler.object.SessionPlan.ProbeEntry;
import dev.tapwright.compiler.runtime.BpfCalls.ProgramDebugInfo;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a session has in the kernel: maps, programs, attachments, events. All of it is held by
 * descriptors of this process, so that nothing stays when the process ends, however it ends.
 */
final class KernelSide implements AutoCloseable {
  private final SystemCalls systemCalls;
  private final BpfCalls bpf;
  private final BpfObject object;
  private final Arena arena = Arena.ofShared();
  private final Descriptors descriptors;
  private final Descriptors attachments;
  private final List<KernelMap> maps = new ArrayList<>();
  private final Map<Integer, Integer> programs = new HashMap<>();
  private Optional<SessionMap> sessionMap = Optional.empty();
  private Optional<EventLoop> eventLoop = Optional.empty();

  private KernelSide(SystemCalls systemCalls, BpfObject object) {
    this.systemCalls = systemCalls;
    this.bpf = new BpfCalls(systemCalls);
    this.object = object;
    this.descriptors = new Descriptors(systemCalls);
    this.attachments = new Descriptors(systemCalls);
  }

  /** Loads an object's maps and the programs of its probes; nothing is attached yet. */
  static KernelSide load(BpfObject object, int verbosity) throws SessionException {
    SystemCalls systemCalls;
    try {
      systemCalls = SystemCalls.open();
    } catch (SystemCalls.UnsupportedMachineException unsupported) {
      throw new SessionException(String.valueOf(unsupported.getMessage()));
    }
    KernelSide side = new KernelSide(systemCalls, object);
    try {
      side.createMaps();
      side.loadPrograms(verbosity);
      return side;
    } catch (SessionException failure) {
      side.close();
      throw failure;
    }
  }

  private void createMaps() throws SessionException {
    systemCalls.raiseLockedMemoryLimit();
    MapCreator creator = new MapCreator(systemCalls, arena, descriptors);
    for (MapDefinition definition : object.maps()) {
      maps.add(creator.create(definition));
    }
    CounterEvents counters = new CounterEvents(systemCalls, descriptors);
    for (CounterMap counter : object.plan().counters()) {
      counters.start(counter, maps.get(counter.map()));
    }
    object
        .plan()
        .sessionMap()
        .ifPresent(place -> sessionMap = Optional.of(new SessionMap(bpf, maps.get(place), arena)));
  }

  private void loadPrograms(int verbosity) throws SessionException {
    List<Optional<ProgramDebugInfo>> debugInformation =
        DebugInformationLoader.load(bpf, descriptors, object);
    ProgramLoader loader =
        new ProgramLoader(bpf, maps, debugInformation, RunningKernel.versionCode(), verbosity);
    for (ProbeEntry probe : object.plan().probes()) {
      if (probe.program().isPresent()) {
        int place = probe.program().getAsInt();
        programs.put(
            place, descriptors.add(loader.load(object.programs().get(place), place, probe)));
      }
    }
  }

  /** The globals that live in maps, by their place in the program's globals. */
  Map<Integer, GlobalStore> globals() {
    Map<Integer, GlobalStore> stores = new HashMap<>();
    for (GlobalStorage storage : object.plan().globals()) {
      stores.put(storage.global(), store(storage));
    }
    return Map.copyOf(stores);
  }

  private GlobalStore store(GlobalStorage storage) {
    KernelMap map = maps.get(storage.map());
    if (storage.value() instanceof GlobalStorage.Field.Statistic(var layout, var additions)) {
      return new MapStatistics(
          bpf,
          map,
          additions.isPresent() ? Optional.of(maps.get(additions.getAsInt())) : Optional.empty(),
          storage,
          layout,
          object.plan().userProgram().globals().get(storage.global()),
          births(storage),
          arena);
    }
    return storage.isArray()
        ? new MapArray(bpf, map, storage, births(storage), arena)
        : new MapScalar(bpf, map, storage, arena);
  }

  private Optional<Births> births(GlobalStorage storage) {
    if (storage.births().isEmpty() || sessionMap.isEmpty()) {
      return Optional.empty();
    }
    List<KernelMap> others = new ArrayList<>(List.of(maps.get(storage.map())));
    if (storage.value() instanceof GlobalStorage.Field.Statistic statistic) {
      statistic.additions().ifPresent(place -> others.add(maps.get(place)));
    }
    return Optional.of(
        new Births(bpf, maps.get(storage.births().getAsInt()), sessionMap.get(), others, arena));
  }

  /**
   * Starts to read events.
   *
   * @param onMissing told of each program that is not there, whose processes are none then
   */
  void start(
      EventReader reader,
      SessionOutput output,
      SessionControl control,
      long targetProcess,
      Consumer<String> onMissing)
      throws SessionException {
    try {
      if (sessionMap.isPresent()) {
        sessionMap.get().refreshRealTimeOffset();
        sessionMap.get().setProcesses(targetProcess, ProcessHandle.current().pid());
        for (ProgramFile file : object.plan().programFiles()) {
          Optional<FileIdentity> identity = FileIdentity.of(Path.of(file.path()));
          if (identity.isPresent()) {
            sessionMap.get().setProgram(file.offset(), identity.get());
          } else {
            onMissing.accept(file.path());
          }
        }
        control.whenEnding(this::tellEnding);
      }
      EventLoop loop =
          new EventLoop(
              systemCalls, descriptors, eventSource(), reader, sessionMap, output, control);
      loop.start();
      eventLoop = Optional.of(loop);
    } catch (SystemCallException failure) {
      throw new SessionException("could not open the event buffer: " + failure.error().text());
    }
  }

  /** Tells the programs that the session ends: those that may see it do nothing any more. */
  private void tellEnding() {
    try {
      if (sessionMap.isPresent()) {
        sessionMap.get().setEnding();
      }
    } catch (SystemCallException fault) {
      throw new AssertionError(fault);
    }
  }

  private Optional<EventSource> eventSource() throws SystemCallException {
    if (object.plan().eventMap().isEmpty()) {
      return Optional.empty();
    }
    KernelMap map = maps.get(object.plan().eventMap().getAsInt());
    if (map.definition().type() == MapType.RINGBUF) {
      return Optional.of(
          new RingBuffer(systemCalls, arena, map.descriptor(), map.definition().maximumEntries()));
    }
    return Optional.of(new PerfBuffers(systemCalls, arena, descriptors, map.descriptor()));
  }

  /**
   * Attaches all programs, in the order of the script. A place that the kernel refuses is passed
   * over while there are others: a pattern may match functions that only the kernel knows to be out
   * of bounds.
   *
   * @param onAttached told of each probe
   * @param onRefused told of each place that was refused, why
   */
  void attach(Consumer<ProbeEntry> onAttached, Consumer<String> onRefused) throws SessionException {
    Attachers attachers = new Attachers(systemCalls);
    List<RefusedPlaceException> refusals = new ArrayList<>();
    boolean isAnyAttached = false;
    for (ProbeEntry probe : object.plan().probes()) {
      if (probe.program().isPresent()) {
        int place = probe.program().getAsInt();
        Integer program = programs.get(place);
        if (program != null) {
          try {
            attachers
                .attach(object.programs().get(place).kind(), probe, program)
                .forEach(attachments::add);
            isAnyAttached = true;
            onAttached.accept(probe);
          } catch (RefusedPlaceException refusal) {
            refusals.add(refusal);
          }
        }
      }
    }
    if (!isAnyAttached && !refusals.isEmpty()) {
      throw refusals.getFirst();
    }
    refusals.forEach(refusal -> onRefused.accept(refusal.text()));
  }

  /**
   * Tells the programs that the session ends, detaches them, and reads what they have sent. Again
   * does nothing.
   */
  void finish() throws InterruptedException {
    tellEnding();
    try {
      attachments.close();
      if (eventLoop.isPresent()) {
        eventLoop.get().finish();
        eventLoop = Optional.empty();
      }
    } catch (SystemCallException fault) {
      throw new AssertionError(fault);
    }
  }

  /**
   * Event records that the programs could not send. Of perf buffers both the programs and the
   * kernel count them, and neither sees all.
   */
  long lostEvents(EventReader reader) {
    try {
      return Math.max(reader.lost(), sessionMap.isPresent() ? sessionMap.get().lostEvents() : 0);
    } catch (SystemCallException fault) {
      throw new AssertionError(fault);
    }
  }

  /**
   * Handlers that were skipped because what they need was in use, or because they would have
   * interrupted themselves.
   */
  long skippedHandlers() {
    try {
      long skipped = sessionMap.isPresent() ? sessionMap.get().skipped() : 0;
      for (int program : programs.values()) {
        skipped += bpf.recursionMisses(program);
      }
      return skipped;
    } catch (SystemCallException fault) {
      throw new AssertionError(fault);
    }
  }

  /** Lets go of everything; {@link #finish} must have come before when {@link #start} did. */
  @Override
  public void close() {
    attachments.close();
    arena.close();
    descriptors.close();
  }
}
