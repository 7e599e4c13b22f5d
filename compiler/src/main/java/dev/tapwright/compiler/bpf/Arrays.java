package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.bpf.GlobalStorage.Field;
import dev.tapwright.compiler.bpf.LoweredValue.MemoryText;
import dev.tapwright.compiler.bpf.code.Address;
import dev.tapwright.compiler.bpf.code.CodeBuilder;
import dev.tapwright.compiler.bpf.code.Instruction.Comparison;
import dev.tapwright.compiler.bpf.code.Instruction.Size;
import dev.tapwright.compiler.bpf.code.MapFunction;
import dev.tapwright.compiler.bpf.code.Operand;
import dev.tapwright.compiler.bpf.code.Operand.Constant;
import dev.tapwright.compiler.bpf.code.Operand.Virtual;
import dev.tapwright.compiler.bpf.code.Step;
import dev.tapwright.compiler.bpf.code.Step.Argument;
import dev.tapwright.compiler.bpf.code.Step.Argument.MapAddress;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.IndexElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Elements of arrays, which are hash maps. */
final class Arrays {
  private static final long BPF_ANY = 0;

  /** Only what is not there. */
  static final long BPF_NOEXIST = 1;

  /** Only what is there. */
  private static final long BPF_EXIST = 2;

  /** What a helper gives that did what it was asked for. */
  static final Operand OK = new Constant(0);

  /** What an update of a full map gives: {@code -E2BIG}. */
  static final Operand TOO_MANY = error(7);

  /** What an update by {@link #BPF_NOEXIST} gives where there is one: {@code -EEXIST}. */
  static final Operand EXISTS = error(17);

  /** What a deletion of what is not there gives: {@code -ENOENT}. */
  private static final Operand NO_ENTRY = error(2);

  private final HandlerLowering handler;
  private final CodeBuilder code;

  Arrays(HandlerLowering handler) {
    this.handler = handler;
    this.code = handler.code;
  }

  /** An error as a helper gives it, in 32 bits. */
  private static Operand error(int number) {
    return new Constant(-number & 0xffff_ffffL);
  }

  /**
   * A key in memory.
   *
   * @param place of the map that it is for
   * @param name the array's name where the script has it, for messages
   */
  record Key(GlobalStorage storage, int place, Address address, Span name, String spelling) {
    Key(GlobalStorage storage, Address address, Span name, String spelling) {
      this(storage, storage.map(), address, name, spelling);
    }

    /** The same key in another map. */
    Key in(int map) {
      return new Key(storage, map, address, name, spelling);
    }

    MapAddress map() {
      return new MapAddress(place);
    }

    Argument bytes(Memory memory) {
      return memory.argument(address);
    }
  }

  /** The key of an element; empty, and an error, where the array or the indexes are not carried. */
  Optional<Key> key(Expression.ArrayElement element) {
    return key(element.array(), element.indexes());
  }

  private Optional<Key> key(Expression array, List<IndexElement> indexes) {
    return storage(array)
        .map(
            storage -> {
              Address key = handler.memory.allocate(KernelTables.bytes(storage.key()));
              for (int i = 0; i < Math.min(indexes.size(), storage.key().size()); i++) {
                // Analysis lets no wildcard stand here.
                if (indexes.get(i) instanceof Expression index) {
                  writePart(storage.key().get(i), index, key);
                }
              }
              code.at(array.span());
              return new Key(storage, key, array.span(), global(storage).name());
            });
  }

  /** Where an array lives; empty, and an error, if it is none that can be carried. */
  Optional<GlobalStorage> storage(Expression array) {
    if (!(handler.bindings().variableOf(array).orElse(null) instanceof Variable.Global global)) {
      handler.numbers.unsupported(array);
      return Optional.empty();
    }
    return Optional.of(handler.tables.storage(global));
  }

  private Variable.Global global(GlobalStorage storage) {
    return handler.tables.program().globals().get(storage.global());
  }

  /** Writes a part of a key to its place. */
  void writePart(Field part, Expression index, Address key) {
    Address place = key.plus(part.offset());
    switch (part) {
      case Field.Number _ -> {
        Operand number = handler.numbers.number(index);
        code.at(index.span());
        code.store(Size.DOUBLE, place, number);
      }
      case Field.Statistic _ -> throw new IllegalStateException("a statistic in a key");
      case Field.Text(int _, int capacity) -> {
        MemoryText wanted = new MemoryText(place, capacity);
        boolean isPadded = Texts.isPadded(capacity);
        LoweredValue.Text text =
            handler.texts.text(index, isPadded ? Optional.of(wanted) : Optional.empty());
        code.at(index.span());
        handler.texts.copyToKey(text, wanted);
      }
    }
  }

