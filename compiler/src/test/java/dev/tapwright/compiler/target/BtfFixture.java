package dev.tapwright.compiler.target;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small BTF file, put together type by type. */
final class BtfFixture {
  private final ByteOrder order;
  private final List<int[]> types = new ArrayList<>();
  private final ByteArrayOutputStream names = new ByteArrayOutputStream();
  private final Map<String, Integer> known = new HashMap<>();
  private final int typesBefore;
  private final int namesBefore;

  BtfFixture(ByteOrder order) {
    this.order = order;
    this.typesBefore = 0;
    this.namesBefore = 0;
    names.write(0);
    known.put("", 0);
  }

  private BtfFixture(BtfFixture kernel) {
    this.order = kernel.order;
    this.typesBefore = kernel.types.size();
    this.namesBefore = kernel.names.size();
    this.known.putAll(kernel.known);
  }

  /** The file of a module, which goes on behind this one, and has no name that is here already. */
  BtfFixture module() {
    return new BtfFixture(this);
  }

  /** Adds a type, and gives its number. */
  int add(BtfKind kind, String name, int elements, int sizeOrType, int... extra) {
    int[] words = new int[3 + extra.length];
    words[0] = name(name);
    words[1] = (kind.number() << 24) | elements;
    words[2] = sizeOrType;
    System.arraycopy(extra, 0, words, 3, extra.length);
    types.add(words);
    return typesBefore + types.size();
  }

  int name(String name) {
    Integer there = known.get(name);
    if (there != null) {
      return there;
    }
    int offset = namesBefore + names.size();
    names.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    names.write(0);
    known.put(name, offset);
    return offset;
  }

  byte[] toBytes() {
    int typeLength = types.stream().mapToInt(words -> words.length * 4).sum();
    ByteBuffer file = ByteBuffer.allocate(24 + typeLength + names.size()).order(order);
    file.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(24);
    file.putInt(0).putInt(typeLength).putInt(typeLength).putInt(names.size());
    types.forEach(
        words -> {
          for (int word : words) {
            file.putInt(word);
          }
        });
    return file.put(names.toByteArray()).array();
  }

  /**
   * A kernel with one function and one tracepoint, whose parameters have every kind of type.
   *
   * <pre>
   *   int probe_me(const char *name, int (*compare)(const void *, ...), struct task *const *tasks, enum state states[4][2])
   * </pre>
   */
  static byte[] sample(ByteOrder order) {
    BtfFixture btf = new BtfFixture(order);
    int number = btf.add(BtfKind.INT, "int", 0, 4, 0x01000020);
    int character = btf.add(BtfKind.INT, "char", 0, 1, 8);
    int name = btf.add(BtfKind.PTR, "", 0, btf.add(BtfKind.CONST, "", 0, character));
    int anything = btf.add(BtfKind.PTR, "", 0, btf.add(BtfKind.CONST, "", 0, 0));
    int comparing = btf.add(BtfKind.FUNC_PROTO, "", 2, number, 0, anything, 0, 0);
    int compare = btf.add(BtfKind.PTR, "", 0, comparing);
    int task = btf.add(BtfKind.STRUCT, "task", 1, 8, btf.name("self"), 99, 0);
    int tasks =
        btf.add(
            BtfKind.PTR, "", 0, btf.add(BtfKind.CONST, "", 0, btf.add(BtfKind.PTR, "", 0, task)));
    int state = btf.add(BtfKind.ENUM, "state", 1, 4, btf.name("IDLE"), 0);
    int inner = btf.add(BtfKind.ARRAY, "", 0, 0, state, number, 2);
    int states = btf.add(BtfKind.ARRAY, "", 0, 0, inner, number, 4);
    int prototype =
        btf.add(
            BtfKind.FUNC_PROTO,
            "",
            4,
            number,
            btf.name("name"),
            name,
            btf.name("compare"),
            compare,
            btf.name("tasks"),
            tasks,
            btf.name("states"),
            states);
    btf.add(BtfKind.FUNC, "probe_me", 0, prototype);
    int handled = btf.add(BtfKind.FUNC_PROTO, "", 2, 0, 0, anything, 0, tasks);
    btf.add(BtfKind.TYPEDEF, "btf_trace_happened", 0, btf.add(BtfKind.PTR, "", 0, handled));
    int caller =
        btf.add(
            BtfKind.FUNC_PROTO,
            "",
            2,
            number,
            btf.name("__data"),
            anything,
            btf.name("all"),
            tasks);
    btf.add(BtfKind.FUNC, "__traceiter_happened", 0, caller);
    // A pointer to itself, as only damage makes one.
    int circle = btf.types.size() + 1;
    btf.add(BtfKind.PTR, "", 0, circle);
    btf.add(
        BtfKind.FUNC, "circular", 0, btf.add(BtfKind.FUNC_PROTO, "", 1, 0, btf.name("x"), circle));
    return btf.toBytes();
  }

  /** Files of modules. */
  record Modules(Map<String, byte[]> files) implements BtfModules.Files {
    @Override
    public List<String> names() {
      return files.keySet().stream().sorted().toList();
    }

    @Override
    public Optional<byte[]> read(String module) {
      return Optional.ofNullable(files.get(module));
    }
  }
}
