package dev.tapwright.compiler.object;

import dev.tapwright.compiler.bpf.MapDefinition;
import dev.tapwright.compiler.object.ObjectSymbols.MapSymbol;
import java.util.ArrayList;
import java.util.List;

/**
 * Describes maps as libbpf wants them: in section {@code .maps} a variable for each, a structure
 * whose members are pointers to arrays, so many elements long as the number is that the member
 * stands for.
 */
final class MapTypes {
  /** Name of the section. */
  static final String SECTION = ".maps";

  private static final int POINTER_BITS = 64;

  private MapTypes() {}

  /** A number of a map's description; zeros are left out. */
  private record Setting(String name, int value) {}

  private static List<Setting> settings(MapDefinition map) {
    List<Setting> settings = new ArrayList<>();
    settings.add(new Setting("type", map.type().number()));
    settings.add(new Setting("key_size", map.keySize()));
    settings.add(new Setting("value_size", map.valueSize()));
    settings.add(new Setting("max_entries", map.maximumEntries()));
    settings.add(new Setting("map_flags", map.flags()));
    settings.removeIf(setting -> setting.value() == 0);
    return settings;
  }

  /** Bytes of a map's variable in the section. */
  static int size(MapDefinition map) {
    return settings(map).size() * POINTER_BITS / 8;
  }

  static void write(BtfWriter writer, ObjectSymbols symbols) {
    if (symbols.maps().isEmpty()) {
      return;
    }
    int number = writer.integer("int", 4, true);
    int octet = writer.integer("unsigned char", 1, false);
    List<BtfWriter.Placed> placed = new ArrayList<>();
    int offset = 0;
    for (MapSymbol symbol : symbols.maps()) {
      if (symbol.isData()) {
        int size = symbol.definition().valueSize();
        int variable = writer.variable(symbol.name(), writer.array(octet, number, size));
        writer.dataSection(
            symbol.dataSection(), size, List.of(new BtfWriter.Placed(variable, 0, size)));
        continue;
      }
      List<BtfWriter.Member> members = new ArrayList<>();
      for (Setting setting : settings(symbol.definition())) {
        int pointer = writer.pointer(writer.array(number, number, setting.value()));
        members.add(new BtfWriter.Member(setting.name(), pointer, POINTER_BITS));
      }
      int variable = writer.variable(symbol.name(), writer.structure("", members));
      int size = size(symbol.definition());
      placed.add(new BtfWriter.Placed(variable, offset, size));
      offset += size;
    }
    if (!placed.isEmpty()) {
      writer.dataSection(SECTION, offset, placed);
    }
  }
}
