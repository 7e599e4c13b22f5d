package dev.tapwright.compiler.object;

import dev.tapwright.compiler.object.ObjectSymbols.MapSymbol;
import dev.tapwright.compiler.object.ProgramImage.MapReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Writes a compiled script as an ELF file that libbpf, and with it bpftool, takes for one of its
 * own.
 *
 * <pre>
 *   .text                 the functions that programs call
 *   kprobe/… raw_tp/… …   code; programs of one section name share a section
 *   .rel…                 which constants are maps, and which calls are of which function
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

  /** Of each program, the symbols of its functions by their first slots. */
  private final List<Map<Integer, Integer>> functionSymbols = new ArrayList<>();

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
    DebugInformation information = DebugInformation.of(object, symbols);
    List<Integer> mapSymbols = addMaps();
    addFunctions(information, mapSymbols);
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

  /** Adds the functions of all programs, one behind the other. */
  private void addFunctions(DebugInformation information, List<Integer> mapSymbols) {
    int section = image.nextSection();
    ByteWriter code = new ByteWriter();
    for (int i = 0; i < object.programs().size(); i++) {
      ProgramImage program = object.programs().get(i);
      int offset = code.size() - 8 * program.mainSlots();
      List<DebugInformation.Function> functions = information.programs().get(i).functions();
      Map<Integer, Integer> itsSymbols = new HashMap<>();
      for (int f = 1; f < functions.size(); f++) {
        int start = functions.get(f).slot();
        int end = f + 1 < functions.size() ? functions.get(f + 1).slot() : program.slots().size();
        itsSymbols.put(
            start,
            image.addSymbol(
                functions.get(f).name(),
                ElfFile.GLOBAL_FUNCTION,
                section,
                offset + 8 * start,
                8 * (end - start)));
      }
      functionSymbols.add(itsSymbols);
      relocatable(program).stream().skip(program.mainSlots()).forEach(code::putLong);
    }
    if (code.size() == 0) {
      return;
    }
    image.add(ElfFile.FUNCTIONS, ElfFile.ALLOCATE | ElfFile.EXECUTE, 8, code.toBytes());
    ByteWriter relocations = new ByteWriter();
    int offset = 0;
    for (int i = 0; i < object.programs().size(); i++) {
      int mainSlots = object.programs().get(i).mainSlots();
      int slots = object.programs().get(i).slots().size();
      relocate(relocations, i, mainSlots, slots, offset - 8 * mainSlots, mapSymbols);
      offset += 8 * (slots - mainSlots);
    }
    if (relocations.size() > 0) {
      image.addRelocations(".rel" + ElfFile.FUNCTIONS, section, relocations.toBytes());
    }
  }

  private void addPrograms(String name, List<Integer> programs, List<Integer> mapSymbols) {
    ByteWriter code = new ByteWriter();
    ByteWriter relocations = new ByteWriter();
    List<Integer> starts = new ArrayList<>();
    for (int program : programs) {
      ProgramImage compiled = object.programs().get(program);
      starts.add(code.size());
      relocate(relocations, program, 0, compiled.mainSlots(), code.size(), mapSymbols);
      relocatable(compiled).stream().limit(compiled.mainSlots()).forEach(code::putLong);
    }
    int section = image.add(name, ElfFile.ALLOCATE | ElfFile.EXECUTE, 8, code.toBytes());
    for (int i = 0; i < programs.size(); i++) {
      image.addSymbol(
          symbols.programs().get(programs.get(i)),
          ElfFile.GLOBAL_FUNCTION,
          section,
          starts.get(i),
          object.programs().get(programs.get(i)).mainSlots() * 8);
    }
    if (relocations.size() > 0) {
      image.addRelocations(".rel" + name, section, relocations.toBytes());
    }
  }

  /**
   * Writes the relocations of a program's slots.
   *
   * @param offset bytes from the section's start to where the program's slot 0 is or would be
   */
  private void relocate(
      ByteWriter relocations,
      int program,
      int fromSlot,
      int toSlot,
      int offset,
      List<Integer> mapSymbols) {
    ProgramImage compiled = object.programs().get(program);
    for (MapReference reference : compiled.mapReferences()) {
      if (reference.slot() >= fromSlot && reference.slot() < toSlot) {
        long symbol = mapSymbols.get(reference.map());
        relocations
            .putLong(offset + 8L * reference.slot())
            .putLong((symbol << 32) | ElfFile.RELOCATE_CONSTANT);
      }
    }
    for (int slot : ProgramSlots.uses(compiled.slots())) {
      if (slot >= fromSlot && slot < toSlot) {
        int function = ProgramSlots.function(compiled.slots(), slot);
        long symbol = functionSymbols.get(program).getOrDefault(function, 0);
        boolean isCall = ProgramSlots.opcode(compiled.slots().get(slot)) == ProgramSlots.CALL;
        relocations
            .putLong(offset + 8L * slot)
            .putLong((symbol << 32) | (isCall ? ElfFile.RELOCATE_CALL : ElfFile.RELOCATE_CONSTANT));
      }
    }
  }

  /**
   * The code as loaders want it: no source register where a map is loaded, which the relocation
   * says, and the offset into a value in the first slot; where a function is called or its address
   * loaded, what the relocation's symbol adds up with to its first slot.
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
    for (int slot : ProgramSlots.uses(program.slots())) {
      boolean isCall = ProgramSlots.opcode(slots.get(slot)) == ProgramSlots.CALL;
      slots.set(slot, ProgramSlots.withImmediate(slots.get(slot), isCall ? -1 : 0));
    }
    return slots;
  }
}
