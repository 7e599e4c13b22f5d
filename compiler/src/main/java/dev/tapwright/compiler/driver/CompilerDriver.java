package dev.tapwright.compiler.driver;

import dev.tapwright.compiler.analysis.AnalysisInput;
import dev.tapwright.compiler.analysis.AnalysisResult;
import dev.tapwright.compiler.analysis.Analyzer;
import dev.tapwright.compiler.analysis.Program;
import dev.tapwright.compiler.bpf.GlobalStorage;
import dev.tapwright.compiler.bpf.KernelCompilation;
import dev.tapwright.compiler.bpf.KernelCompiler;
import dev.tapwright.compiler.bpf.KernelCompilerOptions;
import dev.tapwright.compiler.machine.UserCompilation;
import dev.tapwright.compiler.machine.UserCompiler;
import dev.tapwright.compiler.object.BpfObject;
import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.probe.Processes;
import dev.tapwright.compiler.tapset.CacheFolder;
import dev.tapwright.compiler.tapset.LibraryFolders;
import dev.tapwright.compiler.tapset.OpenLibrary;
import dev.tapwright.compiler.tapset.TapsetStore;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.compiler.target.TaskLayout;
import dev.tapwright.syntax.DeepStack;
import dev.tapwright.syntax.ParseOptions;
import dev.tapwright.syntax.ParseResult;
import dev.tapwright.syntax.ScriptParser;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Script;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The stages of compilation, in their order. Each can be asked for alone, as {@code stap -p1} and
 * {@code -p2} do; {@link #compile(SourceText)} goes through all.
 */
public final class CompilerDriver {
  /** The version of SystemTap whose language this is: what {@code systemtap_v} tests. */
  private final CompilerSettings settings;

  private final Target target;
  private final OpenLibrary library;

  /** A driver for one machine and one set of choices. */
  public CompilerDriver(CompilerSettings settings, Target target) {
    this(settings, target, new TapsetStore(CacheFolder.ofUser()));
  }

  /** A driver with a store of library files that outlives it. */
  public CompilerDriver(CompilerSettings settings, Target target, TapsetStore store) {
    this.settings = settings;
    this.target = target;
    this.library =
        store.open(
            LibraryFolders.withInstalled(settings.tapsetDirectories()),
            // Library files know of older versions only through systemtap_v, which few of them ask.
            conditions(CompilerSettings.LANGUAGE_VERSION));
  }

  /** Goes through all stages, as far as the script lets it. */
  public static Compilation compile(SourceText source, CompilerSettings settings, Target target) {
    return new CompilerDriver(settings, target).compile(source);
  }

  /** Goes through all stages, as far as the script lets it. */
  public Compilation compile(SourceText source) {
    return compile(source, () -> false);
  }

  /**
   * Goes through all stages, as far as the script lets it and the result is still wanted.
   *
   * @param isSuperseded asked before each stage
   * @throws CancellationException when the result is not wanted any more
   */
  public Compilation compile(SourceText source, BooleanSupplier isSuperseded) {
    return DeepStack.call(() -> allStages(source, isSuperseded));
  }

  private Compilation allStages(SourceText source, BooleanSupplier isSuperseded) {
    ParseResult parsed = parse(source);
    check(isSuperseded);
    AnalysisResult analysis = analyze(parsed.script());
    check(isSuperseded);
    // What could not be parsed or has an error is missing in the program: the rest is worth
    // checking, not worth running.
    CodeResult code = generate(source.name(), analysis.soundProgram());
    List<Diagnostic> diagnostics = new ArrayList<>(parsed.diagnostics());
    SyntaxDamage damage = SyntaxDamage.of(parsed);
    Stream.concat(analysis.diagnostics().stream(), code.diagnostics().stream())
        .filter(diagnostic -> !damage.echoes(diagnostic))
        .forEach(diagnostics::add);
    Optional<BpfObject> object =
        diagnostics.stream().anyMatch(Diagnostic::isError) ? Optional.empty() : code.object();
    return new Compilation(parsed.script(), analysis, code.kernelCode(), object, diagnostics);
  }

  private static void check(BooleanSupplier isSuperseded) {
    if (isSuperseded.getAsBoolean()) {
      throw new CancellationException();
    }
  }

  /** Pass 1: the main script, followed by the additional ones. */
  public ParseResult parse(SourceText source) {
    ParseOptions options =
        new ParseOptions(
            settings.arguments(),
            settings.isGuru(),
            conditions(settings.languageVersion()),
            library.macros());
    ParseResult main = ScriptParser.parse(source, options);
    List<Diagnostic> diagnostics = new ArrayList<>();
    // Nobody is kept waiting for a look at files that no script of theirs uses.
    if (!settings.tapsetDirectories().isEmpty()) {
      diagnostics.addAll(library.brokenFiles(new Span(source, 0, 0)));
    }
    diagnostics.addAll(main.diagnostics());
    List<Declaration> declarations = new ArrayList<>(main.script().declarations());
    Set<Integer> used = new HashSet<>(main.usedArguments());
    for (SourceText additional : settings.additionalScripts()) {
      ParseResult more = ScriptParser.parse(additional, options);
      declarations.addAll(more.script().declarations());
      diagnostics.addAll(more.diagnostics());
      used.addAll(more.usedArguments());
    }
    return new ParseResult(new Script(main.script().span(), declarations), diagnostics, used);
  }

  /** How many arguments the script has been given. */
  public int arguments() {
    return settings.arguments().size();
  }

  /** How many library files have been parsed so far. */
  public int libraryFiles() {
    return library.parsedFiles();
  }

  /** Pass 2. */
  public AnalysisResult analyze(Script script) {
    AnalysisInput input =
        new AnalysisInput(
            target,
            settings.workingDirectory(),
            library,
            settings.isOptimized(),
            settings.isGuru(),
            settings.skipsBadVariables());
    return Analyzer.analyze(script, input);
  }

  /**
   * Passes 3 and 4.
   *
   * @param scriptName what messages at run time call the script
   */
  public CodeResult generate(String scriptName, Program analyzed) {
    return DeepStack.call(() -> code(scriptName, analyzed));
  }

  private CodeResult code(String scriptName, Program analyzed) {
    CarriedCheck.Outcome carried = CarriedCheck.check(analyzed);
    Program program = carried.program();
    KernelCompilation kernel =
        KernelCompiler.compile(
            program, target.profile(), KernelCompilerOptions.of(settings.limits()), tasks(program));
    Set<Integer> shared =
        kernel.code().stream()
            .flatMap(code -> code.globals().stream())
            .map(GlobalStorage::global)
            .collect(Collectors.toUnmodifiableSet());
    UserCompilation user =
        UserCompiler.compile(program, shared, settings.limits(), target.profile());
    List<Diagnostic> diagnostics = new ArrayList<>(carried.diagnostics());
    diagnostics.addAll(kernel.diagnostics());
    diagnostics.addAll(user.diagnostics());
    Optional<BpfObject> object =
        kernel
            .code()
            .filter(code -> carried.diagnostics().stream().noneMatch(Diagnostic::isError))
            .flatMap(
                code ->
                    user.program()
                        .map(
                            machine ->
                                new ObjectAssembler(
                                        program,
                                        KernelCompilerOptions.maximumErrors(settings.limits()),
                                        kernelBuild(program))
                                    .assemble(
                                        scriptName, target.profile().version(), code, machine)));
    return new CodeResult(
        kernel.code(), object, diagnostics.stream().map(program.places()::placed).toList());
  }

  /** How the kernel tells processes apart, where a probe asks that: to read it takes time. */
  private Optional<TaskLayout> tasks(Program program) {
    return program.probes().stream()
            .anyMatch(
                probe ->
                    !probe.processes().equals(Processes.ALL)
                        || probe.attachPoint() instanceof AttachPoint.ProcessEvent
                        || probe.attachPoint() instanceof AttachPoint.PacketHook)
        ? TaskLayout.of(target)
        : Optional.empty();
  }

  /** The build of the kernel that the code is for, where it depends on that. */
  private Optional<String> kernelBuild(Program program) {
    return program.isOfKernelBuild() || tasks(program).isPresent()
        ? target.kernelBuild()
        : Optional.empty();
  }

  private ParseOptions.Conditions conditions(String languageVersion) {
    KernelVersion version = target.profile().version();
    String release = version.release();
    int hyphen = release.indexOf('-');
    return new ParseOptions.Conditions(
        hyphen < 0 ? release : release.substring(0, hyphen),
        release,
        target.architecture(),
        languageVersion,
        settings.isGuru(),
        option -> target.kernelConfiguration(option).orElse(""));
  }
}
