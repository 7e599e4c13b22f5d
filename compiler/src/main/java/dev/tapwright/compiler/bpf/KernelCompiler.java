package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.DerivedProbe;
import dev.tapwright.compiler.analysis.Program;
import dev.tapwright.compiler.bpf.KernelProgram.ProgramKind;
import dev.tapwright.compiler.bpf.KernelProgram.SourceLine;
import dev.tapwright.compiler.bpf.code.BlockPlacement.RareBlocks;
import dev.tapwright.compiler.bpf.code.Flow;
import dev.tapwright.compiler.bpf.code.Frame;
import dev.tapwright.compiler.bpf.code.Instruction;
import dev.tapwright.compiler.bpf.code.InstructionSelector;
import dev.tapwright.compiler.bpf.code.InstructionSelector.Selection;
import dev.tapwright.compiler.bpf.code.JumpSequence;
import dev.tapwright.compiler.bpf.code.LongJumps;
import dev.tapwright.compiler.bpf.code.LoopCost;
import dev.tapwright.compiler.bpf.code.Passes;
import dev.tapwright.compiler.bpf.code.RegisterAllocation;
import dev.tapwright.compiler.bpf.code.RegisterAllocator;
import dev.tapwright.compiler.bpf.code.Scratch;
import dev.tapwright.compiler.bpf.code.SharedTails;
import dev.tapwright.compiler.bpf.code.TurnFunctions;
import dev.tapwright.compiler.bpf.code.TurnRounds;
import dev.tapwright.compiler.probe.AttachMethod;
import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.probe.Placement;
import dev.tapwright.compiler.target.KernelFeature;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.TaskLayout;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Compiles the kernel-placed handlers of a program. Stateless. */
public final class KernelCompiler {
  private static final int LONGEST_NAME = 15;

  /** A loop that can do less is of no use. */
  private static final int FEWEST_ACTIONS = 8;

  /**
   * Blocks times registers of a handler at most: the passes keep a bit or two for each, and this is
   * some 7,000 ordinary statements.
   */
  private static final long LARGEST = 2_000_000_000L;

  private final Program program;
  private final KernelProfile profile;
  private final KernelCompilerOptions options;
  private final KernelTables tables;

  private KernelCompiler(
      Program program,
      KernelProfile profile,
      KernelCompilerOptions options,
      Optional<TaskLayout> tasks) {
    this.program = program;
    this.profile = profile;
    this.options = options;
    tables = new KernelTables(program, profile, options, tasks);
  }

  /**
   * Compiles. Whatever the kernel cannot carry is a diagnostic; code comes only without errors.
   *
   * @param tasks how the kernel tells processes apart; may be empty where no probe asks that
   */
  public static KernelCompilation compile(
      Program program,
      KernelProfile profile,
      KernelCompilerOptions options,
      Optional<TaskLayout> tasks) {
    return new KernelCompiler(program, profile, options, tasks).compile();
  }

