package dev.tapwright.compiler.target;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tracepoints from tracefs, and those that only BTF knows: all of them where tracefs may not be
 * read.
 */
final class MergedTracepoints implements Tracepoints {
  private final List<Tracepoint> all;
  private final Map<String, List<Tracepoint>> byName;
  private final boolean hasSystems;
  private final Optional<Tracefs> tracefs;

  /**
   * @param events what tracefs lists; empty where it may not be read
   * @param names what BTF lists
   */
  MergedTracepoints(Optional<List<Tracepoint>> events, List<String> names) {
    this(events, names, Optional.empty());
  }

  /**
   * @param tracefs where the fields of records are read; each time
   */
  MergedTracepoints(
      Optional<List<Tracepoint>> events, List<String> names, Optional<Tracefs> tracefs) {
    List<Tracepoint> merged = new ArrayList<>(events.orElse(List.of()));
    Set<String> known =
        merged.stream().map(Tracepoint::name).collect(Collectors.toCollection(HashSet::new));
    names.stream().filter(known::add).forEach(name -> merged.add(new Tracepoint("", name)));
    merged.sort(Comparator.comparing(Tracepoint::system).thenComparing(Tracepoint::name));
    all = List.copyOf(merged);
    byName = all.stream().collect(Collectors.groupingBy(Tracepoint::name));
    hasSystems = events.isPresent();
    this.tracefs = tracefs;
  }

  @Override
  public Optional<List<Field>> fields(Tracepoint tracepoint) {
    return tracefs.flatMap(files -> files.fields(tracepoint.system(), tracepoint.name()));
  }

  @Override
  public List<Tracepoint> matching(String glob) {
    int colon = glob.indexOf(':');
    String namePattern = glob.substring(colon + 1);
    Glob name = Glob.of(namePattern);
    Glob system = Glob.of(colon < 0 ? "*" : glob.substring(0, colon));
    List<Tracepoint> candidates =
        Glob.isPattern(namePattern) ? all : byName.getOrDefault(namePattern, List.of());
    return candidates.stream()
        .filter(tracepoint -> name.matches(tracepoint.name()))
        // Where nobody knows the systems, a script that names one is believed.
        .filter(tracepoint -> !hasSystems || system.matches(tracepoint.system()))
        .toList();
  }
}
