package dev.tapwright.compiler.tapset;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The index of a library as bytes: for every file its path, size, time and names. Checked by a sum
 * at the end: damaged bytes are no index.
 */
final class IndexCodec {
  private static final int MAGIC = 0x54574958;
  private static final int VERSION = 2;

  /** What is known of a file. */
  record Entry(String name, long size, long modified, DeclaredNames names) {}

  private IndexCodec() {}

  /**
   * The bytes of an index.
   *
   * @param key what it depends on beside the files
   */
  static byte[] encode(String key, List<Entry> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      text(out, key);
      out.writeInt(entries.size());
      for (Entry entry : entries) {
        text(out, entry.name());
        out.writeLong(entry.size());
        out.writeLong(entry.modified());
        names(out, entry.names());
      }
      CRC32 sum = new CRC32();
      sum.update(bytes.toByteArray());
      out.writeLong(sum.getValue());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return bytes.toByteArray();
  }

  private static void names(DataOutputStream out, DeclaredNames names) throws IOException {
    out.writeByte(names.isBroken() ? 1 : 0);
    out.writeInt(names.globals().size());
    for (String global : names.globals()) {
      text(out, global);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream others = new DataOutputStream(bytes)) {
      others(others, names);
    }
    out.writeInt(bytes.size());
    bytes.writeTo(out);
  }

  private static void others(DataOutputStream out, DeclaredNames names) throws IOException {
    out.writeInt(names.functions().size());
    for (DeclaredNames.Function function : names.functions()) {
      text(out, function.name());
      out.writeInt(function.arity());
      text(out, function.signature());
      text(out, function.documentation());
    }
    out.writeInt(names.aliases().size());
    for (DeclaredNames.Alias alias : names.aliases()) {
      text(out, alias.name());
      out.writeInt(alias.place());
      out.writeByte(alias.isEpilogue() ? 1 : 0);
      text(out, alias.documentation());
    }
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** The entries by the names of their files; empty for bytes that are no index with that key. */
  static Optional<Map<String, Entry>> decode(byte[] bytes, String key) {
    if (bytes.length < Long.BYTES + 2 * Integer.BYTES) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, bytes.length - Long.BYTES);
    if (buffer.getLong(bytes.length - Long.BYTES) != sum.getValue()) {
      return Optional.empty();
    }
    buffer.limit(bytes.length - Long.BYTES);
    try {
      return decode(buffer, key);
    } catch (BufferUnderflowException damaged) {
      return Optional.empty();
    }
  }

  private static Optional<Map<String, Entry>> decode(ByteBuffer buffer, String key) {
    if (buffer.getInt() != MAGIC || buffer.getInt() != VERSION || !text(buffer).equals(key)) {
      return Optional.empty();
    }
    int count = buffer.getInt();
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      Entry entry = new Entry(text(buffer), buffer.getLong(), buffer.getLong(), names(buffer));
      entries.put(entry.name(), entry);
    }
    return Optional.of(entries);
  }

  private static DeclaredNames names(ByteBuffer buffer) {
    boolean isBroken = buffer.get() != 0;
    List<String> globals = new ArrayList<>();
    for (int left = buffer.getInt(); left > 0; left--) {
      globals.add(text(buffer));
    }
    int start = buffer.position() + Integer.BYTES;
    int length = length(buffer);
    ByteBuffer others = buffer.slice(start, length);
    buffer.position(start + length);
    return new DeclaredNames(isBroken, globals, new Deferred<>(() -> others(others)));
  }

  /** They are read when they are asked for; of a damaged part there are none. */
  private static DeclaredNames.Others others(ByteBuffer buffer) {
    try {
      return readOthers(buffer);
    } catch (BufferUnderflowException damaged) {
      return new DeclaredNames.Others(List.of(), List.of());
    }
  }

  private static DeclaredNames.Others readOthers(ByteBuffer buffer) {
    List<DeclaredNames.Function> functions = new ArrayList<>();
    for (int left = buffer.getInt(); left > 0; left--) {
      functions.add(
          new DeclaredNames.Function(text(buffer), buffer.getInt(), text(buffer), text(buffer)));
    }
    List<DeclaredNames.Alias> aliases = new ArrayList<>();
    for (int left = buffer.getInt(); left > 0; left--) {
      aliases.add(
          new DeclaredNames.Alias(text(buffer), buffer.getInt(), buffer.get() != 0, text(buffer)));
    }
    return new DeclaredNames.Others(functions, aliases);
  }

  private static String text(ByteBuffer buffer) {
    byte[] bytes = new byte[length(buffer)];
    buffer.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A count of bytes that are there. */
  private static int length(ByteBuffer buffer) {
    int length = buffer.getInt();
    if (length < 0 || length > buffer.remaining()) {
      throw new BufferUnderflowException();
    }
    return length;
  }
}
