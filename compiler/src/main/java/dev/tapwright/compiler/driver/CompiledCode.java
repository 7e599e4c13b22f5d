package dev.tapwright.compiler.driver;

import dev.tapwright.compiler.bpf.CodeListing;
import dev.tapwright.compiler.bpf.KernelCode;
import dev.tapwright.compiler.object.BpfObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code --bpf-dump} and an editor show of a compiled script. */
final class CompiledCode {
  private CompiledCode() {}

  /** The kernel half, and which handlers run outside of it. */
  static Optional<String> listing(Optional<KernelCode> code, Optional<BpfObject> object) {
    return object.flatMap(compiled -> code.map(kernel -> listing(kernel, compiled)));
  }

  private static String listing(KernelCode code, BpfObject object) {
    String outside =
        object.plan().probes().stream()
            .filter(probe -> probe.userHandler().isPresent())
            .map(probe -> probe.name() + ": runs outside the kernel\n")
            .collect(Collectors.joining());
    String inside = CodeListing.of(code, probe -> object.plan().probes().get(probe).name());
    return inside.isEmpty() || outside.isEmpty() ? inside + outside : inside + "\n" + outside;
  }

  /** What each kernel program takes. */
  static List<String> costs(Optional<KernelCode> code, Optional<BpfObject> object) {
    return object
        .flatMap(
            compiled ->
                code.map(
                    kernel ->
                        CodeListing.costs(
                            kernel, probe -> compiled.plan().probes().get(probe).name())))
        .orElse(List.of());
  }
}
