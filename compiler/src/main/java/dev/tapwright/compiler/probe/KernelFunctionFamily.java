package dev.tapwright.compiler.probe;

import dev.tapwright.compiler.target.KernelSymbols;
import dev.tapwright.compiler.target.KernelSymbols.KernelSymbol;
import dev.tapwright.compiler.target.KernelTypes;
import dev.tapwright.compiler.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code kernel.function("PATTERN")} and {@code module("NAME").function("PATTERN")} with {@code
 * .call}, {@code .exported}, {@code .inline} and {@code .return}: the kernel's functions by {@code
 * /proc/kallsyms}, without debuginfo.
 */
final class KernelFunctionFamily implements ProbeFamily {
  /**
   * What the entry of a system call is called today, by architecture; before 4.17 it was {@code
   * sys_NAME}.
   */
  private static final List<String> SYSTEM_CALL_PREFIXES =
      List.of(
          "__x64_sys_",
          "__arm64_sys_",
          "__riscv_sys_",
          "__s390x_sys_",
          "__s390_sys_",
          "__powerpc_sys_",
          "SyS_");

  private static final String SYSTEM_CALL = "sys_";

  /** Symbols that begin so are padding before functions, not functions. */
  private static final List<String> PADDING_PREFIXES = List.of("__pfx_", "__cfi_");

  private static final int SIMILAR_FUNCTIONS = 5;

  @Override
  public List<ProbePattern> patterns() {
    List<ProbePattern> patterns = new ArrayList<>();
    for (String place : List.of("kernel", "module(string)")) {
      String base = place + ".function(string)";
      patterns.add(ProbePattern.of(base, "Where functions of the kernel are entered"));
      patterns.add(
          ProbePattern.of(base + ".call", "Where functions are entered, inlined ones left out"));
      patterns.add(ProbePattern.of(base + ".exported", "Where exported functions are entered"));
      patterns.add(ProbePattern.of(base + ".inline", "Where functions have been inlined"));
      patterns.add(ProbePattern.of(base + ".return", "Where functions return"));
      patterns.add(
          ProbePattern.of(
              base + ".return.maxactive(number)",
              "Where functions return; however many are running"));
    }
    return patterns;
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    return resolve(point, 1, moduleOf(point), context);
  }

  /**
   * Looks functions up.
   *
   * @param at the place of the component that has the function's name or pattern
   */
  static Resolution resolve(
      ConcretePoint point, int at, Optional<String> module, ResolutionContext context) {
    SourcePlace place = SourcePlace.of(point.string(at));
    if (place.file().isPresent() && !place.isOneFunction()) {
      return ofFile(point, place, context.target(), module);
    }
    if (point.has("inline")) {
      return Resolution.notFound(
          ProbeCodes.NO_MATCH,
          "no match (inlined functions are known only from debuginfo, which is not supported yet)");
    }
    if (point.has("exported")) {
      return new Resolution.NotSupported(
          "'.exported' is not supported yet; use '.call'", Optional.empty());
    }
    return functions(point, at, place.function(), module, context);
  }

  /** The functions of a file, which only debuginfo tells: one place that stands for them all. */
  private static Resolution ofFile(
      ConcretePoint point, SourcePlace place, Target target, Optional<String> module) {
    if (find(target, place.function(), module).isEmpty()) {
      return Resolution.notFound(ProbeCodes.NO_MATCH, "no match");
    }
    return Resolution.found(
        ProbeMatch.notCarried(
            new AttachPoint.NotCarried(
                place.function() + "@" + place.file().orElse(""),
                "which functions a source file has is known only from debuginfo, which is not read yet",
                "name the functions, or a pattern of their names",
                point.has("return"),
                ProbeContext.Kind.KERNEL_FUNCTION,
                Optional.empty()),
            point));
  }

  /** Looks up functions by a name or pattern without a file. */
  static Resolution functions(
      ConcretePoint point,
      int at,
      String pattern,
      Optional<String> module,
      ResolutionContext context) {
    Target target = context.target();
    List<KernelSymbol> symbols = find(target, pattern, module);
    if (symbols.isEmpty()) {
      return Resolution.notFound(ProbeCodes.NO_MATCH, () -> noMatch(target, pattern, module));
    }
    OptionalLong textStart = target.kernelSymbols().textStart();
    List<ProbeMatch> matches = new ArrayList<>(symbols.size());
    for (KernelSymbol symbol : symbols) {
      matches.add(match(point, at, symbol, textStart, target));
    }
    return new Resolution.Found(matches);
  }

