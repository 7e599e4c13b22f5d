package dev.tapwright.compiler.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Data types of a small kernel whose types are known. */
class BtfDataTypesTest {
  private static final int SIGNED_INT = 0x01000020;
  private static final int BIT_FIELDS = 1 << 31;

  /**
   * <pre>
   *   enum color { RED, BLUE = -2 };                      // signed
   *   union word { int number; char text[4]; };
   *   struct thing {
   *     int first;                                        // 0
   *     struct { int inner; int bits : 5; };              // 4: inner, 8: bits
   *     const word_t word;                                // 12
   *     struct thing *next;                               // 16
   *   };
   * </pre>
   */
  private static DataTypes types(ByteOrder order) throws MalformedFileException {
    BtfFixture btf = new BtfFixture(order);
    int number = btf.add(BtfKind.INT, "int", 0, 4, SIGNED_INT);
    int character = btf.add(BtfKind.INT, "char", 0, 1, 8);
    int text = btf.add(BtfKind.ARRAY, "", 0, 0, character, number, 4);
    int word =
        btf.add(
            BtfKind.UNION, "word", 2, 4, btf.name("number"), number, 0, btf.name("text"), text, 0);
    int constant = btf.add(BtfKind.CONST, "", 0, btf.add(BtfKind.TYPEDEF, "word_t", 0, word));
    int bits =
        btf.add(
            BtfKind.STRUCT,
            "",
            2 | BIT_FIELDS,
            8,
            btf.name("inner"),
            number,
            0,
            btf.name("bits"),
            number,
            5 << 24 | 32);
    int pointer = btf.add(BtfKind.PTR, "", 0, bits + 2);
    int thing =
        btf.add(
            BtfKind.STRUCT,
            "thing",
            4,
            24,
            btf.name("first"),
            number,
            0,
            0,
            bits,
            32,
            btf.name("word"),
            constant,
            96,
            btf.name("next"),
            pointer,
            128);
    assertThat(thing).isEqualTo(bits + 2);
    btf.add(BtfKind.ENUM, "color", 2 | BIT_FIELDS, 4, btf.name("RED"), 0, btf.name("BLUE"), -2);
    // A structure that holds itself, as only damage makes one.
    btf.add(BtfKind.STRUCT, "damaged", 1, 8, 0, 13, 0);
    return BtfTypes.parse(btf.toBytes()).dataTypes();
  }

  @Test
  void areFoundByName() throws MalformedFileException {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      DataTypes types = types(order);
      int thing = types.named("thing").orElseThrow();
      assertThat(types.named("struct thing")).hasValue(thing);
      assertThat(types.named("union thing")).isEmpty();
      assertThat(types.named("nothing")).isEmpty();
      assertThat(types.spelling(types.named("word_t").orElseThrow())).isEqualTo("word_t");
      assertThat(types.shape(types.named("const struct thing *").orElseThrow()))
          .isEqualTo(new TypeShape.Pointer(thing));
      assertThat(types.size(thing)).isEqualTo(24);
      assertThat(types.enumerator("BLUE")).hasValue(-2);
      assertThat(types.enumerator("GREEN")).isEmpty();
    }
  }

  @Test
  void haveTheMembersOfTheirNamelessParts() throws MalformedFileException {
    DataTypes types = types(ByteOrder.LITTLE_ENDIAN);
    int thing = types.named("thing").orElseThrow();
    assertThat(types.members(thing))
        .extracting(TypeShape.Member::name)
        .containsExactly("first", "inner", "bits", "word", "next");
    assertThat(types.members(thing).get(2).bitSize()).isEqualTo(5);
    int word = types.members(thing).get(3).type();
    assertThat(types.shape(word)).isInstanceOf(TypeShape.Composite.class);
    assertThat(types.spelling(word)).isEqualTo("const word_t");
    int text = types.members(word).get(1).type();
    assertThat(types.shape(text)).isInstanceOf(TypeShape.Array.class);
    assertThat(types.size(text)).isEqualTo(4);
  }

  @Test
  void endWhereDamageGoesRoundInCircles() throws MalformedFileException {
    DataTypes types = types(ByteOrder.LITTLE_ENDIAN);
    assertThat(types.members(types.named("damaged").orElseThrow())).isEmpty();
    assertThat(types.shape(-1)).isEqualTo(new TypeShape.Opaque());
    assertThat(types.shape(1_000_000)).isEqualTo(new TypeShape.Opaque());
  }
}
