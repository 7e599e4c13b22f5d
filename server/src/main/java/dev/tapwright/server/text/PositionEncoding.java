package dev.tapwright.server.text;

import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.PositionEncodingKind;

/** What the protocol's {@code character} counts. */
public enum PositionEncoding {
  /** UTF-16 units: what every client can do. */
  UTF_16(PositionEncodingKind.UTF16),
  /** Bytes. */
  UTF_8(PositionEncodingKind.UTF8),
  /** Code points. */
  UTF_32(PositionEncodingKind.UTF32);

  private final String kind;

  PositionEncoding(String kind) {
    this.kind = kind;
  }

  /** Its name in the protocol. */
  public String kind() {
    return kind;
  }

  /** The one to use with a client: UTF-16 unless it says that it cannot. */
  public static PositionEncoding negotiate(Optional<List<String>> offered) {
    List<String> kinds = offered.orElse(List.of());
    for (PositionEncoding encoding : values()) {
      if (kinds.contains(encoding.kind)) {
        return encoding;
      }
    }
    return UTF_16;
  }

  /** How many units a code point takes. */
  int units(int codePoint) {
    return switch (this) {
      case UTF_16 -> Character.charCount(codePoint);
      case UTF_32 -> 1;
      case UTF_8 -> codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    };
  }
}
