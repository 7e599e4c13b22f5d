package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.bpf.GlobalStorage;
import dev.tapwright.compiler.bpf.GlobalStorage.Field;
import dev.tapwright.compiler.bpf.MapDefinition;
import dev.tapwright.compiler.bpf.MapDefinition.MapType;
import dev.tapwright.compiler.intrinsic.Value;
import dev.tapwright.compiler.machine.GlobalStore.Element;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Globals in real maps. */
class MapStoreTest {
  private static final GlobalStorage ARRAY =
      new GlobalStorage(
          0, 0, List.of(new Field.Number(0), new Field.Text(8, 16)), new Field.Number(0));

  private final Arena arena = Arena.ofShared();
  private SystemCalls systemCalls;
  private Descriptors descriptors;

  @BeforeEach
  void open() throws Exception {
    Needs.privilege();
    systemCalls = SystemCalls.open();
    descriptors = new Descriptors(systemCalls);
  }

  @AfterEach
  void close() {
    arena.close();
    if (descriptors != null) {
      descriptors.close();
    }
  }

  private KernelMap map(MapType type, int keySize, int valueSize, int entries, int flags)
      throws SessionException {
    MapDefinition definition = new MapDefinition("test", type, keySize, valueSize, entries, flags);
    return new MapCreator(systemCalls, arena, descriptors).create(definition);
  }

  private MapArray array(int entries) throws SessionException {
    return new MapArray(
        new BpfCalls(systemCalls),
        map(MapType.HASH, 24, 8, entries, 0),
        ARRAY,
        Optional.empty(),
        arena);
  }

  private static List<Value> key(long number, String text) {
    return List.of(new Value.LongValue(number), new Value.StringValue(text));
  }

  private static Value number(long number) {
    return new Value.LongValue(number);
  }

  @Test
  void keepsElements() throws Exception {
    MapArray array = array(10);
    assertThat(array.get(key(1, "a"))).isEmpty();
    assertThat(array.put(key(1, "a"), number(-5))).isTrue();
    assertThat(array.put(key(1, "b"), number(Long.MIN_VALUE))).isTrue();
    assertThat(array.put(key(1, "a"), number(7))).isTrue();
    assertThat(array.get(key(1, "a"))).contains(number(7));
    assertThat(array.elements())
        .containsExactlyInAnyOrder(
            new Element(key(1, "a"), number(7)), new Element(key(1, "b"), number(Long.MIN_VALUE)));
    array.remove(key(1, "a"));
    array.remove(key(2, "a"));
    assertThat(array.elements()).containsExactly(new Element(key(1, "b"), number(Long.MIN_VALUE)));
  }

  @Test
  void cutsStringsThatAreTooLongForAKey() throws Exception {
    MapArray array = array(10);
    array.put(key(1, "0123456789abcdefghi"), number(1));
    assertThat(array.elements()).containsExactly(new Element(key(1, "0123456789abcde"), number(1)));
    assertThat(array.get(key(1, "0123456789abcdeXXX"))).contains(number(1));
  }

  @Test
  void saysWhenItIsFull() throws Exception {
    MapArray array = array(2);
    assertThat(array.put(key(1, ""), number(1))).isTrue();
    assertThat(array.put(key(2, ""), number(1))).isTrue();
    assertThat(array.put(key(3, ""), number(1))).isFalse();
    assertThat(array.put(key(2, ""), number(2))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 1024, 5000})
  void copiesAndClearsManyElements(int count) throws Exception {
    MapArray array = array(count);
    List<Element> elements =
        IntStream.range(0, count)
            .mapToObj(index -> new Element(key(index, "k" + index), number(index)))
            .toList();
    elements.forEach(element -> assertThat(array.put(element.key(), element.value())).isTrue());
    assertThat(array.elements()).containsExactlyInAnyOrderElementsOf(elements);
    array.clear();
    assertThat(array.elements()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, MapDefinition.MEMORY_MAPPABLE})
  void keepsScalarsSideBySide(int flags) throws Exception {
    BpfCalls bpf = new BpfCalls(systemCalls);
    KernelMap map = map(MapType.ARRAY, 4, 32, 1, flags);
    MapScalar count =
        new MapScalar(bpf, map, new GlobalStorage(0, 0, List.of(), new Field.Number(0)), arena);
    MapScalar name =
        new MapScalar(bpf, map, new GlobalStorage(1, 0, List.of(), new Field.Text(8, 8)), arena);
    MapScalar last =
        new MapScalar(bpf, map, new GlobalStorage(2, 0, List.of(), new Field.Number(24)), arena);
    count.set(number(-1));
    last.set(number(3));
    name.set(new Value.StringValue("longer than there is room"));
    assertThat(count.get()).isEqualTo(number(-1));
    assertThat(name.get()).isEqualTo(new Value.StringValue("longer "));
    assertThat(last.get()).isEqualTo(number(3));
  }
}
