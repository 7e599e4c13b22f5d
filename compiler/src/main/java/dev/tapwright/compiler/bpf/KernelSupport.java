package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.Frame;
import dev.tapwright.compiler.bpf.code.JumpSequence;
import dev.tapwright.compiler.intrinsic.Intrinsic;
import dev.tapwright.compiler.intrinsic.Intrinsics;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of what which kernel carries as a page: {@code docs/kernel-support.md}. */
public final class KernelSupport {
  private static final List<KernelProfile> KERNELS =
      Stream.of("4.14", "4.19", "5.4", "5.10", "5.15", "6.1", "6.6", "6.12", "6.18")
          .map(version -> KernelVersion.parse(version).orElseThrow())
          .map(KernelProfile::ofVersion)
          .toList();

  private final StringBuilder text = new StringBuilder();

  private KernelSupport() {}

  /**
   * Prints the page.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    System.out.writeBytes(markdown().getBytes(StandardCharsets.UTF_8));
  }

  /** The page. */
  public static String markdown() {
    KernelSupport page = new KernelSupport();
    page.text.append(
        """
        # What which kernel carries

        Made from the tables in the code, and held to them by a test; do not edit. To make it anew:

            java -cp server/target/tapwright.jar dev.tapwright.compiler.bpf.KernelSupport > docs/kernel-support.md

        `begin`, `end`, `error` and `timer` probes run in user space, with all of the language, on every kernel. The following is about probes in the
        kernel. `stap --bpf-kernel=VERSION` compiles for a kernel other than the running one; a kernel built without a facility that its version has is
        taken for what it is. Types, functions and tracepoints are those of the running kernel all the same: what depends on them runs on that build
        of the kernel only, and `stapbpf` refuses it on others.

        ## Constructs

        """);
    page.constructs();
    page.text.append("\n## How it is done\n\n");
    page.ways();
    page.text.append(
        "\n## Facilities of the kernel\n\n| Since | Facility | What depends on it |\n|---|---|---|\n");
    Arrays.stream(KernelFeature.values())
        .sorted(Comparator.comparing(KernelFeature::since))
        .forEach(
            feature ->
                page.row(
                    List.of(
                        feature.since().toString(), feature.description(), feature.dependents())));
    page.text.append(
        "\n## Helpers that provided functions call\n\n| Since | Helper | Functions |\n|---|---|---|\n");
    Arrays.stream(Helper.values())
        .sorted(Comparator.comparing(Helper::since).thenComparingInt(Helper::id))
        .forEach(page::helper);
    return page.text.toString();
  }

  private void constructs() {
    kernels("In a kernel probe");
    for (Restriction restriction : Restriction.values()) {
      kernelRow(restriction.construct(), profile -> restriction.isBeyond(profile) ? "–" : "yes");
    }
    text.append("\n“–”: the kernel cannot.\n");
  }

  private void ways() {
    kernels("");
    kernelRow(
        "`kernel.function`", profile -> has(profile, KernelFeature.FENTRY, "fentry", "kprobe"));
    kernelRow(
        "`kernel.trace`",
        profile -> has(profile, KernelFeature.RAW_TRACEPOINT, "raw tracepoint", "tracepoint"));
    kernelRow("loops", KernelSupport::loops);
    kernelRow(
        "output",
        profile -> has(profile, KernelFeature.RING_BUFFER, "ring buffer", "perf buffers"));
    kernelRow(
        "result of `x++` on a global",
        profile -> has(profile, KernelFeature.ATOMIC_FETCH, "exact", "approximate"));
    kernelRow(
        "bytes of an array’s key",
        profile -> has(profile, KernelFeature.LARGE_KEYS, "any", "%d".formatted(Frame.LIMIT)));
    kernelRow("instructions of a handler", profile -> number(profile.instructionLimit()));
    kernelRow("branches in a row", profile -> number(JumpSequence.limit(profile)));
    text.append(
        "\nA loop is gone through *turn by turn* by the verifier, which is for short loops; or one turn of it is looked at, as a *function* that is called"
            + " again and again,\nor with *may_goto*. From then on, nothing but MAXACTION limits it.\n");
  }

  private static String loops(KernelProfile profile) {
    if (!profile.has(KernelFeature.BOUNDED_LOOPS)) {
      return "–";
    }
    return switch (LoopStyle.of(profile)) {
      case KERNEL -> "may_goto";
      case FUNCTIONS -> "function";
      case FOLLOWED -> "turn by turn";
    };
  }

  private static String has(
      KernelProfile profile, KernelFeature feature, String with, String without) {
    return profile.has(feature) ? with : without;
  }

  private static String number(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private void helper(Helper helper) {
    String functions =
        Intrinsics.all().stream()
            .filter(intrinsic -> intrinsic.helpers().contains(helper))
            .map(Intrinsic::signature)
            .map(signature -> "`" + signature.name() + "`")
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    if (!functions.isEmpty()) {
      row(List.of(helper.since().toString(), "`" + helper.kernelName() + "`", functions));
    }
  }

  private void kernels(String first) {
    row(Stream.concat(Stream.of(first), KERNELS.stream().map(KernelProfile::name)).toList());
    text.append("|---".repeat(KERNELS.size() + 1)).append("|\n");
  }

  private void kernelRow(String name, Function<KernelProfile, String> cell) {
    row(Stream.concat(Stream.of(name), KERNELS.stream().map(cell)).toList());
  }

  private void row(List<String> cells) {
    text.append(
        cells.stream()
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }
}
