package dev.tapwright.compiler.cli;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.tapwright.compiler.driver.CompileTarget;
import dev.tapwright.compiler.machine.MachineTarget;
import dev.tapwright.compiler.object.ObjectTarget;
import dev.tapwright.compiler.tapset.IndexTarget;
import dev.tapwright.compiler.target.BtfTarget;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The inputs that fuzzing found a fault with once, and those it begins with. */
@Timeout(value = 60, unit = SECONDS)
class KeptInputsTest {
  private static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of(
          "OptionTarget", OptionTarget::fuzzerTestOneInput,
          "IndexTarget", IndexTarget::fuzzerTestOneInput,
          "MachineTarget", MachineTarget::fuzzerTestOneInput,
          "BtfTarget", BtfTarget::fuzzerTestOneInput,
          "ObjectTarget", ObjectTarget::fuzzerTestOneInput,
          "CompileTarget", CompileTarget::fuzzerTestOneInput);

  @TestFactory
  List<DynamicTest> everyKeptInputIsCarried() throws IOException, URISyntaxException {
    Path root =
        Path.of(
            Objects.requireNonNull(
                    KeptInputsTest.class.getResource("/dev/tapwright/compiler/fuzz/inputs"))
                .toURI());
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .sorted()
          .map(file -> DynamicTest.dynamicTest(root.relativize(file).toString(), () -> feed(file)))
          .toList();
    }
  }

  private static void feed(Path file) throws IOException {
    String target = file.getName(file.getNameCount() - 2).toString();
    Objects.requireNonNull(TARGETS.get(target), target).accept(Files.readAllBytes(file));
  }
}
