package dev.tapwright.compiler.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePatternTest {
  @TempDir Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    folder = folder.toRealPath();
    for (String name : List.of("lib/one.so", "lib/two.so", "lib64/one.so", "lib/.hidden.so")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
    Files.createDirectory(folder.resolve("lib/folder.so"));
    Files.createSymbolicLink(folder.resolve("lib/link.so"), folder.resolve("lib/two.so"));
  }

  @Test
  void matchesPartByPart() {
    assertThat(matching("lib*/one.so")).containsExactly("lib/one.so", "lib64/one.so");
    assertThat(matching("*/one.so")).containsExactly("lib/one.so", "lib64/one.so");
    assertThat(matching("*.so")).isEmpty();
    assertThat(matching("lib/none*")).isEmpty();
  }

  @Test
  void passesOverFoldersHiddenFilesAndSecondNames() {
    assertThat(matching("lib/*.so")).containsExactly("lib/one.so", "lib/two.so");
    assertThat(matching("lib/.*.so")).containsExactly("lib/.hidden.so");
    assertThat(matching("lib/lin[k].so")).containsExactly("lib/two.so");
  }

  @Test
  void takesAnyText() {
    assertThat(FilePattern.matching("")).isEmpty();
    assertThat(FilePattern.matching("a\0*")).isEmpty();
    assertThat(FilePattern.matching("///*/[no such")).isEmpty();
  }

  private List<String> matching(String pattern) {
    return FilePattern.matching(folder + "/" + pattern).stream()
        .map(file -> folder.relativize(file).toString())
        .toList();
  }
}
