package dev.tapwright.compiler.object;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.bpf.CounterMap;
import dev.tapwright.compiler.bpf.GlobalStorage;
import dev.tapwright.compiler.bpf.KernelProgram.SourceLine;
import dev.tapwright.compiler.bpf.MapDefinition;
import dev.tapwright.compiler.bpf.MapDefinition.MapType;
import dev.tapwright.compiler.bpf.ProgramFile;
import dev.tapwright.compiler.bpf.SessionLayout;
import dev.tapwright.compiler.bpf.StatisticLayout;
import dev.tapwright.compiler.machine.GlobalDefinition;
import dev.tapwright.compiler.machine.HistogramShape;
import dev.tapwright.compiler.object.ProgramImage.MapReference;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Whether the parts of an object fit together: every place that one names in another is there. */
final class ObjectCheck {
  private final BpfObject object;

  private ObjectCheck(BpfObject object) {
    this.object = object;
  }

  static void check(BpfObject object) throws ObjectFormatException {
    ObjectCheck check = new ObjectCheck(object);
    check.maps();
    for (ProgramImage program : object.programs()) {
      check.program(program);
    }
    for (int i = 0; i < object.maps().size(); i++) {
      require(ObjectSymbols.isUsedOneWay(object, i), "map " + object.maps().get(i).name());
    }
    check.plan();
  }

  private void maps() throws ObjectFormatException {
    for (MapDefinition map : object.maps()) {
      require(
          map.keySize() >= 0
              && map.valueSize() >= 0
              && map.maximumEntries() >= 0
              && hasFittingContents(map),
          "map " + map.name());
    }
  }

  private static boolean hasFittingContents(MapDefinition map) {
    return map.contents().isEmpty()
        || (map.type() == MapDefinition.MapType.ARRAY
            && map.keySize() == Integer.BYTES
            && map.maximumEntries() > 0
            && map.contents().length() <= map.valueSize()
            && map.contents().chars().allMatch(value -> value <= 0xff));
  }

  private void program(ProgramImage program) throws ObjectFormatException {
    int size = program.slots().size();
    Set<Integer> taken = new TreeSet<>();
    for (MapReference reference : program.mapReferences()) {
      int slot = reference.slot();
      require(
          place(reference.map(), object.maps().size())
              && slot >= 0
              && slot + 1 < size
              && taken.add(slot)
              && ProgramSlots.opcode(program.slots().get(slot)) == ProgramSlots.LOAD_CONSTANT
              && ProgramSlots.opcode(program.slots().get(slot + 1)) == 0,
          "a map reference of " + program.name());
    }
    for (int function : ProgramSlots.allFunctions(program.slots())) {
      require(function > 0 && function < size, "a function of " + program.name());
    }
    int earlier = -1;
    for (SourceLine line : program.lines()) {
      require(
          line.instruction() > earlier && line.instruction() < size,
          "the lines of " + program.name());
      earlier = line.instruction();
    }
  }

  private void plan() throws ObjectFormatException {
    SessionPlan plan = object.plan();
    require(place(plan.sessionMap(), object.maps().size()), "the session map");
    require(place(plan.eventMap(), object.maps().size()), "the event map");
    for (CounterMap counter : plan.counters()) {
      require(
          place(counter.map(), object.maps().size())
              && object.maps().get(counter.map()).type() == MapType.PERF_EVENT_ARRAY,
          "a counter");
    }
    for (SessionPlan.ProbeEntry probe : plan.probes()) {
      require(place(probe.program(), object.programs().size()), "the program of " + probe.name());
    }
    for (ProgramFile file : plan.programFiles()) {
      require(
          plan.sessionMap().isPresent()
              && file.offset() >= SessionLayout.SIZE
              && file.offset() % Long.BYTES == 0
              && file.offset()
                  <= object.maps().get(plan.sessionMap().getAsInt()).valueSize() - 2 * Long.BYTES,
          "the program " + file.path());
    }
    for (GlobalStorage storage : plan.globals()) {
      require(
          storage.global() >= 0 && place(storage.map(), object.maps().size()), "a global variable");
      MapDefinition map = object.maps().get(storage.map());
      require(fits(storage.value(), map.valueSize()), "a global variable");
      if (storage.births().isPresent()) {
        require(
            place(storage.births(), object.maps().size())
                && areBirths(object.maps().get(storage.births().getAsInt()), map),
            "a global variable");
      }
      if (storage.value() instanceof GlobalStorage.Field.Statistic statistic) {
        statistic(storage, statistic, map);
      }
      for (GlobalStorage.Field key : storage.key()) {
        require(fits(key, map.keySize()), "a global variable");
      }
      List<GlobalDefinition> globals = plan.userProgram().globals();
      require(
          !place(storage.global(), globals.size())
              || agrees(storage, globals.get(storage.global())),
          "a global variable");
    }
  }

