package dev.tapwright.compiler.object;

import dev.tapwright.compiler.bpf.CounterMap;
import dev.tapwright.compiler.bpf.EventFormat;
import dev.tapwright.compiler.bpf.GlobalStorage;
import dev.tapwright.compiler.bpf.KernelProgram.ProgramKind;
import dev.tapwright.compiler.bpf.KernelProgram.SourceLine;
import dev.tapwright.compiler.bpf.MapDefinition;
import dev.tapwright.compiler.bpf.MapDefinition.MapType;
import dev.tapwright.compiler.bpf.SessionLayout;
import dev.tapwright.compiler.machine.UserProgram;
import dev.tapwright.compiler.object.ProgramImage.MapReference;
import dev.tapwright.compiler.object.SessionPlan.ProbeEntry;
import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.PrintFormat;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Compiled scripts made by hand, whose programs the kernel accepts. */
final class SampleObjects {
  private static final String SCRIPT = "switches.stp";

  private static final int SESSION = 0;
  private static final int COUNTS = 1;
  private static final int EVENTS = 2;
  private static final int CLOCK = 4;
  private static final int SCALARS = 3;

  private SampleObjects() {}

  /** One slot of code. */
  private static long slot(int opcode, int destination, int source, int offset, int immediate) {
    if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
      return opcode
          | ((long) destination << 8)
          | ((long) source << 12)
          | ((offset & 0xffffL) << 16)
          | ((long) immediate << 32);
    }
    return ((long) opcode << 56)
        | ((long) destination << 52)
        | ((long) source << 48)
        | ((offset & 0xffffL) << 32)
        | (immediate & 0xffff_ffffL);
  }

  /** Counts in a field of two addressed maps. */
  private static ProgramImage addressing(String name, String section, ProgramKind kind) {
    List<Long> slots =
        List.of(
            slot(0x18, 1, ProgramSlots.MAP_VALUE, 0, 0),
            slot(0, 0, 0, 0, SessionLayout.LOST_EVENTS),
            slot(0xb7, 2, 0, 0, 1),
            slot(0xdb, 1, 2, 0, 0),
            slot(0x18, 1, ProgramSlots.MAP_VALUE, 0, 0),
            slot(0, 0, 0, 0, 8),
            slot(0xdb, 1, 2, 0, 0),
            slot(0xb7, 0, 0, 0, 0),
            slot(0x95, 0, 0, 0, 0));
    return new ProgramImage(
        name,
        section,
        kind,
        slots,
        List.of(new MapReference(0, SESSION, true), new MapReference(4, SCALARS, true)),
        List.of(
            new SourceLine(0, SCRIPT, "probe kernel.trace(\"sched_switch\") {", 3, 1),
            new SourceLine(4, SCRIPT, "  total++ # caf\u00e9 \udce9", 4, 3)));
  }

  /** Looks an element up. */
  private static ProgramImage lookingUp(String name, String section, ProgramKind kind) {
    List<Long> slots =
        List.of(
            slot(0x7a, 10, 0, -8, 0),
            slot(0xbf, 2, 10, 0, 0),
            slot(0x07, 2, 0, 0, -8),
            slot(0x18, 1, ProgramSlots.MAP, 0, 0),
            slot(0, 0, 0, 0, 0),
            slot(0x85, 0, 0, 0, 1),
            slot(0xb7, 0, 0, 0, 0),
            slot(0x95, 0, 0, 0, 0));
    return new ProgramImage(
        name,
        section,
        kind,
        slots,
        List.of(new MapReference(3, COUNTS, false)),
        List.of(
            new SourceLine(0, SCRIPT, "probe kernel.trace(\"sched_switch\") { counts[0] }", 7, 1)));
  }

  /**
   * Every kind of program that loads without a function to attach to, two of them of one section.
   */
  static BpfObject full() {
    List<MapDefinition> maps =
        List.of(
            new MapDefinition(
                "session", MapType.ARRAY, 4, SessionLayout.SIZE, 1, MapDefinition.MEMORY_MAPPABLE),
            new MapDefinition("counts", MapType.HASH, 8, 8, 2048, 0),
            new MapDefinition("events", MapType.RINGBUF, 0, 0, 1 << 16, 0),
            new MapDefinition("scalars", MapType.ARRAY, 4, 16, 1, MapDefinition.MEMORY_MAPPABLE),
            new MapDefinition("clock", MapType.PERF_EVENT_ARRAY, 4, 4, 0, 0));
    AttachPoint traced = new AttachPoint.Tracepoint("sched", "sched_switch");
    AttachPoint function =
        new AttachPoint.KernelFunction(
            "vfs_read", OptionalLong.of(0x1000), Optional.empty(), false, Optional.of(7));
    AttachPoint user = new AttachPoint.UserFunction("/usr/bin/true", "main", 0x1000, true);
    List<ProgramImage> programs =
        List.of(
            addressing(
                "switch_1",
                SectionNames.of(ProgramKind.RAW_TRACEPOINT, traced),
                ProgramKind.RAW_TRACEPOINT),
            lookingUp(
                "switch_2",
                SectionNames.of(ProgramKind.RAW_TRACEPOINT, traced),
                ProgramKind.RAW_TRACEPOINT),
            lookingUp(
                "switch_3",
                SectionNames.of(ProgramKind.TRACEPOINT, traced),
                ProgramKind.TRACEPOINT),
            addressing(
                "vfs_read", SectionNames.of(ProgramKind.KPROBE, function), ProgramKind.KPROBE),
            lookingUp(
                "vfs_read",
                SectionNames.of(ProgramKind.KRETPROBE, function),
                ProgramKind.KRETPROBE),
            addressing("main", SectionNames.of(ProgramKind.UPROBE, user), ProgramKind.UPROBE),
            addressing(
                "main_return",
                SectionNames.of(ProgramKind.URETPROBE, user),
                ProgramKind.URETPROBE));
    List<ProbeEntry> probes = new ArrayList<>();
    probes.add(
        new ProbeEntry(
            new AttachPoint.Begin(-5), "begin(-5)", OptionalInt.empty(), OptionalInt.of(0)));
    probes.add(
        new ProbeEntry(new AttachPoint.Never(), "never", OptionalInt.empty(), OptionalInt.of(1)));
    probes.add(
        new ProbeEntry(
            new AttachPoint.Timer(5, Long.MAX_VALUE), "t", OptionalInt.empty(), OptionalInt.of(2)));
    probes.add(
        new ProbeEntry(
            traced, "kernel.trace(\"sched_switch\")", OptionalInt.of(0), OptionalInt.empty()));
    probes.add(
        new ProbeEntry(
            function, "kernel.function(\"vfs_read\")", OptionalInt.of(3), OptionalInt.empty()));
    probes.add(new ProbeEntry(user, "process", OptionalInt.of(6), OptionalInt.empty()));
    PrintFormat format =
        new PrintFormat(
            List.of(
                new FormatPart.Text("caf\u00e9 \u20ac \udce9\0"),
                new FormatPart.Directive(
                    FormatPart.Flag.ZERO,
                    new FormatPart.Size.Fixed(8),
                    new FormatPart.Size.Absent(),
                    FormatPart.Conversion.HEXADECIMAL)));
    SessionPlan plan =
        new SessionPlan(
            Optional.empty(),
            probes,
            OptionalInt.of(SESSION),
            OptionalInt.of(EVENTS),
            List.of(
                new EventFormat.Print(format, List.of(new EventFormat.Argument.Number())),
                new EventFormat.Fault(format, List.of(new EventFormat.Argument.Text(16))),
                new EventFormat.Exit()),
            List.of(new CounterMap(CLOCK, 1, 2)),
            List.of(),
            List.of(
                new GlobalStorage(0, SCALARS, List.of(), new GlobalStorage.Field.Number(8)),
                new GlobalStorage(
                    1,
                    COUNTS,
                    List.of(new GlobalStorage.Field.Text(0, 8)),
                    new GlobalStorage.Field.Number(0))),
            UserProgram.empty(),
            0);
    return new BpfObject(SCRIPT, 0x06_12_00, maps, programs, plan);
  }

  /** A script without kernel programs. */
  static BpfObject userOnly() {
    SessionPlan plan =
        new SessionPlan(
            Optional.empty(),
            List.of(
                new ProbeEntry(
                    new AttachPoint.Begin(0), "begin", OptionalInt.empty(), OptionalInt.of(0))),
            OptionalInt.empty(),
            OptionalInt.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            UserProgram.empty(),
            0);
    return new BpfObject("hello.stp", 0, List.of(), List.of(), plan);
  }
}
