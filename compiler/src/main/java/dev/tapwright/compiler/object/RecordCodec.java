package dev.tapwright.compiler.object;

import dev.tapwright.syntax.DeepStack;

/**
 * Trees of records as bytes. A tree may hold records, enums, sealed interfaces of these, {@code
 * List}, {@code Set}, {@code Map}, {@code Optional} and its kin, strings, and numbers; never null.
 * The types are those of the record's components, so that no name of a class stands in the bytes
 * and none can be smuggled in.
 *
 * <pre>
 *   number    7 bits a byte, lowest first, the highest bit says that more follow; signed numbers zigzag
 *   string    0, its length times two plus one if it is wide, 1 or 2 bytes a character; or n: the n-th string again
 *   list      number of elements, elements;   optional: as a list of one or none
 *   sealed    place of the record among those permitted, the record
 *   record    its components in order; one byte 0 if it has none
 *   enum      place of the constant
 *   where a record, sealed interface or enum stands first: before it 4 bytes {@link RecordShape#number()}
 * </pre>
 */
final class RecordCodec {
  /** Levels of nesting: a list and a record for each level of a script. */
  static final int DEEPEST = 2 * DeepStack.LEVELS + 100;

  private RecordCodec() {}

  /** Writes a tree whose root is of that type. */
  static byte[] encode(Record root) {
    return DeepStack.call(() -> new RecordEncoder().encode(root));
  }

  /** Reads a tree back. */
  static <T extends Record> T decode(byte[] bytes, int start, int end, Class<T> type)
      throws RecordCodecException {
    return DeepStack.call(() -> new RecordDecoder(bytes, start, end).decode(type));
  }
}
