package dev.tapwright.compiler.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.analysis.AnalysisCodes;
import dev.tapwright.compiler.assembler.AssemblyCodes;
import dev.tapwright.compiler.bpf.KernelDiagnostics;
import dev.tapwright.compiler.machine.MachineCodes;
import dev.tapwright.compiler.probe.ProbeCodes;
import dev.tapwright.compiler.tapset.TapsetCodes;
import dev.tapwright.compiler.tapset.TapsetStore;
import dev.tapwright.compiler.target.FixedTarget;
import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelTypes.FunctionPrototype;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.DiagnosticCode;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every code has a page, and every page is true. */
class DiagnosticPagesTest {
  private static final Path PAGES = Path.of("../docs/diagnostics");

  private static final List<Class<?>> REGISTRIES =
      List.of(
          SyntaxCodes.class,
          AnalysisCodes.class,
          ProbeCodes.class,
          KernelDiagnostics.class,
          AssemblyCodes.class,
          MachineCodes.class,
          TapsetCodes.class,
          DriverCodes.class);

  private static final Pattern PAGE =
      Pattern.compile(
          "# (\\S+)\\n\\n[^#]+\\.\\n\\n## What it means\\n\\n[^#]+\\n## Why\\n\\n[^#]+\\n"
              + "## Before\\n\\n(.*?)```stp\\n(.*?)```\\n\\n## After\\n\\n(.*?)```stp\\n(.*?)```\\n",
          Pattern.DOTALL);
  private static final Pattern LIBRARY = Pattern.compile("```systemtap\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern KERNEL = Pattern.compile("--bpf-kernel=([0-9.]+)`");

  /** Indexed once for all pages. */
  private static final TapsetStore LIBRARIES = new TapsetStore(Optional.empty());

  static List<String> codes() throws IllegalAccessException {
    List<String> codes = new ArrayList<>();
    for (Class<?> registry : REGISTRIES) {
      for (Field field : registry.getFields()) {
        if (field.get(null) instanceof DiagnosticCode code) {
          codes.add(code.name());
        }
      }
    }
    return codes;
  }

  @ParameterizedTest
  @MethodSource("codes")
  void everyCodeHasAPageWhoseScriptsShowIt(String code, @TempDir Path folder) throws IOException {
    Matcher page = PAGE.matcher(Files.readString(PAGES.resolve(code + ".md")));
    assertThat(page.matches()).as("the sections of the page").isTrue();
    assertThat(page.group(1)).isEqualTo(code);
    Target target = target(page.group(2));
    assertThat(compile(page.group(3), page.group(2), folder.resolve("before"), target))
        .extracting(each -> each.code().name())
        .contains(code);
    assertThat(compile(page.group(5), page.group(4), folder.resolve("after"), target))
        .noneMatch(Diagnostic::isError)
        .extracting(each -> each.code().name())
        .doesNotContain(code);
  }

  @Test
  void theListHoldsEveryPage() throws IOException, IllegalAccessException {
    try (Stream<Path> files = Files.list(PAGES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(Stream.of("README"), codes().stream())
                  .map(name -> name + ".md")
                  .toList());
    }
    List<String> listed =
        Pattern.compile("\\| \\[(\\S+)]\\((\\S+)\\.md\\) \\| ")
            .matcher(Files.readString(PAGES.resolve("README.md")))
            .results()
            .map((MatchResult entry) -> entry.group(1))
            .toList();
    assertThat(listed).containsExactlyInAnyOrderElementsOf(codes());
  }

  /** Compiles as the circumstances say: with {@code -g}, with a library file. */
  private static List<Diagnostic> compile(
      String script, String circumstances, Path folder, Target target) throws IOException {
    Matcher library = LIBRARY.matcher(circumstances);
    List<Path> included = new ArrayList<>();
    if (library.find()) {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("library.stp"), library.group(1));
      included.add(folder);
    }
    return new CompilerDriver(
            new CompilerSettings(List.of(), circumstances.contains("`-g`"), included, Map.of()),
            target,
            LIBRARIES)
        .compile(new SourceText("page.stp", script))
        .diagnostics();
  }

  /** The machine that a page speaks of. */
  private static Target target(String circumstances) {
    Matcher kernel = KERNEL.matcher(circumstances);
    KernelProfile profile =
        KernelProfile.ofVersion(
            KernelVersion.parse(kernel.find() ? kernel.group(1) : "6.18").orElseThrow());
    if (circumstances.contains("without `CONFIG_KPROBES`")) {
      Set<KernelFeature> features = EnumSet.copyOf(profile.features());
      features.remove(KernelFeature.KPROBES);
      profile =
          new KernelProfile(
              profile.name(),
              profile.version(),
              features,
              profile.helpers(),
              profile.instructionLimit());
    }
    if (circumstances.contains("For a kernel with BTF")) {
      Assumptions.assumeTrue(Files.isReadable(Path.of("/sys/kernel/btf/vmlinux")), "no BTF");
      return LiveTarget.open(profile);
    }
    return FixedTarget.of(profile)
        .withFunction("vfs_read", 0x1000)
        .withTracepoint("sched", new FunctionPrototype("sched_switch", 7, "void", List.of()));
  }
}
