package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.bpf.EventFormat;
import dev.tapwright.compiler.bpf.KernelProgram.ProgramKind;
import dev.tapwright.compiler.bpf.KernelProgram.SourceLine;
import dev.tapwright.compiler.bpf.MapDefinition;
import dev.tapwright.compiler.bpf.MapDefinition.MapType;
import dev.tapwright.compiler.bpf.SessionLayout;
import dev.tapwright.compiler.machine.UserProgram;
import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.compiler.object.ProgramImage;
import dev.tapwright.compiler.object.SessionPlan;
import dev.tapwright.compiler.object.SessionPlan.ProbeEntry;
import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.syntax.format.FormatPart;
import dev.tapwright.syntax.format.PrintFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Compiled scripts made by hand. Map 0 is the session map, map 1 the ring buffer, further maps are
 * the test's.
 */
final class TestObjects {
  static final int SESSION_MAP = 0;
  static final int EVENT_MAP = 1;

  static final MapDefinition SESSION =
      new MapDefinition(
          "session", MapType.ARRAY, 4, SessionLayout.SIZE, 1, MapDefinition.MEMORY_MAPPABLE);
  static final MapDefinition EVENTS =
      new MapDefinition("events", MapType.RINGBUF, 0, 0, 1 << 18, 0);

  /** {@code bpf_ringbuf_output}. */
  static final int RINGBUF_OUTPUT = 130;

  private TestObjects() {}

  static final List<MapDefinition> MAPS = List.of(SESSION, EVENTS);

  /** A script of one probe whose handler is that code. */
  static BpfObject object(
      ProgramKind kind, AttachPoint point, Assembly code, EventFormat... events) {
    return object("probe_0", MAPS, kind, point, code, events);
  }

  /** A script of one probe whose program has a name of its own. */
  static BpfObject object(
      String name, ProgramKind kind, AttachPoint point, Assembly code, EventFormat... events) {
    return object(name, MAPS, kind, point, code, events);
  }

  /** A script of one probe whose handler is that code, with maps of its own. */
  static BpfObject object(
      List<MapDefinition> maps,
      ProgramKind kind,
      AttachPoint point,
      Assembly code,
      EventFormat... events) {
    return object("probe_0", maps, kind, point, code, events);
  }

  private static BpfObject object(
      String name,
      List<MapDefinition> maps,
      ProgramKind kind,
      AttachPoint point,
      Assembly code,
      EventFormat... events) {
    ProgramImage image =
        new ProgramImage(
            name,
            "probe",
            kind,
            code.slots(),
            code.references(),
            List.of(new SourceLine(0, "test.stp", "probe test { hello() }", 3, 14)));
    ProbeEntry probe = new ProbeEntry(point, "test.point", OptionalInt.of(0), OptionalInt.empty());
    SessionPlan plan =
        new SessionPlan(
            Optional.empty(),
            List.of(probe),
            OptionalInt.of(SESSION_MAP),
            OptionalInt.of(EVENT_MAP),
            List.of(events),
            List.of(),
            List.of(),
            List.of(),
            UserProgram.empty(),
            0);
    return new BpfObject("test.stp", 0, maps, List.of(image), plan);
  }

  /** {@code printf(text)}. */
  static EventFormat print(String text) {
    return new EventFormat.Print(format(text(text)), List.of());
  }

  /** {@code printf("%d\n", number)}. */
  static EventFormat printNumber() {
    return new EventFormat.Print(
        format(number(), text("\n")), List.of(new EventFormat.Argument.Number()));
  }

  private static PrintFormat format(FormatPart... parts) {
    return new PrintFormat(List.of(parts));
  }

  private static FormatPart text(String text) {
    return new FormatPart.Text(text);
  }

  private static FormatPart number() {
    return new FormatPart.Directive(
        FormatPart.Flag.NONE,
        new FormatPart.Size.Absent(),
        new FormatPart.Size.Absent(),
        FormatPart.Conversion.SIGNED);
  }

  /** Sends an event without arguments through the ring buffer; R0 is 0 unless it is full. */
  static Assembly send(Assembly code, int format) {
    return code.storeWord(10, -8, format)
        .storeWord(10, -4, 0)
        .map(1, EVENT_MAP)
        .copy(2, 10)
        .add(2, -8)
        .set(3, 8)
        .set(4, 0)
        .call(RINGBUF_OUTPUT);
  }

  /** Sends an event with R6 as its argument through the ring buffer. */
  static Assembly sendNumber(Assembly code, int format) {
    return code.storeWord(10, -16, format)
        .storeWord(10, -12, 0)
        .storeRegister(10, -8, 6)
        .map(1, EVENT_MAP)
        .copy(2, 10)
        .add(2, -16)
        .set(3, 16)
        .set(4, 0)
        .call(RINGBUF_OUTPUT);
  }

  /** {@code exit()}, when format is that of an {@link EventFormat.Exit}. */
  static Assembly exit(Assembly code, int format) {
    return send(code, format).mapValue(1, SESSION_MAP, SessionLayout.STATE).storeLong(1, 0, 1);
  }
}
