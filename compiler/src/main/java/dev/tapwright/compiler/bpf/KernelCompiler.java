package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.DerivedProbe;
import dev.tapwright.compiler.analysis.Program;
import dev.tapwright.compiler.bpf.BlockPlacement.RareBlocks;
import dev.tapwright.compiler.bpf.KernelProgram.ProgramKind;
import dev.tapwright.compiler.bpf.KernelProgram.SourceLine;
import dev.tapwright.compiler.probe.AttachMethod;
import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.probe.Placement;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Compiles the kernel-placed handlers of a program. Stateless. */
public final class KernelCompiler {
  private static final int LONGEST_NAME = 15;

  private final Program program;
  private final KernelProfile profile;
  private final KernelTables tables;

  private KernelCompiler(Program program, KernelProfile profile, KernelCompilerOptions options) {
    this.program = program;
    this.profile = profile;
    tables = new KernelTables(program, profile, options);
  }

  /** Compiles. Whatever the kernel cannot carry is a diagnostic; code comes only without errors. */
  public static KernelCompilation compile(
      Program program, KernelProfile profile, KernelCompilerOptions options) {
    return new KernelCompiler(program, profile, options).compile();
  }

  private KernelCompilation compile() {
    List<KernelProgram> programs = new ArrayList<>();
    for (int i = 0; i < program.probes().size(); i++) {
      DerivedProbe probe = program.probes().get(i);
      if (probe.attachPoint().placement() == Placement.KERNEL) {
        handler(i, probe).ifPresent(programs::add);
      }
    }
    List<Diagnostic> diagnostics =
        tables.diagnostics().stream()
            .sorted(java.util.Comparator.comparingInt(diagnostic -> diagnostic.span().start()))
            .toList();
    if (diagnostics.stream().anyMatch(Diagnostic::isError)) {
      return new KernelCompilation(Optional.empty(), diagnostics);
    }
    return new KernelCompilation(
        Optional.of(
            programs.isEmpty()
                ? new KernelCode(
                    List.of(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    List.of(),
                    List.of(),
                    List.of())
                : tables.code(programs)),
        diagnostics);
  }

  private Optional<KernelProgram> handler(int number, DerivedProbe probe) {
    Span place = probe.origins().getLast().span();
    Flow lowered = HandlerLowering.lower(tables, probe, place);
    if (tables.hasErrors()) {
      return Optional.empty();
    }
    Generated generated = generate(lowered, RareBlocks.BEHIND);
    if (JumpSequence.longest(generated.selection().instructions()) > JumpSequence.limit(profile)) {
      generated = generate(lowered, RareBlocks.BETWEEN);
    }
    if (generated.stackBytes() > Frame.LIMIT) {
      tables.report(HandlerLowering.stackError(place, generated.stackBytes()));
      return Optional.empty();
    }
    InstructionSelector.Selection selection = generated.selection();
    InstructionLimit.check(selection, place, profile).ifPresent(tables::report);
    AttachPoint attachPoint = probe.attachPoint();
    return Optional.of(
        new KernelProgram(
            name(number, attachPoint),
            number,
            kind(attachPoint),
            selection.instructions(),
            lines(selection.spans())));
  }

  private record Generated(InstructionSelector.Selection selection, int stackBytes) {}

  private static Generated generate(Flow lowered, RareBlocks rareBlocks) {
    RegisterAllocation allocation = RegisterAllocator.run(Passes.optimized(lowered, rareBlocks));
    return new Generated(
        LongJumps.run(InstructionSelector.run(allocation)), allocation.flow().stackBytes());
  }

  private ProgramKind kind(AttachPoint attachPoint) {
    return switch (AttachMethod.of(attachPoint, profile)) {
      case FENTRY -> ProgramKind.FENTRY;
      case FEXIT -> ProgramKind.FEXIT;
      case KPROBE -> ProgramKind.KPROBE;
      case KRETPROBE -> ProgramKind.KRETPROBE;
      case RAW_TRACEPOINT -> ProgramKind.RAW_TRACEPOINT;
      case TRACEPOINT -> ProgramKind.TRACEPOINT;
      case UPROBE -> ProgramKind.UPROBE;
      case URETPROBE -> ProgramKind.URETPROBE;
      // The program can be compiled and loaded where it cannot be attached, and attached on another
      // kernel.
      case UNAVAILABLE ->
          attachPoint instanceof AttachPoint.KernelFunction function && function.isReturn()
              ? ProgramKind.KRETPROBE
              : ProgramKind.KPROBE;
      case USER_SPACE ->
          throw new IllegalArgumentException("not placed in the kernel: " + attachPoint);
    };
  }

  private static String name(int number, AttachPoint attachPoint) {
    String what =
        switch (attachPoint) {
          case AttachPoint.KernelFunction function -> function.symbol();
          case AttachPoint.Tracepoint tracepoint -> tracepoint.name();
          case AttachPoint.UserFunction function -> function.symbol();
          default -> "probe";
        };
    String name = "p" + number + "_" + what.replaceAll("[^A-Za-z0-9_]", "_");
    return name.substring(0, Math.min(LONGEST_NAME, name.length()));
  }

  private static List<SourceLine> lines(List<Span> spans) {
    List<SourceLine> lines = new ArrayList<>();
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i).outermost();
      if (lines.isEmpty()
          || lines.getLast().line() != span.line()
          || lines.getLast().column() != span.column()) {
        lines.add(
            new SourceLine(
                i,
                span.source().name(),
                span.source().line(span.line() - 1),
                span.line(),
                span.column()));
      }
    }
    return lines;
  }
}