  /** The key of a statistic: an element, or a scalar, which is the one element of a map. */
  Optional<Key> statistic(Expression operand) {
    if (operand instanceof Expression.ArrayElement element) {
      return key(element);
    }
    return handler
        .bindings()
        .variableOf(operand)
        .map(
            variable -> {
              Address only = handler.memory.allocate(8);
              code.at(operand.span());
              code.store(Size.DOUBLE, only, new Constant(0));
              GlobalStorage storage = handler.tables.storage((Variable.Global) variable);
              return new Key(storage, only, operand.span(), variable.name());
            });
  }

  /** The address of what stands at a key; 0 where there is nothing. */
  Virtual lookUp(Key key) {
    return code.call(Helper.MAP_LOOKUP_ELEM, key.map(), key.bytes(handler.memory));
  }

  /** An element's number; 0 where there is none. */
  Operand number(Expression.ArrayElement element) {
    if (element.array() instanceof Expression.Histogram histogram) {
      return handler.histograms.bucket(element, histogram);
    }
    Optional<Key> key = key(element);
    if (key.isEmpty()) {
      return new Constant(0);
    }
    Virtual result = code.fresh();
    int found = code.newBlock();
    int absent = code.newBlock();
    int join = code.newBlock();
    code.at(element.span());
    Virtual pointer = lookUp(key.get());
    handler.branchNotZero(pointer, found, absent);
    code.start(found);
    code.copy(result, code.load(Size.DOUBLE, new Address.Behind(pointer, 0)));
    code.jump(join);
    code.start(absent);
    code.copy(result, new Constant(0));
    code.jump(join);
    code.start(join);
    return result;
  }

  /** An element's string, in a place of its own; empty where there is none. */
  void text(Expression.ArrayElement element, MemoryText result) {
    Optional<Key> key = key(element);
    code.at(element.span());
    key.ifPresent(there -> text(there, result));
  }

  /** An element's string, in a place of its own; empty where there is none. */
  void text(Key key, MemoryText result) {
    int found = code.newBlock();
    int absent = code.newBlock();
    int join = code.newBlock();
    Virtual pointer = lookUp(key);
    handler.branchNotZero(pointer, found, absent);
    code.start(found);
    handler.texts.copyShared(
        new MemoryText(new Address.Behind(pointer, 0), result.capacity()), result);
    code.jump(join);
    code.start(absent);
    handler.texts.copy(HandlerLowering.emptyText(), result);
    code.jump(join);
    code.start(join);
  }

  /** {@code in}. */
  void contains(Expression.Membership membership, int ifTrue, int ifFalse) {
    if (membership.array() instanceof Expression.Histogram histogram) {
      handler.histograms.contains(membership, histogram, ifTrue, ifFalse);
      return;
    }
    if (KeyPatterns.isPattern(membership.indexes())) {
      handler.patterns.contains(membership, ifTrue, ifFalse);
      return;
    }
    Optional<Key> key = key(membership.array(), membership.indexes());
    if (key.isEmpty()) {
      code.jump(ifFalse);
      return;
    }
    code.at(membership.span());
    handler.branchNotZero(lookUp(key.get()), ifTrue, ifFalse);
  }

  /** The same key in the map of what user space adds to a statistic, if it does. */
  Optional<Key> additions(Key key) {
    return key.storage().value() instanceof Field.Statistic statistic
            && statistic.additions().isPresent()
        ? Optional.of(key.in(statistic.additions().getAsInt()))
        : Optional.empty();
  }

  /** {@code delete} of an element. */
  void delete(Expression.ArrayElement element) {
    if (KeyPatterns.isPattern(element.indexes())) {
      handler.patterns.delete(element);
      return;
    }
    key(element).ifPresent(this::delete);
  }

  /** {@code delete} of a scalar statistic. */
  void deleteStatistic(Expression.Symbol symbol) {
    statistic(symbol).ifPresent(this::delete);
  }

  /** {@code delete} of a whole array, as far as it is there when it begins. */
  void clear(Variable.Global global) {
    mapsOf(handler.tables.storage(global)).forEach(this::clear);
  }

  private void clear(int map) {
    code.call(
        Helper.FOR_EACH_MAP_ELEM,
        new MapAddress(map),
        new Argument.Function(new MapFunction.Removal(List.of())),
        new Argument.Value(OK),
        new Argument.Value(OK));
  }

