package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.intrinsic.Intrinsics;
import dev.tapwright.compiler.probe.Similar;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.tree.Declaration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All names of a program: the script's, and those of the library files that it uses. A file is
 * taken in as a whole when one of its names is used: its probes run; its functions are looked at
 * when they are called.
 */
final class Names {
  private static final int SIMILAR_NAMES = 5;
  private static final int MOST_SUGGESTIONS = 200;

  private final Declarations script;
  private final TapsetLibrary library;
  private final Reports reports;
  private final Map<TapsetFile, Declarations> imported = new LinkedHashMap<>();
  private final IdentityHashMap<SourceText, Declarations> homes = new IdentityHashMap<>();
  private final Set<Declarations> own = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<FunctionUnit> called = new LinkedHashSet<>();
  private final Deque<FunctionUnit> unresolved = new ArrayDeque<>();
  private final Deque<Declaration.Probe> underived = new ArrayDeque<>();
  private final LibraryPlaces places = new LibraryPlaces();
  private final Map<Callable, List<FunctionUnit>> callable = new HashMap<>();
  private final Map<Callable, List<FunctionUnit>> overloads = new HashMap<>();
  private Set<String> functionNames = Set.of();
  private int suggestions;

  /**
   * What a call in a file may run depends on nothing else. Compared by code of its own: what Java
   * makes for records costs a cold start some milliseconds.
   */
  private record Callable(Declarations home, String name, int arity) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Callable callable
          && callable.home.equals(home)
          && callable.arity == arity
          && callable.name.equals(name);
    }

    @Override
    public int hashCode() {
      return name.hashCode() * 31 + arity;
    }
  }

  Names(Declarations script, TapsetLibrary library, Reports reports) {
    this.script = script;
    this.library = library;
    this.reports = reports;
  }

  /** The script's own. */
  Declarations script() {
    return script;
  }

  TapsetLibrary library() {
    return library;
  }

  /** Which places of the script led to which of the library. */
  LibraryPlaces places() {
    return places;
  }

  /** Whether a place is in a library file. */
  boolean isLibrary(Span span) {
    return homes.containsKey(span.outermost().source());
  }

  /** Whether a place is in a file of our own library. */
  boolean isOwn(Span span) {
    return own.contains(home(span));
  }

  // ---- variables

  /** The global that a name stands for at a place. */
  Optional<VariableCell> global(String name, Span use) {
    Declarations home = home(use);
    if (home.privateGlobals().contains(name)) {
      return Optional.ofNullable(home.globals().get(name));
    }
    VariableCell own = script.globals().get(name);
    if (own != null && !script.privateGlobals().contains(name)) {
      if (home != script) {
        warnOfCrossReference(own, name, use);
      }
      return Optional.of(own);
    }
    VariableCell sibling = home.globals().get(name);
    if (sibling != null) {
      return Optional.of(sibling);
    }
    return library
        .declaringGlobal(name)
        .flatMap(file -> Optional.ofNullable(take(file, use).globals().get(name)));
  }

  /**
   * The global that a name in a function stands for. In our own library it is one of its file: what
   * such a function calls its locals is no concern of a script.
   */
  Optional<VariableCell> globalInFunction(String name, Span use) {
    return isOwn(use) ? Optional.ofNullable(home(use).globals().get(name)) : global(name, use);
  }

  private void warnOfCrossReference(VariableCell own, String name, Span use) {
    Span declaration = own.declaration();
    reports.add(
        Diagnostic.warning(
            AnalysisCodes.CROSS_FILE,
            use,
            "cross-file global variable reference to identifier '%s' at %s:%d:%d from"
                .formatted(
                    name,
                    declaration.source().name(),
                    declaration.line(),
                    declaration.source().byteColumn(declaration.start()))));
  }

  /** Adds a global that only a place's own file knows. */
  void declare(VariableCell global, Span place) {
    Declarations home = home(place);
    home.globals().put(global.name(), global);
    home.privateGlobals().add(global.name());
  }

  /** Globals of the script and of the files taken in. */
  Stream<VariableCell> globals() {
    return files().flatMap(file -> file.globals().values().stream());
  }

  // ---- functions

  /**
   * The functions of that name and arity that a call at a place may run, the first first; empty
   * when one that the compiler provides is meant, or none.
   */
  List<FunctionUnit> functions(String name, int arity, Span use) {
    Callable key = new Callable(home(use), name, arity);
    List<FunctionUnit> known = callable.get(key);
    if (known == null) {
      known = findFunctions(name, arity, use);
      callable.put(key, known);
    }
    return known;
  }

  private List<FunctionUnit> findFunctions(String name, int arity, Span use) {
    List<FunctionUnit> own = ownFunctions(name, arity, use);
    if (!own.isEmpty()) {
      return own;
    }
    boolean isProvided = Intrinsics.named(name, arity).isPresent();
    if (isProvided && !library.overridesProvided()) {
      return List.of();
    }
    Optional<TapsetFile> file = library.declaringFunction(name, arity);
    if (file.isEmpty() || (isProvided && !file.get().overridesProvided())) {
      return List.of();
    }
    return sorted(declared(take(file.get(), use), name, arity, false));
  }

  /** The functions among which {@code next} in one of them chooses, in the order of running. */
  List<FunctionUnit> overloads(FunctionUnit function) {
    Span place = function.declaration().name().span();
    Callable key = new Callable(home(place), function.name(), function.arity());
    List<FunctionUnit> known = overloads.get(key);
    if (known == null) {
      known = findOverloads(function.name(), function.arity(), place);
      overloads.put(key, known);
    }
    return known;
  }

  private List<FunctionUnit> findOverloads(String name, int arity, Span place) {
    List<FunctionUnit> all = new ArrayList<>(ownFunctions(name, arity, place));
    library
        .declaringFunction(name, arity)
        .ifPresent(
            file ->
                declared(take(file, place), name, arity, false)
                    .filter(other -> !all.contains(other))
                    .forEach(all::add));
    return sorted(all.stream());
  }

  private List<FunctionUnit> ownFunctions(String name, int arity, Span use) {
    Declarations home = home(use);
    return sorted(
        Stream.concat(
            home == script
                ? Stream.empty()
                : declared(home, name, arity, true)
                    .filter(function -> function.declaration().isPrivate()),
            declared(script, name, arity, home == script)));
  }

  /** Some function of that name, of whatever arity. */
  Optional<FunctionUnit> anyFunction(String name, Span use) {
    return last(script.functions().getOrDefault(name, List.of()))
        .or(
            () ->
                Intrinsics.named(name).isPresent()
                    ? Optional.empty()
                    : library
                        .declaringFunction(name)
                        .flatMap(
                            file ->
                                last(take(file, use).functions().getOrDefault(name, List.of()))));
  }

  private static Optional<FunctionUnit> last(List<FunctionUnit> functions) {
    return functions.isEmpty() ? Optional.empty() : Optional.of(functions.getLast());
  }

  /** Notes that a function is called from a place. */
  void call(FunctionUnit function, Span use) {
    if (called.add(function)) {
      unresolved.add(function);
      Span place = function.declaration().span();
      if (isLibrary(place)) {
        places.add(place, places.userPlace(use));
      }
    }
  }

  /** Functions of the script, and those of the library that are called. */
  List<FunctionUnit> functions() {
    return Stream.concat(scriptFunctions(), called.stream()).distinct().toList();
  }

  private Stream<FunctionUnit> scriptFunctions() {
    return script.functions().values().stream().flatMap(List::stream);
  }

  /** Functions of the script that nothing calls. */
  List<FunctionUnit> uncalled() {
    return scriptFunctions().filter(function -> !called.contains(function)).toList();
  }

  /** The names that a misspelt call may have meant. */
  Collection<String> functionNames() {
    if (functionNames.isEmpty()) {
      functionNames = new LinkedHashSet<>(script.functions().keySet());
      Intrinsics.all().forEach(intrinsic -> functionNames.add(intrinsic.signature().name()));
      library.functions().forEach(function -> functionNames.add(function.name()));
    }
    return functionNames;
  }

  /**
   * The candidates that a misspelt name may have meant, nearest first; none after so many such
   * names that nobody reads on.
   */
  List<String> similar(String name, Supplier<? extends Collection<String>> candidates) {
    return ++suggestions > MOST_SUGGESTIONS
        ? List.of()
        : Similar.to(
            name,
            candidates.get().stream().filter(candidate -> !candidate.equals(name)).toList(),
            SIMILAR_NAMES);
  }

  private static Stream<FunctionUnit> declared(
      Declarations declarations, String name, int arity, boolean withPrivate) {
    return declarations.functions().getOrDefault(name, List.of()).stream()
        .filter(function -> function.arity() == arity)
        .filter(function -> withPrivate || !function.declaration().isPrivate());
  }

  /** Lower priority before higher, then by the text. */
  private List<FunctionUnit> sorted(Stream<FunctionUnit> functions) {
    return functions.sorted(Comparator.comparingLong(this::priority)).toList();
  }

  private long priority(FunctionUnit function) {
    return function
        .declaration()
        .priority()
        .map(priority -> priority.value())
        .orElse(isLibrary(function.declaration().span()) ? 1L : 0L);
  }

  // ---- files

  /** Takes in the file that an alias stands in, which a point of the script has used. */
  void take(TapsetFile file, Declaration.Alias alias, Span use) {
    take(file, use);
    places.add(alias.span(), places.userPlace(use));
  }

  /** The functions that have been called and not been resolved; none of them is given again. */
  List<FunctionUnit> takeUnresolved() {
    List<FunctionUnit> functions = FunctionOrder.sorted(unresolved);
    unresolved.clear();
    return functions;
  }

  /** The next probe of a file that has been taken in and whose points have not been resolved. */
  Optional<Declaration.Probe> nextUnderived() {
    return Optional.ofNullable(underived.poll());
  }

  private Declarations take(TapsetFile file, Span use) {
    Declarations known = imported.get(file);
    if (known != null) {
      return known;
    }
    var tree = file.script();
    Reports unheard = new Reports();
    Declarations declarations =
        Declarations.of(Nesting.check(tree.declarations(), unheard), unheard);
    imported.put(file, declarations);
    homes.put(tree.span().source(), declarations);
    if (file.isOwn()) {
      own.add(declarations);
    }
    places.add(tree.span(), places.userPlace(use));
    underived.addAll(declarations.probes());
    return declarations;
  }

  private Declarations home(Span use) {
    return homes.getOrDefault(use.outermost().source(), script);
  }

  private Stream<Declarations> files() {
    return Stream.concat(Stream.of(script), imported.values().stream());
  }
}
