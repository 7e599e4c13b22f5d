package dev.tapwright.compiler.analysis;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A library without files. */
final class EmptyTapsetLibrary implements TapsetLibrary {
  @Override
  public boolean overridesProvided() {
    return false;
  }

  @Override
  public Optional<TapsetFile> declaringFunction(String name, int arity) {
    return Optional.empty();
  }

  @Override
  public Optional<TapsetFile> declaringFunction(String name) {
    return Optional.empty();
  }

  @Override
  public Optional<TapsetFile> declaringGlobal(String name) {
    return Optional.empty();
  }

  @Override
  public List<LibraryAlias> aliasesBeginning(String component) {
    return List.of();
  }

  @Override
  public List<LibraryAlias> aliases() {
    return List.of();
  }

  @Override
  public List<LibraryFunction> functions() {
    return List.of();
  }

  @Override
  public Collection<String> globalNames() {
    return List.of();
  }
}
