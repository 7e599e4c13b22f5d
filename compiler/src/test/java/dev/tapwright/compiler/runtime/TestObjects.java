package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.bpf.EventFormat;
import dev.tapwright.compiler.bpf.GlobalStorage;
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
import java.util.OptionalInt;

/** Compiled scripts made by hand. Map 0 is the session map, map 1 the ring buffer, further maps are the test's. */
final class TestObjects {
  static final int SESSION_MAP = 0;
  static final int EVENT_MAP = 1;

  static final MapDefinition SESSION =
      new MapDefinition("session", MapType.ARRAY, 4, SessionLayout.SIZE, 1, MapDefinition.MEMORY_MAPPABLE);
  static final MapDefinition EVENTS = new MapDefinition("events", MapType.RINGBUF, 0, 0, 1 << 18, 0);

  static final List<EventFormat.Argument> ONE_NUMBER = List.of(new EventFormat.Argument.Number());

  private TestObjects() {}

  static PrintFormat format(FormatPart... parts) {
    return new PrintFormat(List.of(parts));
  }

  static FormatPart text(String text) {
    return new FormatPart.Text(text);
  }

  static FormatPart number() {
    return new FormatPart.Directive(
        FormatPart.Flag.NONE,
        new FormatPart.Size.Absent(),
        new FormatPart.Size.Absent(),
        FormatPart.Conversion.SIGNED);
  }

  static BpfObject object(
      List<MapDefinition> maps,
      List<EventFormat> events,
      List<GlobalStorage> globals,
      ProgramKind kind,
      AttachPoint point,
      Assembly code) {
    ProgramImage image =
        new ProgramImage(
            "probe_0",
            "probe",
            kind,
            code.slots(),
            code.references(),
            List.of(new SourceLine(0, "test.stp", "probe test { hello() }", 3, 14)));
    SessionPlan plan =
        new SessionPlan(
            List.of(new ProbeEntry(point, "test.point", OptionalInt.of(0), OptionalInt.empty())),
            OptionalInt.of(SESSION_MAP),
            OptionalInt.of(EVENT_MAP),
            events,
            globals,
            UserProgram.empty(),
            0);
    return new BpfObject("test.stp", 0, maps, List.of(image), plan);
  }

  /** Sends an event without arguments through the ring buffer, and with it the helper's own way of failing. */
  static Assembly send(Assembly code, int format) {
    return code.storeWord(10, -8, format)
        .storeWord(10, -4, 0)
        .map(1, EVENT_MAP)
        .copy(2, 10)
        .add(2, -8)
        .set(3, 8)
        .set(4, 0)
        .call(130);
  }
}
