package dev.tapwright.compiler.object;

import java.nio.ByteOrder;

/** Numbers of the ELF format (System V ABI, chapter 4) that writer and reader share. */
final class ElfFile {
  static final int HEADER_SIZE = 64;
  static final int SECTION_HEADER_SIZE = 64;
  static final int SYMBOL_SIZE = 24;
  static final int RELOCATION_SIZE = 16;

  static final byte CLASS_64 = 2;

  /** {@code ELFDATA2LSB} or {@code ELFDATA2MSB}: the byte order of the machine. */
  static final byte BYTE_ORDER =
      (byte) (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 1 : 2);

  static final int RELOCATABLE = 1;
  static final int MACHINE_BPF = 247;

  static final int PROGBITS = 1;
  static final int SYMTAB = 2;
  static final int STRTAB = 3;
  static final int REL = 9;

  static final int WRITE = 1;
  static final int ALLOCATE = 2;
  static final int EXECUTE = 4;
  static final int INFO_LINK = 0x40;

  static final int GLOBAL_OBJECT = (1 << 4) | 1;
  static final int GLOBAL_FUNCTION = (1 << 4) | 2;

  /** {@code R_BPF_64_64}: a 64-bit constant that is a map, or an address in one. */
  static final int RELOCATE_CONSTANT = 1;

  /** {@code R_BPF_64_32}: a call of a function. */
  static final int RELOCATE_CALL = 10;

  /** Where loaders look for the functions that programs call. */
  static final String FUNCTIONS = ".text";

  /**
   * The section of {@link ObjectManifest}.
   *
   * <pre>
   *   0  u64  magic
   *   8  u32  version of the format
   *  12  u32  CRC-32C of the whole file, with this number zero
   *  16  the manifest in {@link RecordCodec}'s form
   * </pre>
   */
  static final String MANIFEST = ".tapwright";

  static final byte[] MANIFEST_MAGIC = {'T', 'a', 'p', 'w', 'r', 'g', 'h', 't'};
  static final int MANIFEST_VERSION = 1;
  static final int VERSION_OFFSET = 8;
  static final int CHECKSUM_OFFSET = 12;
  static final int MANIFEST_OFFSET = 16;

  private ElfFile() {}
}
