package dev.tapwright.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.tests.Command.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How many of SystemTap's packaged examples pass {@code -p2}: it may grow, and not shrink. */
class PackagedExamplesTest {
  private static final int PACKAGED = 201;

  /** What has been reached; another kernel lacks a few of the functions that they probe. */
  private static final int REACHED = 145;

  private static final Pattern LAST_LINE =
      Pattern.compile("(\\d+) of (\\d+) examples pass -p2\\s*$");

  @Test
  void passAsManyAsEver() throws Exception {
    assumeTrue(
        Files.isDirectory(Path.of("/usr/share/systemtap/examples")),
        "needs SystemTap's examples (systemtap-doc)");
    assumeTrue(Files.isReadable(Path.of("/sys/kernel/btf/vmlinux")), "needs a kernel with BTF");
    Requires.root();
    Path root = Command.root();
    Result result =
        Command.run(
            root,
            List.of(root.resolve("tests/corpus/examples").toString()),
            Duration.ofMinutes(10));
    Matcher count = LAST_LINE.matcher(result.out());
    assertThat(count.find()).as(result.err()).isTrue();
    assumeTrue(Integer.parseInt(count.group(2)) == PACKAGED, "needs the examples of SystemTap 4.8");
    assertThat(Integer.parseInt(count.group(1))).as(result.out()).isGreaterThanOrEqualTo(REACHED);
  }
}
