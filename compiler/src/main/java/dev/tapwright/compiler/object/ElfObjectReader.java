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
    int functions = elf.number(ElfFile.FUNCTIONS);
    Code code = new Code(program, mapSymbols, functions);
    code.append(symbol.section(), symbol.value(), symbol.size());
    if (program.functionSlots() != 0) {
      code.append(functions, 8L * program.firstFunction(), 8L * program.functionSlots());
    }
    code.relocate();
    return new ProgramImage(
        program.name(),
        program.section(),
        program.kind(),
        code.slots,
        code.references,
        program.lines());
  }

  /** The slots of a program and of its functions, and what the relocations say of them. */
  private final class Code {
    private final ObjectManifest.Program program;
    private final List<String> mapSymbols;
    private final int functionSection;
    private final List<Part> parts = new ArrayList<>();
    final List<Long> slots = new ArrayList<>();
    final List<MapReference> references = new ArrayList<>();

    Code(ObjectManifest.Program program, List<String> mapSymbols, int functionSection) {
      this.program = program;
      this.mapSymbols = mapSymbols;
      this.functionSection = functionSection;
    }

    /** A run of slots that lie together in a section, from an offset in bytes on. */
    private record Part(int section, long start, long size, int firstSlot) {}

    void append(int number, long start, long size) throws ObjectFormatException {
      Section section = elf.section(number);
      if (start < 0
          || size < 0
          || start > section.size()
          || size > section.size() - start
          || start % 8 != 0
          || size % 8 != 0) {
        throw ElfSections.damaged("the code of " + program.name() + " lies outside its section");
      }
      slotCount += size / 8;
      if (slotCount > bytes.length / 8) {
        throw ElfSections.damaged("its programs overlap");
      }
      parts.add(new Part(number, start, size, slots.size()));
      ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
      for (int at = 0; at < size; at += 8) {
        slots.add(file.getLong(section.offset() + (int) start + at));
      }
    }

    void relocate() throws ObjectFormatException {
      for (Part part : parts) {
        for (Relocation relocation : elf.relocations(part.section)) {
          long offset = relocation.offset() - part.start;
          if (offset < 0 || offset >= part.size) {
            continue;
          }
          if (offset % 8 != 0) {
            throw wrong();
          }
          int slot = part.firstSlot + (int) (offset / 8);
          if (relocation.symbol().section() == functionSection) {
            function(slot, relocation);
          } else {
            references.add(reference(slot, relocation.symbol()));
          }
        }
      }
      references.sort(Comparator.comparingInt(MapReference::slot));
    }

    private ObjectFormatException wrong() {
      return ElfSections.damaged("a relocation of " + program.name() + " is wrong");
    }

    /** Undoes what the writer did to a call, or to the address of a function. */
    private void function(int slot, Relocation relocation) throws ObjectFormatException {
      int mainSlots = slots.size() - program.functionSlots();
      long offset = relocation.symbol().value() - 8L * program.firstFunction();
      long opcode = ProgramSlots.opcode(slots.get(slot));
      if (offset < 0
          || offset % 8 != 0
          || offset >= 8L * program.functionSlots()
          || opcode != (relocation.isCall() ? ProgramSlots.CALL : ProgramSlots.LOAD_CONSTANT)) {
        throw wrong();
      }
      int target = mainSlots + (int) (offset / 8);
      slots.set(slot, ProgramSlots.withImmediate(slots.get(slot), target - slot - 1));
    }

    /** Undoes what the writer did to the slots for other loaders. */
    private MapReference reference(int slot, Symbol symbol) throws ObjectFormatException {
      int map = mapSymbols.indexOf(symbol.name());
      if (map < 0 || slot + 1 >= slots.size()) {
        throw wrong();
      }
      boolean isValue = !elf.section(symbol.section()).name().equals(MapTypes.SECTION);
      long first = slots.get(slot);
      int valueOffset = ProgramSlots.immediate(first);
      int source = isValue ? ProgramSlots.MAP_VALUE : ProgramSlots.MAP;
      slots.set(slot, ProgramSlots.withImmediate(ProgramSlots.withSource(first, source), 0));
      slots.set(
          slot + 1, ProgramSlots.withImmediate(slots.get(slot + 1), isValue ? valueOffset : 0));
      return new MapReference(slot, map, isValue);
    }
  }
}
