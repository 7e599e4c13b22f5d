package dev.tapwright.compiler.tapset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The library's files of system calls are what their tables give. */
final class SyscallFilesTest {
  private static final Path LIBRARY =
      Path.of("src/main/resources/dev/tapwright/compiler/tapset/library");

  @Test
  void theFilesAreWhatTheTablesGive() throws IOException {
    Map<String, String> files = SyscallFiles.make();
    if (Boolean.getBoolean("tapwright.rewrite")) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(LIBRARY.resolve(file.getKey()), file.getValue());
      }
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      assertThat(OwnLibrary.files()).contains(file.getKey());
      assertThat(new String(OwnLibrary.bytes(file.getKey()), StandardCharsets.UTF_8))
          .isEqualTo(file.getValue());
    }
  }
}
