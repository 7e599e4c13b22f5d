package dev.tapwright.compiler.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
  sealed interface Shape {}

  record Dot() implements Shape {}

  record Circle(double radius, Color color) implements Shape {}

  sealed interface Compound extends Shape {}

  record Group(List<Shape> parts, Optional<Shape> frame) implements Compound {}

  enum Color {
    RED,
    GREEN {
      @Override
      boolean isCalm() {
        return true;
      }
    };

    boolean isCalm() {
      return false;
    }
  }

  record Everything(
      long number,
      int small,
      short shorter,
      byte octet,
      char character,
      boolean flag,
      float single,
      String text,
      Shape shape,
      List<String> names,
      Set<Integer> set,
      Map<String, List<Long>> map,
      OptionalInt maybeInt,
      OptionalLong maybeLong,
      OptionalDouble maybeDouble,
      Optional<Color> color) {}

  record Refusing(int even) {
    Refusing {
      if (even % 2 != 0) {
        throw new IllegalArgumentException("odd");
      }
    }
  }

  record Chain(Optional<Chain> next) {}

  private static final Everything SAMPLE =
      new Everything(
          Long.MIN_VALUE,
          Integer.MAX_VALUE,
          (short) -1,
          (byte) -128,
          '\uffff',
          true,
          -0.5f,
          "caf\u00e9 \u20ac \ud800 \0",
          new Group(
              List.of(
                  new Dot(), new Circle(2.5, Color.GREEN), new Group(List.of(), Optional.empty())),
              Optional.of(new Dot())),
          List.of("a", "a", "", "b"),
          Set.of(1, -2, 3),
          Map.of("x", List.of(1L, -1L), "y", List.of()),
          OptionalInt.of(-5),
          OptionalLong.empty(),
          OptionalDouble.of(Math.PI),
          Optional.of(Color.RED));

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    byte[] bytes = RecordCodec.encode(SAMPLE);
    assertThat(RecordCodec.decode(bytes, 0, bytes.length, Everything.class)).isEqualTo(SAMPLE);
  }

  @Test
  void damagedBytesGiveAValueOrTheDeclaredException() {
    byte[] bytes = RecordCodec.encode(SAMPLE);
    for (int i = 0; i < bytes.length; i++) {
      for (int mask = 0xff; mask > 0; mask >>= 1) {
        byte[] damaged = bytes.clone();
        damaged[i] ^= (byte) mask;
        decode(damaged, Everything.class);
      }
      decode(Arrays.copyOf(bytes, i), Everything.class);
    }
  }

  @Test
  void aTypeThatHasChangedIsFound() {
    byte[] bytes = RecordCodec.encode(new Refusing(2));
    assertThatThrownBy(() -> RecordCodec.decode(bytes, 0, bytes.length, Chain.class))
        .isInstanceOf(RecordCodecException.class)
        .hasMessageContaining("Chain has another shape");
  }

  @Test
  void aRecordMayRefuseItsValues() {
    byte[] bytes = RecordCodec.encode(new Refusing(2));
    bytes[bytes.length - 1] = 2;
    assertThatThrownBy(() -> RecordCodec.decode(bytes, 0, bytes.length, Refusing.class))
        .isInstanceOf(RecordCodecException.class)
        .hasMessageContaining("Refusing");
  }

  @Test
  void depthIsBounded() {
    Chain chain = new Chain(Optional.empty());
    for (int i = 0; i <= RecordCodec.DEEPEST; i++) {
      chain = new Chain(Optional.of(chain));
    }
    Chain tooDeep = chain;
    assertThatThrownBy(() -> RecordCodec.encode(tooDeep))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] ones = new byte[100_000];
    byte[] start = RecordCodec.encode(new Chain(Optional.empty()));
    Arrays.fill(ones, (byte) 1);
    System.arraycopy(start, 0, ones, 0, 4);
    assertThatThrownBy(() -> RecordCodec.decode(ones, 0, ones.length, Chain.class))
        .isInstanceOf(RecordCodecException.class)
        .hasMessage("nested too deep");
  }

  private static <T extends Record> void decode(byte[] bytes, Class<T> type) {
    try {
      assertThat(RecordCodec.decode(bytes, 0, bytes.length, type)).isNotNull();
    } catch (RecordCodecException declared) {
      assertThat(declared.getMessage()).isNotBlank();
    }
  }
}
