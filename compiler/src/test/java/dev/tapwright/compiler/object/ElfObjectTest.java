package dev.tapwright.compiler.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapwright.compiler.bpf.MapDefinition;
import dev.tapwright.compiler.bpf.MapDefinition.MapType;
import dev.tapwright.compiler.object.ProgramImage.MapReference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElfObjectTest {
  @Test
  void whatIsWrittenIsReadBack() {
    for (BpfObject object : List.of(SampleObjects.full(), SampleObjects.userOnly())) {
      byte[] file = ElfObjectWriter.write(object);
      assertThat(ElfObjectReader.read(file)).isEqualTo(new ObjectReading.Read(object));
      assertThat(ElfObjectWriter.write(object)).as("the same bytes each time").isEqualTo(file);
    }
  }

  @Test
  void everyDamagedByteIsFound() {
    byte[] file = ElfObjectWriter.write(SampleObjects.full());
    for (int i = 0; i < file.length; i++) {
      for (int mask : new int[] {0x01, 0x80, 0xff}) {
        byte[] damaged = file.clone();
        damaged[i] ^= (byte) mask;
        assertThat(messageOf(damaged)).as("byte %d", i).isNotEmpty();
      }
    }
  }

  /** Whoever damages a file on purpose can make the checksum fit again. */
  @Test
  void damageWithAFittingChecksumGivesAMessageOrAnObject() {
    byte[] file = ElfObjectWriter.write(SampleObjects.full());
    int manifest = new String(file, StandardCharsets.ISO_8859_1).indexOf("Tapwright");
    int refused = 0;
    for (int i = 0; i < file.length; i++) {
      for (int mask : new int[] {0x01, 0x80, 0xff}) {
        byte[] damaged = file.clone();
        damaged[i] ^= (byte) mask;
        ElfObjectWriter.seal(damaged, manifest);
        switch (ElfObjectReader.read(damaged)) {
          case ObjectReading.Refused(String message) -> {
            assertThat(message).as("byte %d", i).isNotBlank();
            refused++;
          }
          case ObjectReading.Read(BpfObject object) ->
              assertThat(object.plan().probes()).hasSizeLessThan(file.length);
        }
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }

  @Test
  void everyTruncationIsFound() {
    byte[] file = ElfObjectWriter.write(SampleObjects.full());
    for (int length = 0; length < file.length; length++) {
      assertThat(messageOf(Arrays.copyOf(file, length))).as("%d bytes", length).isNotEmpty();
    }
    assertThat(messageOf(Arrays.copyOf(file, file.length + 1))).contains("checksum");
  }

  @Test
  void otherFilesAreToldApart() {
    assertThat(messageOf(new byte[0])).isEqualTo("the file is empty");
    assertThat(messageOf("probe begin {}".getBytes(StandardCharsets.UTF_8)))
        .contains("no ELF file");
    byte[] file = ElfObjectWriter.write(SampleObjects.userOnly());
    byte[] otherMachine = file.clone();
    otherMachine[18] = 62;
    assertThat(messageOf(otherMachine)).contains("not of BPF");
    String text = new String(file, StandardCharsets.ISO_8859_1).replace(".tapwright", ".othername");
    assertThat(messageOf(text.getBytes(StandardCharsets.ISO_8859_1)))
        .contains("not a compiled script of Tapwright");
  }

  @Test
  void anAddressedMapHasOneElement() {
    BpfObject object = SampleObjects.full();
    MapDefinition two = new MapDefinition("two", MapType.ARRAY, 4, 64, 2, 0);
    assertThatThrownBy(() -> ElfObjectWriter.write(withFirstMap(object, two)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two");
  }

  @Test
  void anObjectWhosePartsDoNotFitIsRefused() {
    BpfObject object = SampleObjects.full();
    ProgramImage first = object.programs().getFirst();
    ProgramImage wrong =
        new ProgramImage(
            first.name(),
            first.section(),
            first.kind(),
            first.slots(),
            List.of(new MapReference(2, 0, true)),
            first.lines());
    BpfObject odd =
        new BpfObject(
            object.scriptName(), 0, object.maps(), List.of(wrong), SampleObjects.userOnly().plan());
    assertThat(messageOf(ElfObjectWriter.write(odd))).contains("map reference of switch_1");
    BpfObject missing =
        new BpfObject(object.scriptName(), 0, object.maps(), List.of(), object.plan());
    assertThat(messageOf(ElfObjectWriter.write(missing))).contains("the program of kernel.trace");
  }

  private static BpfObject withFirstMap(BpfObject object, MapDefinition first) {
    List<MapDefinition> maps = new java.util.ArrayList<>(object.maps());
    maps.set(0, first);
    return new BpfObject(
        object.scriptName(), object.kernelVersion(), maps, object.programs(), object.plan());
  }

  private static String messageOf(byte[] file) {
    return switch (ElfObjectReader.read(file)) {
      case ObjectReading.Refused(String message) -> message;
      case ObjectReading.Read(BpfObject object) -> throw new AssertionError("read: " + object);
    };
  }
}
