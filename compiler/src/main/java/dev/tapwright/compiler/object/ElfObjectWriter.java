package dev.tapwright.compiler.object;

import dev.tapwright.compiler.object.ObjectSymbols.MapSymbol;
import dev.tapwright.compiler.object.ProgramImage.MapReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Writes a compiled script as an ELF file that libbpf, and with it bpftool, takes for one of its
 * own.
 *
 * <pre>
 *   kprobe/… raw_tp/… …   code; programs of one section name share a section
 *   .rel…                 which constants are maps
 *   .maps                 zeros, a symbol for each map; what it is stands in .BTF
 *   .data.NAME            the first value of a map whose value code addresses
 *   .rodata.NAME          the same where code only reads it
 *   license version       for the kernel
 *   .BTF .BTF.ext         types of the maps, functions, script lines
 *   .tapwright            {@link ObjectManifest}
 *   .symtab .strtab
 * </pre>
 */
public final class ElfObjectWriter {
  private final BpfObject object;
  private final ObjectSymbols symbols;
  private final ElfImage image = new ElfImage();

  private ElfObjectWriter(BpfObject object) {
    this.object = object;
    this.symbols = ObjectSymbols.of(object);
  }

  /** The bytes of the file. */
  public static byte[] write(BpfObject object) {
    return new ElfObjectWriter(object).write();
  }

  private byte[] write() {
    Map<String, List<Integer>> programsBySection = new LinkedHashMap<>();
    for (int i = 0; i < object.programs().size(); i++) {
      programsBySection
          .computeIfAbsent(object.programs().get(i).section(), _ -> new ArrayList<>())
          .add(i);
    }
    List<Integer> mapSymbols = addMaps();
    programsBySection.forEach((section, programs) -> addPrograms(section, programs, mapSymbols));
    image.add(
        "license",
        ElfFile.ALLOCATE | ElfFile.WRITE,
        1,
        "GPL\0".getBytes(StandardCharsets.US_ASCII));
    image.add(
        "version",
        ElfFile.ALLOCATE | ElfFile.WRITE,
        4,
        new ByteWriter().putInt(object.kernelVersion()).toBytes());
    if (!object.programs().isEmpty() || !object.maps().isEmpty()) {
      DebugInformation information = DebugInformation.of(object, symbols);
      BtfExtension extension = BtfExtension.of(object, information, programsBySection);
      image.add(".BTF", 0, 4, extension.types());
      image.add(".BTF.ext", 0, 4, extension.bytes());
    }
    int manifest = image.add(ElfFile.MANIFEST, 0, 8, manifest());
    byte[] file = image.toBytes();
    seal(file, image.offsetOf(manifest));
    return file;
  }

  /** Writes the checksum, which is over the whole file, so that damage is found wherever it is. */
  static void seal(byte[] file, int manifestOffset) {
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.nativeOrder());
    int place = manifestOffset + ElfFile.CHECKSUM_OFFSET;
    buffer.putInt(place, 0);
    CRC32C checksum = new CRC32C();
    checksum.update(file);
    buffer.putInt(place, (int) checksum.getValue());
  }

  private byte[] manifest() {
    return new ByteWriter()
        .putBytes(ElfFile.MANIFEST_MAGIC)
        .putInt(ElfFile.MANIFEST_VERSION)
        .putInt(0)
        .putBytes(RecordCodec.encode(ObjectManifest.of(object, symbols)))
        .toBytes();
  }

  /** Gives the symbol of each map. */
  private List<Integer> addMaps() {
    int size =
        symbols.maps().stream()
            .filter(map -> !map.isData())
            .mapToInt(map -> MapTypes.size(map.definition()))
            .sum();
    int flags = ElfFile.ALLOCATE | ElfFile.WRITE;
    int described = size == 0 ? 0 : image.add(MapTypes.SECTION, flags, 8, new byte[size]);
    List<Integer> numbers = new ArrayList<>();
    int offset = 0;
    for (MapSymbol map : symbols.maps()) {
      if (map.isData()) {
        int valueSize = map.definition().valueSize();
        byte[] value =
            Arrays.copyOf(
                map.definition().contents().getBytes(StandardCharsets.ISO_8859_1), valueSize);
        int access = map.definition().isReadOnly() ? ElfFile.ALLOCATE : flags;
        int section = image.add(map.dataSection(), access, 8, value);
        numbers.add(image.addSymbol(map.name(), ElfFile.GLOBAL_OBJECT, section, 0, valueSize));
      } else {
        int mapSize = MapTypes.size(map.definition());
        numbers.add(image.addSymbol(map.name(), ElfFile.GLOBAL_OBJECT, described, offset, mapSize));
        offset += mapSize;
      }
    }
    return numbers;
  }

  private void addPrograms(String name, List<Integer> programs, List<Integer> mapSymbols) {
    ByteWriter code = new ByteWriter();
    ByteWriter relocations = new ByteWriter();
    List<Integer> starts = new ArrayList<>();
    for (int program : programs) {
      ProgramImage compiled = object.programs().get(program);
      int start = code.size();
      starts.add(start);
      relocatable(compiled).forEach(code::putLong);
      for (MapReference reference : compiled.mapReferences()) {
        long symbol = mapSymbols.get(reference.map());
        relocations
            .putLong(start + 8L * reference.slot())
            .putLong((symbol << 32) | ElfFile.RELOCATE_CONSTANT);
      }
    }
    int section = image.add(name, ElfFile.ALLOCATE | ElfFile.EXECUTE, 8, code.toBytes());
    for (int i = 0; i < programs.size(); i++) {
      int size = object.programs().get(programs.get(i)).slots().size() * 8;
      image.addSymbol(
          symbols.programs().get(programs.get(i)),
          ElfFile.GLOBAL_FUNCTION,
          section,
          starts.get(i),
          size);
    }
    if (relocations.size() > 0) {
      image.addRelocations(".rel" + name, section, relocations.toBytes());
    }
  }

  /**
   * The code as loaders want it: no source register where a map is loaded, which the relocation
   * says, and the offset into a value in the first slot.
   */
  private static List<Long> relocatable(ProgramImage program) {
    List<Long> slots = new ArrayList<>(program.slots());
    for (MapReference reference : program.mapReferences()) {
      int slot = reference.slot();
      int offset = reference.isValue() ? ProgramSlots.immediate(slots.get(slot + 1)) : 0;
      slots.set(
          slot, ProgramSlots.withImmediate(ProgramSlots.withSource(slots.get(slot), 0), offset));
      slots.set(slot + 1, ProgramSlots.withImmediate(slots.get(slot + 1), 0));
    }
    return slots;
  }
}
