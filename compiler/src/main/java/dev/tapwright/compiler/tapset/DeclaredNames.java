package dev.tapwright.compiler.tapset;

import dev.tapwright.compiler.analysis.DocumentationComment;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.ProbeComponent;
import dev.tapwright.syntax.tree.ProbePoint;
import dev.tapwright.syntax.tree.Script;
import dev.tapwright.syntax.tree.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The names that a library file declares for others.
 *
 * @param isBroken whether it has errors, so that it declares nothing
 * @param others the names that are not globals; most scripts ask for no more than globals
 */
record DeclaredNames(boolean isBroken, List<String> globals, Supplier<Others> others) {
  /** What a file declares that declares nothing. */
  static final DeclaredNames NONE = of(false, List.of(), new Others(List.of(), List.of()));

  /** What a file with errors declares. */
  static final DeclaredNames BROKEN = of(true, List.of(), new Others(List.of(), List.of()));

  /** Copies the list. */
  DeclaredNames {
    globals = List.copyOf(globals);
  }

  private static DeclaredNames of(boolean isBroken, List<String> globals, Others others) {
    return new DeclaredNames(isBroken, globals, () -> others);
  }

  /** Functions and aliases. */
  record Others(List<Function> functions, List<Alias> aliases) {
    /** Copies the lists. */
    Others {
      functions = List.copyOf(functions);
      aliases = List.copyOf(aliases);
    }
  }

  List<Function> functions() {
    return others.get().functions();
  }

  List<Alias> aliases() {
    return others.get().aliases();
  }

  /** A function; see {@code TapsetLibrary.LibraryFunction}. */
  record Function(String name, int arity, String signature, String documentation) {}

  /**
   * An alias; see {@code TapsetLibrary.LibraryAlias}.
   *
   * @param name with dots between its components
   */
  record Alias(String name, int place, boolean isEpilogue, String documentation) {}

  /** The names in a tree without errors. */
  static DeclaredNames of(Script script) {
    List<String> globals = new ArrayList<>();
    List<Function> functions = new ArrayList<>();
    List<Alias> aliases = new ArrayList<>();
    int place = 0;
    for (Declaration declaration : script.declarations()) {
      switch (declaration) {
        case Declaration.Globals written -> {
          if (!written.isPrivate()) {
            written.variables().forEach(variable -> globals.add(variable.name().name()));
          }
        }
        case Declaration.Function written -> {
          if (!written.isPrivate()) {
            functions.add(
                new Function(
                    written.name().name(),
                    written.parameters().size(),
                    signature(written),
                    summary(written.span())));
          }
        }
        case Declaration.Alias written -> {
          for (Declaration.AliasName name : written.names()) {
            int own = place++;
            name(name.point())
                .ifPresent(
                    components ->
                        aliases.add(
                            new Alias(
                                components, own, name.isEpilogue(), summary(written.span()))));
          }
        }
        case Declaration.Probe probe -> {}
        case Declaration.Embedded embedded -> {}
      }
    }
    return of(false, globals, new Others(functions, aliases));
  }

  private static String summary(Span declaration) {
    return DocumentationComment.summary(DocumentationComment.above(declaration));
  }

  private static String signature(Declaration.Function function) {
    return function.name().name()
        + type(function.type())
        + function.parameters().stream()
            .map(parameter -> parameter.name().name() + type(parameter.type()))
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String type(Optional<TypeName> type) {
    return type.map(name -> ":" + name.name().toLowerCase(Locale.ROOT)).orElse("");
  }

  /** Empty for a name that no alias can have. */
  private static Optional<String> name(ProbePoint point) {
    List<String> components = new ArrayList<>();
    for (ProbeComponent component : point.components()) {
      if (!(component instanceof ProbeComponent.Named named)
          || named.argument().isPresent()
          || named.name().indexOf('*') >= 0) {
        return Optional.empty();
      }
      components.add(named.name());
    }
    return Optional.of(String.join(".", components));
  }
}