  /** The maps that have something at an element's key, in the order in which it is removed. */
  List<Integer> mapsOf(GlobalStorage storage) {
    List<Integer> maps = new ArrayList<>();
    storage.births().ifPresent(maps::add);
    maps.add(storage.map());
    if (storage.value() instanceof Field.Statistic statistic) {
      statistic.additions().ifPresent(maps::add);
    }
    return maps;
  }

  private void delete(Key key) {
    mapsOf(key.storage()).forEach(map -> remove(key.in(map)));
  }

  private void remove(Key key) {
    int refused = code.newRareBlock();
    int removed = code.newBlock();
    Operand result = code.call(Helper.MAP_DELETE_ELEM, key.map(), key.bytes(handler.memory));
    branch(result, OK, removed, refused);
    code.start(refused);
    branch(result, NO_ENTRY, removed, busy());
    code.start(removed);
  }

  /** Stores a value that lies in memory. */
  void store(Key key, Address value) {
    if (key.storage().births().isPresent()) {
      int absent = code.newRareBlock();
      int join = code.newBlock();
      branch(update(key, value, BPF_EXIST), OK, join, absent);
      code.start(absent);
      handler.wrapping.insert(key, value, BPF_ANY);
      code.jump(join);
      code.start(join);
      return;
    }
    int stored = code.newBlock();
    int refused = code.newRareBlock();
    Operand result = update(key, value, BPF_ANY);
    branch(result, OK, stored, refused);
    code.start(refused);
    branch(result, TOO_MANY, full(key), busy());
    code.start(stored);
  }

  /**
   * A block for a map that the kernel does not let this handler change: only if its event
   * interrupted a change of this very map. The kernel drops such events elsewhere, too, and to try
   * again would not help: what was interrupted goes on when this ends.
   */
  int busy() {
    int busy = code.newRareBlock();
    handler.inBlock(busy, () -> handler.data.skip());
    return busy;
  }

  /** The place of an element's number, or of its statistic: found, or made with 0. */
  Address.Behind place(Key key) {
    int found = code.newBlock();
    int absent = code.newBlock();
    int made = code.newBlock();
    Virtual pointer = lookUp(key);
    handler.branchNotZero(pointer, found, absent);
    code.start(absent);
    Address zero = zero(key);
    if (key.storage().births().isPresent()) {
      handler.wrapping.insert(key, zero, BPF_NOEXIST);
      code.jump(made);
    } else {
      branch(update(key, zero, BPF_NOEXIST), TOO_MANY, full(key), made);
    }
    code.start(made);
    // Whoever made it, this processor or another: it is there.
    code.add(
        new Step.Call(
            Helper.MAP_LOOKUP_ELEM,
            List.of(key.map(), key.bytes(handler.memory)),
            Optional.of(pointer)));
    handler.branchNotZero(pointer, found, busy());
    code.start(found);
    return new Address.Behind(pointer, 0);
  }

  /** What an element begins with. */
  private Address zero(Key key) {
    if (key.storage().value() instanceof Field.Statistic(StatisticLayout layout, var _)) {
      return handler.data.zeros(layout.size());
    }
    if (handler.tables.profile().has(KernelFeature.DIRECT_MAP_VALUE)) {
      return handler.data.sessionPlace(SessionLayout.ZERO);
    }
    Address zero = handler.memory.allocate(8);
    code.store(Size.DOUBLE, zero, new Constant(0));
    return zero;
  }

  private int full(Key key) {
    return handler.faults.block(overflow(key), "identifier '" + key.spelling() + "'", key.name());
  }

  private String overflow(Key key) {
    Variable.Global global = global(key.storage());
    return "%s overflow, check %s"
        .formatted(
            global.type() == Type.STATISTICS ? "Aggregation" : "Array",
            global.size().isPresent()
                ? "size limit (" + global.size().getAsLong() + ")"
                : "MAXMAPENTRIES");
  }

  /** Updates the map, and gives {@link #OK} or an error, for {@link #branch}. */
  Operand update(Key key, Address value, long flags) {
    return code.call(
        Helper.MAP_UPDATE_ELEM,
        key.map(),
        key.bytes(handler.memory),
        handler.memory.argument(value),
        new Argument.Value(new Constant(flags)));
  }

  /**
   * Goes to one of two blocks by what a helper gave. Older kernels leave the upper half of it
   * undefined.
   */
  void branch(Operand result, Operand wanted, int ifGiven, int otherwise) {
    if (handler.tables.profile().has(KernelFeature.COMPARE_32)) {
      code.branch32(Comparison.EQUAL, result, wanted, ifGiven, otherwise);
    } else {
      code.branch(Comparison.EQUAL, code.low32(result), wanted, ifGiven, otherwise);
    }
  }
}
