package dev.tapwright.compiler.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The tracing file system, where it is mounted and may be read: as a rule only by root. */
public final class Tracefs {
  private static final List<String> MOUNT_POINTS =
      List.of("/sys/kernel/tracing", "/sys/kernel/debug/tracing");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.\\-]+");

  private final MachineFiles files;

  Tracefs(MachineFiles files) {
    this.files = files;
  }

  /** That of this machine. */
  public static Tracefs ofThisMachine() {
    return new Tracefs(MachineFiles.ofThisMachine());
  }

  /**
   * The number of an event, by which {@code perf_event_open} knows it; read each time. Empty where
   * there is no such event or tracefs may not be read.
   */
  public OptionalInt eventId(String system, String name) {
    if (!NAME.matcher(system).matches() || !NAME.matcher(name).matches()) {
      return OptionalInt.empty();
    }
    return MOUNT_POINTS.stream()
        .flatMap(root -> files.text(root + "/events/" + system + "/" + name + "/id").stream())
        .filter(text -> text.matches("\\d{1,9}"))
        .mapToInt(Integer::parseInt)
        .findFirst();
  }

  /** The fields of an event's record; empty where tracefs may not be read. */
  Optional<List<Tracepoints.Field>> fields(String system, String name) {
    if (!NAME.matcher(system).matches() || !NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    return MOUNT_POINTS.stream()
        .flatMap(root -> files.text(root + "/events/" + system + "/" + name + "/format").stream())
        .findFirst()
        .map(TracepointFormat::parse);
  }

  /** All events; empty where tracefs may not be read. */
  Optional<List<Tracepoints.Tracepoint>> events() {
    return MOUNT_POINTS.stream()
        .flatMap(root -> files.text(root + "/available_events").stream())
        .findFirst()
        .map(Tracefs::parse);
  }

  /** Reads {@code available_events}: a line {@code system:name} for each. */
  private static List<Tracepoints.Tracepoint> parse(String text) {
    List<Tracepoints.Tracepoint> events = new ArrayList<>();
    text.lines()
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              if (colon > 0 && colon < line.length() - 1) {
                events.add(
                    new Tracepoints.Tracepoint(
                        line.substring(0, colon), line.substring(colon + 1)));
              }
            });
    return List.copyOf(events);
  }
}