  private static boolean areBirths(MapDefinition births, MapDefinition elements) {
    return births.type() == MapType.HASH
        && births.keySize() == elements.keySize()
        && births.keySize() > 0
        && births.valueSize() == Long.BYTES;
  }

  private void statistic(
      GlobalStorage storage, GlobalStorage.Field.Statistic statistic, MapDefinition map)
      throws ObjectFormatException {
    List<GlobalDefinition> globals = object.plan().userProgram().globals();
    require(
        place(storage.global(), globals.size())
            && place(statistic.additions(), object.maps().size())
            && storage.key().stream().noneMatch(GlobalStorage.Field.Statistic.class::isInstance)
            && map.keySize() >= Integer.BYTES,
        "a statistic");
    List<HistogramShape> shapes = globals.get(storage.global()).histograms();
    require(shapes.size() == statistic.layout().histograms().size(), "a statistic");
    if (statistic.additions().isPresent()) {
      MapDefinition additions = object.maps().get(statistic.additions().getAsInt());
      require(
          additions.type() == MapType.HASH
              && additions.keySize() == map.keySize()
              && additions.valueSize() == map.valueSize(),
          "a statistic");
    }
  }

  /** Whether user-placed handlers take a variable for what it is in the kernel. */
  private static boolean agrees(GlobalStorage storage, GlobalDefinition definition) {
    boolean agrees =
        isType(storage.value(), definition.type())
            && storage.key().size() == definition.keys().size();
    for (int i = 0; agrees && i < storage.key().size(); i++) {
      agrees = isType(storage.key().get(i), definition.keys().get(i));
    }
    return agrees;
  }

  private static boolean isType(GlobalStorage.Field field, Type type) {
    return type
        == switch (field) {
          case GlobalStorage.Field.Number _ -> Type.LONG;
          case GlobalStorage.Field.Text _ -> Type.STRING;
          case GlobalStorage.Field.Statistic _ -> Type.STATISTICS;
        };
  }

  private static boolean fits(GlobalStorage.Field field, int size) {
    return switch (field) {
      case GlobalStorage.Field.Number(int offset) -> offset >= 0 && offset <= size - 8;
      case GlobalStorage.Field.Text(int offset, int capacity) ->
          offset >= 0 && capacity > 0 && capacity <= size && offset <= size - capacity;
      case GlobalStorage.Field.Statistic(StatisticLayout layout, var _) ->
          layout.size() == size
              && fits(StatisticLayout.COUNT, 8, size)
              && fits(layout.sum(), 8, size)
              && fits(layout.minimum(), layout.copies() * 8, size)
              && fits(layout.maximum(), layout.copies() * 8, size)
              && fits(layout.spreads(), StatisticLayout.SPREADS * StatisticLayout.SPREAD_SIZE, size)
              && layout.histograms().stream()
                  .allMatch(buckets -> fits(buckets.offset(), (long) buckets.count() * 8, size));
    };
  }

  private static boolean fits(OptionalInt offset, int bytes, int size) {
    return offset.isEmpty() || fits(offset.getAsInt(), bytes, size);
  }

  private static boolean fits(int offset, long bytes, int size) {
    return offset >= 0 && bytes >= 0 && offset + bytes <= size;
  }

  private static boolean place(OptionalInt number, int count) {
    return number.isEmpty() || place(number.getAsInt(), count);
  }

  private static boolean place(int number, int count) {
    return number >= 0 && number < count;
  }

  private static void require(boolean holds, String what) throws ObjectFormatException {
    if (!holds) {
      throw ElfSections.damaged(what + " is wrong");
    }
  }
}
