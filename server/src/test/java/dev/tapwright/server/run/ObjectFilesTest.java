package dev.tapwright.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class ObjectFilesTest {
  @Test
  void keepsTheNewestInAPrivateFolderAndRemovesAllInTheEnd() throws IOException {
    ObjectFiles files = new ObjectFiles();
    Path first = files.write("/home/a b/../switches.stp", new byte[] {1});
    assertThat(first.getFileName().toString()).isEqualTo("switches-1.bo");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.getParent())))
        .isEqualTo("rwx------");
    Path last = first;
    for (int i = 0; i < 40; i++) {
      last = files.write("untitled:Untitled-1", new byte[] {2});
    }
    assertThat(first).doesNotExist();
    assertThat(last).exists();
    files.close();
    assertThat(first.getParent()).doesNotExist();
  }

  @Test
  void namesFilesPlainly() throws IOException {
    try (ObjectFiles files = new ObjectFiles()) {
      assertThat(files.write("../../.stp", new byte[0]).getFileName().toString())
          .isEqualTo("script-1.bo");
      assertThat(files.write("é; rm -rf $HOME", new byte[0]).getFileName().toString())
          .isEqualTo("___rm_-rf__HOME-2.bo");
    }
  }
}
