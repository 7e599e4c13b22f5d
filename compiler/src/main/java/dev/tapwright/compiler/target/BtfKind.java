package dev.tapwright.compiler.target;

/**
 * Kinds of BTF types: the numbers of {@code BTF_KIND_…}, and how many bytes follow the first
 * twelve.
 */
enum BtfKind {
  VOID(0, 0, 0),
  INT(1, 4, 0),
  PTR(2, 0, 0),
  ARRAY(3, 12, 0),
  STRUCT(4, 0, 12),
  UNION(5, 0, 12),
  ENUM(6, 0, 8),
  FWD(7, 0, 0),
  TYPEDEF(8, 0, 0),
  VOLATILE(9, 0, 0),
  CONST(10, 0, 0),
  RESTRICT(11, 0, 0),
  FUNC(12, 0, 0),
  FUNC_PROTO(13, 0, 8),
  VAR(14, 4, 0),
  DATASEC(15, 0, 12),
  FLOAT(16, 0, 0),
  DECL_TAG(17, 4, 0),
  TYPE_TAG(18, 0, 0),
  ENUM64(19, 0, 12);

  private static final BtfKind[] ALL = values();

  private final int number;
  private final int fixedBytes;
  private final int bytesPerElement;

  BtfKind(int number, int fixedBytes, int bytesPerElement) {
    this.number = number;
    this.fixedBytes = fixedBytes;
    this.bytesPerElement = bytesPerElement;
  }

  static BtfKind of(int number) throws MalformedFileException {
    if (number <= 0 || number >= ALL.length) {
      throw new MalformedFileException("kind " + number);
    }
    return ALL[number];
  }

  int number() {
    return number;
  }

  /** Bytes that follow the first twelve of a type with so many elements. */
  int extraBytes(int elements) {
    return fixedBytes + bytesPerElement * elements;
  }
}
