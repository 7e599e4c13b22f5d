package dev.tapwright.compiler.object;

import dev.tapwright.compiler.bpf.MapDefinition;
import dev.tapwright.compiler.bpf.MapDefinition.MapType;
import dev.tapwright.compiler.object.ProgramImage.MapReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The names under which an object's maps and programs stand in its file, each once, and which of
 * the maps are data sections.
 *
 * <p>Loaders know two kinds of map: those described in {@code .maps}, which code takes as maps, and
 * sections of data, of which they make an array of one element that code addresses. So a map whose
 * value is addressed is a section of its own, {@code .data.NAME}, or {@code .rodata.NAME} when
 * programs only read it, which also has room for a first value.
 *
 * @param programs of each program
 * @param maps of each map
 */
record ObjectSymbols(List<String> programs, List<MapSymbol> maps) {
  ObjectSymbols {
    programs = List.copyOf(programs);
    maps = List.copyOf(maps);
  }

  /** A map in the file. */
  record MapSymbol(String name, MapDefinition definition, boolean isData) {
    /** The section that is the map's value. */
    String dataSection() {
      return (definition.isReadOnly() ? ".rodata." : ".data.") + name;
    }
  }

  static ObjectSymbols of(BpfObject object) {
    Set<String> taken = new HashSet<>();
    List<String> programs =
        object.programs().stream().map(program -> unique(program.name(), taken)).toList();
    List<MapSymbol> maps = new ArrayList<>();
    for (int i = 0; i < object.maps().size(); i++) {
      MapDefinition definition = object.maps().get(i);
      maps.add(new MapSymbol(unique(definition.name(), taken), definition, isData(object, i)));
    }
    return new ObjectSymbols(programs, maps);
  }

  private static boolean isData(BpfObject object, int map) {
    if (!isUsedOneWay(object, map)) {
      throw new IllegalArgumentException(
          "map "
              + object.maps().get(map).name()
              + " is addressed, but it is not an array of one element, or is used as a map too");
    }
    return references(object, map).anyMatch(MapReference::isValue);
  }

  /** Whether code takes a map as a map everywhere, or addresses its only element everywhere. */
  static boolean isUsedOneWay(BpfObject object, int map) {
    MapDefinition definition = object.maps().get(map);
    boolean isOneElement =
        definition.type() == MapType.ARRAY
            && definition.keySize() == 4
            && definition.maximumEntries() == 1;
    return references(object, map).noneMatch(MapReference::isValue)
        || (isOneElement && references(object, map).allMatch(MapReference::isValue));
  }

  private static Stream<MapReference> references(BpfObject object, int map) {
    return object.programs().stream()
        .flatMap(program -> program.mapReferences().stream())
        .filter(reference -> reference.map() == map);
  }

  /** A C identifier that is not taken yet, like the name. */
  private static String unique(String name, Set<String> taken) {
    String identifier = name.replaceAll("[^A-Za-z0-9_]", "_");
    if (identifier.isEmpty() || Character.isDigit(identifier.charAt(0))) {
      identifier = "_" + identifier;
    }
    String candidate = identifier;
    for (int i = 2; !taken.add(candidate); i++) {
      candidate = identifier + "_" + i;
    }
    return candidate;
  }
}