  private static List<KernelSymbol> find(Target target, String pattern, Optional<String> module) {
    KernelSymbols symbols = target.kernelSymbols();
    // The kernel may have a function of the same name as a module.
    if (Globs.isGlob(pattern) || module.isPresent()) {
      boolean wantsPadding = isPadding(pattern);
      return symbols.functionsMatching(pattern).stream()
          .filter(symbol -> isIn(symbol, module) && (wantsPadding || !isPadding(symbol.name())))
          .filter(symbol -> symbol.name().indexOf('.') < 0 || pattern.indexOf('.') >= 0)
          .toList();
    }
    Optional<KernelSymbol> exact = symbols.function(pattern).filter(symbol -> isIn(symbol, module));
    if (exact.isEmpty() && pattern.startsWith(SYSTEM_CALL)) {
      String call = pattern.substring(SYSTEM_CALL.length());
      exact =
          SYSTEM_CALL_PREFIXES.stream()
              .flatMap(prefix -> symbols.function(prefix + call).stream())
              .filter(symbol -> !isAbsentCall(symbol.name(), target))
              .findFirst();
    }
    return exact.stream().toList();
  }

  /**
   * Whether a function stands for a system call that this kernel does not have: it takes no notice
   * of its argument (COND_SYSCALL of arch/x86/include/asm/syscall_wrapper.h).
   */
  private static boolean isAbsentCall(String name, Target target) {
    return target
        .kernelTypes()
        .flatMap(types -> types.function(name))
        .filter(
            prototype ->
                prototype.parameters().stream()
                    .anyMatch(parameter -> parameter.name().equals("__unused")))
        .isPresent();
  }

  private static Optional<String> moduleOf(ConcretePoint point) {
    return point.components().getFirst().name().equals("module")
        ? Optional.of(ModuleNames.listed(point.string(0)))
        : Optional.empty();
  }

  private static boolean isIn(KernelSymbol symbol, Optional<String> module) {
    return module.isEmpty()
        ? symbol.module().isEmpty()
        : symbol.module().filter(name -> Globs.matches(module.get(), name)).isPresent();
  }

  private static boolean isPadding(String name) {
    return PADDING_PREFIXES.stream().anyMatch(name::startsWith);
  }

  private static ProbeMatch match(
      ConcretePoint point, int at, KernelSymbol symbol, OptionalLong textStart, Target target) {
    OptionalLong offset =
        symbol.address().isPresent() && textStart.isPresent()
            ? OptionalLong.of(symbol.address().getAsLong() - textStart.getAsLong())
            : OptionalLong.empty();
    Optional<Integer> btfId =
        symbol.module().isPresent()
            ? Optional.empty()
            : target
                .kernelTypes()
                .flatMap(
                    types ->
                        types
                            .function(symbol.name())
                            .filter(
                                prototype ->
                                    Trampolines.carry(
                                        prototype, types.dataTypes(), target.profile())))
                .map(KernelTypes.FunctionPrototype::btfId);
    AttachPoint attachPoint =
        new AttachPoint.KernelFunction(
            symbol.name(), offset, symbol.module(), point.has("return"), btfId);
    return new ProbeMatch(
        attachPoint,
        point.withString(at, symbol.name()),
        offset.isPresent() ? "pc=_stext+0x" + Long.toHexString(offset.getAsLong()) : "",
        symbol.name(),
        symbol.address(),
        AttachMethod.of(attachPoint, target.profile()));
  }

  private static String noMatch(Target target, String pattern, Optional<String> module) {
    Optional<String> absence = module.flatMap(name -> ModuleNames.absence(name, target));
    if (absence.isPresent()) {
      return "no match (%s)".formatted(absence.get());
    }
    if (Globs.isGlob(pattern) || pattern.isEmpty()) {
      return "no match";
    }
    List<String> names =
        target.kernelSymbols().functionsMatching("*").stream()
            .filter(
                symbol ->
                    isIn(symbol, module)
                        && !isPadding(symbol.name())
                        && symbol.name().indexOf('.') < 0)
            .map(KernelSymbol::name)
            .toList();
    return Similar.append(
        "no match", "similar functions", Similar.to(pattern, names, SIMILAR_FUNCTIONS));
  }

  @Override
  public List<String> argumentCandidates(
      List<ConcretePoint.Component> before,
      String component,
      String prefix,
      ResolutionContext context,
      int limit) {
    if (!component.equals("function") || Globs.isGlob(prefix)) {
      return List.of();
    }
    boolean isInModule = before.stream().anyMatch(place -> place.name().equals("module"));
    return context.target().kernelSymbols().functionsMatching(prefix + "*").stream()
        .filter(symbol -> isInModule == symbol.module().isPresent())
        .map(KernelSymbol::name)
        .filter(name -> !isPadding(name) && name.indexOf('.') < 0)
        .sorted()
        .limit(limit)
        .toList();
  }
}
