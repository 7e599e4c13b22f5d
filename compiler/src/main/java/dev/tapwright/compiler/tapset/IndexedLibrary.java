package dev.tapwright.compiler.tapset;

import dev.tapwright.compiler.analysis.TapsetFile;
import dev.tapwright.compiler.analysis.TapsetLibrary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A library whose files' names are known. Immutable. */
final class IndexedLibrary implements TapsetLibrary {
  private record Function(ParsedFile file, DeclaredNames.Function declared) {}

  private final Map<String, TapsetFile> globals = new HashMap<>();
  private final Deferred<Map<String, List<Function>>> functions;
  private final Deferred<Map<String, List<LibraryAlias>>> aliases;

  /** Files in the order in which they are searched, each with what it declares. */
  IndexedLibrary(Map<ParsedFile, DeclaredNames> files) {
    files.forEach(
        (file, names) -> names.globals().forEach(name -> globals.putIfAbsent(name, file)));
    this.functions = new Deferred<>(() -> functions(files));
    this.aliases = new Deferred<>(() -> aliases(files));
  }

  private static Map<String, List<Function>> functions(Map<ParsedFile, DeclaredNames> files) {
    Map<String, List<Function>> functions = new HashMap<>();
    files.forEach(
        (file, names) -> {
          for (DeclaredNames.Function function : names.functions()) {
            functions
                .computeIfAbsent(function.name(), name -> new ArrayList<>())
                .add(new Function(file, function));
          }
        });
    return functions;
  }

  private static Map<String, List<LibraryAlias>> aliases(Map<ParsedFile, DeclaredNames> files) {
    Map<String, List<LibraryAlias>> aliases = new LinkedHashMap<>();
    Map<String, Integer> layers = new HashMap<>();
    files.forEach(
        (file, names) -> {
          for (DeclaredNames.Alias alias : names.aliases()) {
            int layer = file.file().layer();
            if (layers.computeIfAbsent(alias.name(), name -> layer) == layer) {
              List<String> components = List.of(alias.name().split("\\.", -1));
              aliases
                  .computeIfAbsent(components.getFirst(), name -> new ArrayList<>())
                  .add(
                      new LibraryAlias(
                          file,
                          components,
                          alias.place(),
                          alias.isEpilogue(),
                          alias.documentation()));
            }
          }
        });
    return aliases;
  }

  @Override
  public boolean overridesProvided() {
    return true;
  }

  @Override
  public Optional<TapsetFile> declaringFunction(String name, int arity) {
    return functions.get().getOrDefault(name, List.of()).stream()
        .filter(function -> function.declared().arity() == arity)
        .findFirst()
        .map(Function::file);
  }

  @Override
  public Optional<TapsetFile> declaringFunction(String name) {
    return functions.get().getOrDefault(name, List.of()).stream().findFirst().map(Function::file);
  }

  @Override
  public Optional<TapsetFile> declaringGlobal(String name) {
    return Optional.ofNullable(globals.get(name));
  }

  @Override
  public List<LibraryAlias> aliasesBeginning(String component) {
    return aliases.get().getOrDefault(component, List.of());
  }

  @Override
  public List<LibraryAlias> aliases() {
    return aliases.get().values().stream().flatMap(List::stream).toList();
  }

  @Override
  public List<LibraryFunction> functions() {
    Map<String, LibraryFunction> all = new LinkedHashMap<>();
    functions
        .get()
        .values()
        .forEach(
            overloads ->
                overloads.forEach(
                    function -> {
                      DeclaredNames.Function declared = function.declared();
                      all.putIfAbsent(
                          declared.name() + "/" + declared.arity(),
                          new LibraryFunction(
                              declared.name(),
                              declared.arity(),
                              declared.signature(),
                              declared.documentation()));
                    }));
    return List.copyOf(all.values());
  }

  @Override
  public Collection<String> globalNames() {
    return globals.keySet();
  }
}
