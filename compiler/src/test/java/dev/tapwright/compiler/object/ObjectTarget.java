package dev.tapwright.compiler.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * For the fuzzer, {@code tests/fuzz/run}: any bytes are a compiled script or not, and so is a good
 * one with any of its bytes changed, even if somebody made its sum right. What is accepted can be
 * written, and is then the same.
 */
public final class ObjectTarget {
  private ObjectTarget() {}

  /**
   * Reads bytes.
   *
   * @param bytes the file; or, if the first is less than 128, which of the samples to change, and
   *     then places of two bytes and a value each
   */
  public static void fuzzerTestOneInput(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] < 0) {
      ElfObjectReader.read(bytes.length == 0 ? bytes : Arrays.copyOfRange(bytes, 1, bytes.length));
      return;
    }
    List<BpfObject> samples = List.of(SampleObjects.full(), SampleObjects.userOnly());
    byte[] file = ElfObjectWriter.write(samples.get(bytes[0] % samples.size()));
    ByteBuffer edits = ByteBuffer.wrap(bytes, 1, bytes.length - 1).order(ByteOrder.LITTLE_ENDIAN);
    int manifest = manifestOf(file);
    while (edits.remaining() >= 3) {
      file[Short.toUnsignedInt(edits.getShort()) % file.length] = edits.get();
    }
    ElfObjectWriter.seal(file, manifest);
    if (ElfObjectReader.read(file) instanceof ObjectReading.Read(BpfObject object)) {
      ObjectReading again = ElfObjectReader.read(ElfObjectWriter.write(object));
      if (!again.equals(new ObjectReading.Read(object))) {
        throw new IllegalStateException("written as another: " + again);
      }
    }
  }

  private static int manifestOf(byte[] file) {
    try {
      return ElfSections.read(file).section(ElfFile.MANIFEST).orElseThrow().offset();
    } catch (ObjectFormatException wrong) {
      throw new IllegalStateException(wrong);
    }
  }
}