  private KernelCompilation compile() {
    List<KernelProgram> programs = programs();
    ProbeLimit.check(program, profile).forEach(tables::report);
    List<Diagnostic> diagnostics =
        tables.diagnostics().stream()
            .distinct()
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
                    List.of(),
                    List.of(),
                    List.of())
                : tables.code(programs)),
        diagnostics);
  }

  private List<KernelProgram> programs() {
    List<KernelProgram> programs = new ArrayList<>();
    int unaware = 0;
    for (int i = 0; i < program.probes().size(); i++) {
      if (program.probes().get(i).attachPoint().placement() == Placement.KERNEL) {
        handler(i).ifPresent(programs::add);
      }
      unaware = tables.mayEnd() ? unaware : programs.size();
    }
    // What was compiled before anything showed that may end the session does not look for that.
    for (int i = 0; tables.mayEnd() && !tables.hasErrors() && i < unaware; i++) {
      int place = i;
      handler(programs.get(i).probe()).ifPresent(aware -> programs.set(place, aware));
    }
    return programs;
  }

  private Optional<KernelProgram> handler(int number) {
    DerivedProbe probe = program.probes().get(number);
    Span place = probe.origins().getLast().span();
    Flow lowered = lowered(probe, place);
    if (tables.hasErrors()) {
      return Optional.empty();
    }
    if (isTooLarge(lowered)) {
      tables.report(InstructionLimit.tooLarge(place, profile));
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
    if (!fitsScratch(generated.scratchBytes(), place)) {
      return Optional.empty();
    }
    Selection selection = generated.selection();
    InstructionLimit.check(selection, place, profile).ifPresent(tables::report);
    MapLimit.check(selection, place, profile, tables.maps()).ifPresent(tables::report);
    AttachPoint attachPoint = probe.attachPoint();
    ProgramKind kind = kind(attachPoint);
    HelperAccess.check(selection, kind).forEach(tables::report);
    return Optional.of(
        new KernelProgram(
            name(number, attachPoint), number, kind, selection.instructions(), lines(selection)));
  }

  /** Lowers a handler in the best style of loops that the kernel carries. */
  private Flow lowered(DerivedProbe probe, Span place) {
    LoopStyle style = LoopStyle.of(profile);
    long all = options.maximumActions();
    if (style == LoopStyle.KERNEL) {
      return HandlerLowering.lower(tables, probe, place, style, all).flow();
    }
    HandlerLowering.Lowered lowered =
        HandlerLowering.lower(tables, probe, place, LoopStyle.FOLLOWED, all);
    Flow flow = lowered.flow();
    // One counter is that of taking Scratch.
    if (flow.scratch().followed().size() <= 1) {
      return flow;
    }
    if (style == LoopStyle.FUNCTIONS && !lowered.isWhole() && !isTooLarge(flow)) {
      Flow inFunctions = HandlerLowering.lower(tables, probe, place, style, all).flow();
      Flow optimized = Passes.optimized(inFunctions, RareBlocks.BEHIND);
      if (TurnFunctions.apart(optimized, tables::scratchMap).isPresent()) {
        return inFunctions;
      }
    }
    return followed(probe, place);
  }

  /** Whether the passes would take more memory for a handler than a compiler should. */
  private static boolean isTooLarge(Flow flow) {
    return (long) flow.blocks().size() * flow.virtuals() > LARGEST;
  }

  /** Lowers a handler, with as many actions for its loops as the verifier can go through. */
  private Flow followed(DerivedProbe probe, Span place) {
    long actions = options.maximumActions();
    while (true) {
      HandlerLowering.Lowered lowered =
          HandlerLowering.lower(tables, probe, place, LoopStyle.FOLLOWED, actions);
      Flow flow = lowered.flow();
      // A handler that must stay whole has to wait for loops that the kernel bounds.
      KernelFeature remedy = lowered.isWhole() ? KernelFeature.MAY_GOTO : KernelFeature.RING_BUFFER;
      double excess = LoopCost.of(flow).excess(profile);
      if (excess <= 1) {
        if (actions < options.maximumActions()) {
          tables.report(fewerActions(place, actions, remedy));
        }
        return flow;
      }
      long fewer = (long) Math.min(actions / excess, actions * 0.9);
      if (fewer < FEWEST_ACTIONS) {
        tables.report(tooCostly(place, remedy));
        return flow;
      }
      actions = fewer;
    }
  }

  private Diagnostic fewerActions(Span place, long actions, KernelFeature remedy) {
    return Diagnostic.warning(
            KernelDiagnostics.LOOP,
            place,
            "the loops of this handler can execute %d statements in one run on Linux %s, not the %d of MAXACTION: its verifier goes through every turn"
                .formatted(actions, profile.name(), options.maximumActions()))
        .withNote("Linux %s does not".formatted(remedy.since()));
  }

  private Diagnostic tooCostly(Span place, KernelFeature remedy) {
    return Diagnostic.error(
            KernelDiagnostics.LOOP,
            place,
            "the loops of this handler, and of what it does with strings, are more than the verifier of Linux %s can go through"
                .formatted(profile.name()))
        .withNote(
            "Linux %s need not go through every turn; here, use shorter loops and strings, or an end or timer probe, which run in user space"
                .formatted(remedy.since()));
  }

  private boolean fitsScratch(int bytes, Span place) {
    if (bytes > Scratch.LIMIT) {
      tables.report(
          Diagnostic.error(
                  KernelDiagnostics.STACK,
                  place,
                  "this handler needs %d bytes for its strings and keys; a kernel probe has %d"
                      .formatted(bytes, Scratch.LIMIT))
              .withNote("use shorter strings, or a smaller MAXSTRINGLEN"));
      return false;
    }
    tables.useScratch(bytes);
    return true;
  }

  private record Generated(Selection selection, int stackBytes, int scratchBytes) {
    static Generated of(Flow optimized) {
      RegisterAllocation allocation = SharedTails.run(RegisterAllocator.run(optimized));
      return new Generated(
          LongJumps.run(InstructionSelector.run(allocation)),
          allocation.flow().stackBytes(),
          allocation.flow().scratch().bytes());
    }
  }

  private Generated generate(Flow lowered, RareBlocks rareBlocks) {
    Flow optimized = Passes.optimized(lowered, rareBlocks);
    if (!TurnFunctions.isWanted(optimized)) {
      return Generated.of(optimized);
    }
    TurnFunctions.Parts parts = TurnFunctions.apart(optimized, tables::scratchMap).orElseThrow();
    Generated prologue = Generated.of(parts.prologue());
    Generated turn = Generated.of(parts.turn());
    return new Generated(
        TurnRounds.linked(prologue.selection(), turn.selection()),
        TurnRounds.stackBytes(prologue.stackBytes(), turn.stackBytes()),
        Math.max(prologue.scratchBytes(), turn.scratchBytes()));
  }

  private ProgramKind kind(AttachPoint attachPoint) {
    return switch (AttachMethod.of(attachPoint, profile)) {
      case FENTRY -> ProgramKind.FENTRY;
      case FEXIT -> ProgramKind.FEXIT;
      case KPROBE -> ProgramKind.KPROBE;
      case KRETPROBE -> ProgramKind.KRETPROBE;
      case RAW_TRACEPOINT -> ProgramKind.RAW_TRACEPOINT;
      case TASK_ITERATOR -> ProgramKind.TASK_ITERATOR;
      case TRACEPOINT -> ProgramKind.TRACEPOINT;
      case PERF_EVENT, WATCHPOINT -> ProgramKind.PERF_EVENT;
      case SECURITY_HOOK -> ProgramKind.SECURITY_HOOK;
      case PACKET_HOOK -> ProgramKind.PACKET_HOOK;
      case UPROBE -> ProgramKind.UPROBE;
      case URETPROBE -> ProgramKind.URETPROBE;
      // The program can be compiled and loaded where it cannot be attached, and attached on another
      // kernel.
      case UNAVAILABLE ->
          attachPoint instanceof AttachPoint.KernelFunction function && function.isReturn()
              ? ProgramKind.KRETPROBE
              : ProgramKind.KPROBE;
      case USER_SPACE, COUNTER, NOT_CARRIED ->
          throw new IllegalArgumentException("not placed in the kernel: " + attachPoint);
    };
  }

  private static String name(int number, AttachPoint attachPoint) {
    String what =
        switch (attachPoint) {
          case AttachPoint.KernelFunction function -> function.symbol();
          case AttachPoint.Tracepoint tracepoint -> tracepoint.name();
          case AttachPoint.UserFunction function -> function.symbol();
          case AttachPoint.UserLinkage stub -> stub.symbol();
          case AttachPoint.UserMark mark -> mark.name();
          case AttachPoint.ProcessEvent event -> event.event().tracepoint();
          case AttachPoint.PerfEvent event -> "perf_" + event.type() + "_" + event.config();
          case AttachPoint.Watchpoint data -> data.symbol().orElse("data");
          case AttachPoint.SecurityHook hook -> hook.hook();
          case AttachPoint.PacketHook hook -> hook.name();
          default -> "probe";
        };
    String name = "p" + number + "_" + what.replaceAll("[^A-Za-z0-9_]", "_");
    return name.substring(0, Math.min(LONGEST_NAME, name.length()));
  }

  private static List<SourceLine> lines(Selection selection) {
    List<Span> spans = selection.spans();
    // The kernel wants a line for the first instruction of each function.
    Set<Integer> starts =
        selection.instructions().stream()
            .filter(Instruction.CallFunction.class::isInstance)
            .map(call -> ((Instruction.CallFunction) call).target())
            .collect(Collectors.toSet());
    List<SourceLine> lines = new ArrayList<>();
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i).outermost();
      // The kernel wants to know where a function comes from.
      if (lines.isEmpty()
          || starts.contains(i)
          || selection.instructions().get(i) instanceof Instruction.FunctionStart
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
