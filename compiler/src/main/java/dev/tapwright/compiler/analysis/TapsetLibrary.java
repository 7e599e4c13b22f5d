package dev.tapwright.compiler.analysis;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The tapset library as analysis sees it: answers which file declares a name, without reading the
 * file. What is private to a file is not known here.
 */
public interface TapsetLibrary {
  /** A library without files. */
  TapsetLibrary NONE = new EmptyTapsetLibrary();

  /**
   * Whether a function of a file may come before one that the compiler provides; where none may, it
   * need not be asked of those.
   */
  boolean overridesProvided();

  /** The first file that declares a function of that name with so many parameters. */
  Optional<TapsetFile> declaringFunction(String name, int arity);

  /** The first file that declares a function of that name. */
  Optional<TapsetFile> declaringFunction(String name);

  /** The first file that declares a variable of that name. */
  Optional<TapsetFile> declaringGlobal(String name);

  /** The aliases whose name begins with that component. */
  List<LibraryAlias> aliasesBeginning(String component);

  /** All aliases. */
  List<LibraryAlias> aliases();

  /** All functions, those of one name and arity once. */
  List<LibraryFunction> functions();

  /** The names of all variables. */
  Collection<String> globalNames();

  /**
   * An alias.
   *
   * @param components its name
   * @param place which of the names of aliases in its file it is, from 0
   * @param isEpilogue whether its block runs after the handler
   * @param documentation the first sentence of the comment above it; may be empty
   */
  record LibraryAlias(
      TapsetFile file,
      List<String> components,
      int place,
      boolean isEpilogue,
      String documentation) {
    /** Copies the list. */
    public LibraryAlias {
      components = List.copyOf(components);
    }
  }

  /**
   * A function.
   *
   * @param signature as {@code f:long (x:long)}, with the types that are written
   * @param documentation the first sentence of the comment above it; may be empty
   */
  record LibraryFunction(String name, int arity, String signature, String documentation) {}
}
