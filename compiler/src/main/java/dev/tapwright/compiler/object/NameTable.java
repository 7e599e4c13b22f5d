package dev.tapwright.compiler.object;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * NUL-terminated names one after the other, the empty one first, each once: as ELF and BTF want
 * them.
 */
final class NameTable {
  private final ByteWriter bytes = new ByteWriter();
  private final Map<String, Integer> offsets = new HashMap<>();

  NameTable() {
    add("");
  }

  /** Where a name stands. */
  int add(String name) {
    Integer known = offsets.get(name);
    if (known != null) {
      return known;
    }
    int offset = bytes.size();
    offsets.put(name, offset);
    bytes.putBytes(bytesOf(name)).putByte(0);
    return offset;
  }

  byte[] toBytes() {
    return bytes.toBytes();
  }

  /** A script's bytes that are not UTF-8 are kept as lone surrogates; NUL would end the name. */
  private static byte[] bytesOf(String name) {
    String text = name.replace('\0', ' ');
    if (text.chars().noneMatch(character -> character >= 0xdc80 && character <= 0xdcff)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    text.codePoints()
        .forEach(
            point -> {
              if (point >= 0xdc80 && point <= 0xdcff) {
                out.write(point & 0xff);
              } else {
                out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
              }
            });
    return out.toByteArray();
  }
}
