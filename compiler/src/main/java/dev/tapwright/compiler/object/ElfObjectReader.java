package dev.tapwright.compiler.object;

import dev.tapwright.compiler.object.ElfSections.Relocation;
import dev.tapwright.compiler.object.ElfSections.Section;
import dev.tapwright.compiler.object.ElfSections.Symbol;
import dev.tapwright.compiler.object.ProgramImage.MapReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Reads what {@link ElfObjectWriter} has written. Whatever the bytes are, the answer is an object
 * or a message.
 */
public final class ElfObjectReader {
  private final byte[] bytes;
  private final ElfSections elf;

  /**
   * Slots read so far: programs do not overlap, so that they are no more than the file has room
   * for.
   */
  private long slotCount;

  private ElfObjectReader(byte[] bytes) throws ObjectFormatException {
    this.bytes = bytes;
    this.elf = ElfSections.read(bytes);
  }

  /** Reads the bytes of a file. */
  public static ObjectReading read(byte[] bytes) {
    try {
      return new ObjectReading.Read(new ElfObjectReader(bytes.clone()).read());
    } catch (ObjectFormatException wrong) {
      return new ObjectReading.Refused(String.valueOf(wrong.getMessage()));
    }
  }

  private BpfObject read() throws ObjectFormatException {
    ObjectManifest manifest = manifest();
    Map<String, Symbol> symbols = new HashMap<>();
    elf.symbols().forEach(symbol -> symbols.putIfAbsent(symbol.name(), symbol));
    List<ProgramImage> programs = new ArrayList<>();
    for (ObjectManifest.Program program : manifest.programs()) {
      Symbol symbol = symbols.get(program.symbol());
      if (symbol == null) {
        throw ElfSections.damaged("program " + program.name() + " has no code");
      }
      programs.add(program(program, symbol, manifest.mapSymbols()));
    }
    BpfObject object =
        new BpfObject(
            manifest.scriptName(),
            manifest.kernelVersion(),
            manifest.maps(),
            programs,
            manifest.plan());
    ObjectCheck.check(object);
    return object;
  }

  private ObjectManifest manifest() throws ObjectFormatException {
    Section section =
        elf.section(ElfFile.MANIFEST)
            .orElseThrow(
                () ->
                    new ObjectFormatException(
                        "not a compiled script of Tapwright: it has no section "
                            + ElfFile.MANIFEST));
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    int start = section.offset();
    int magicLength = ElfFile.MANIFEST_MAGIC.length;
    if (section.size() < ElfFile.MANIFEST_OFFSET
        || !Arrays.equals(
            bytes, start, start + magicLength, ElfFile.MANIFEST_MAGIC, 0, magicLength)) {
      throw ElfSections.damaged("section " + ElfFile.MANIFEST + " is wrong");
    }
    int version = file.getInt(start + ElfFile.VERSION_OFFSET);
    int checksum = file.getInt(start + ElfFile.CHECKSUM_OFFSET);
    file.putInt(start + ElfFile.CHECKSUM_OFFSET, 0);
    CRC32C actual = new CRC32C();
    actual.update(bytes);
    if ((int) actual.getValue() != checksum) {
      throw ElfSections.damaged("its checksum does not fit");
    }
    if (version != ElfFile.MANIFEST_VERSION) {
      throw ofAnotherVersion("format " + version);
    }
    try {
      return RecordCodec.decode(
          bytes, start + ElfFile.MANIFEST_OFFSET, start + section.size(), ObjectManifest.class);
    } catch (RecordCodecException different) {
      throw ofAnotherVersion(String.valueOf(different.getMessage()));
    }
  }

  private static ObjectFormatException ofAnotherVersion(String detail) {
    return new ObjectFormatException(
        "compiled by another version of Tapwright, compile it again (" + detail + ")");
  }

  private ProgramImage program(
      ObjectManifest.Program program, Symbol symbol, List<String> mapSymbols)
      throws ObjectFormatException {
    Section section = elf.section(symbol.section());
    long start = symbol.value();
    long size = symbol.size();
    if (start < 0 || size < 0 || size > section.size() - start || start % 8 != 0 || size % 8 != 0) {
      throw ElfSections.damaged("the code of " + program.name() + " lies outside its section");
    }
    slotCount += size / 8;
    if (slotCount > bytes.length / 8) {
      throw ElfSections.damaged("its programs overlap");
    }
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    List<Long> slots = new ArrayList<>();
    for (int at = 0; at < size; at += 8) {
      slots.add(file.getLong(section.offset() + (int) start + at));
    }
    List<MapReference> references = new ArrayList<>();
    for (Relocation relocation : elf.relocations(symbol.section())) {
      long offset = relocation.offset() - start;
      if (offset >= 0 && offset < size) {
        references.add(reference(program, (int) offset, relocation.symbol(), mapSymbols, slots));
      }
    }
    references.sort(Comparator.comparingInt(MapReference::slot));
    return new ProgramImage(
        program.name(), program.section(), program.kind(), slots, references, program.lines());
  }

  /** Undoes what the writer did to the slots for other loaders. */
  private MapReference reference(
      ObjectManifest.Program program,
      int offset,
      Symbol symbol,
      List<String> mapSymbols,
      List<Long> slots)
      throws ObjectFormatException {
    int map = mapSymbols.indexOf(symbol.name());
    int slot = offset / 8;
    if (map < 0 || offset % 8 != 0 || slot + 1 >= slots.size()) {
      throw ElfSections.damaged("a relocation of " + program.name() + " is wrong");
    }
    boolean isValue = !elf.section(symbol.section()).name().equals(MapTypes.SECTION);
    long first = slots.get(slot);
    int valueOffset = ProgramSlots.immediate(first);
    int source = isValue ? ProgramSlots.MAP_VALUE : ProgramSlots.MAP;
    slots.set(slot, ProgramSlots.withImmediate(ProgramSlots.withSource(first, source), 0));
    slots.set(slot + 1, ProgramSlots.withImmediate(slots.get(slot + 1), isValue ? valueOffset : 0));
    return new MapReference(slot, map, isValue);
  }
}
