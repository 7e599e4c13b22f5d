package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.analysis.TapsetLibrary.LibraryAlias;
import dev.tapwright.compiler.probe.ArgumentKind;
import dev.tapwright.compiler.probe.PatternComponent;
import dev.tapwright.compiler.probe.PatternTree;
import dev.tapwright.compiler.probe.PatternTree.AliasForm;
import dev.tapwright.compiler.probe.PointMatcher;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.ProbeComponent;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The forms that probe points may have: families', the script's aliases, and those of the library,
 * which enter the tree when a point begins like them.
 */
final class ProbeForms {
  private final TapsetLibrary library;
  private final PatternTree own;
  private final IdentityHashMap<AliasForm, TapsetFile> files = new IdentityHashMap<>();
  private final Set<String> entered = new HashSet<>();
  private PatternTree tree;
  private Optional<PatternTree> whole = Optional.empty();

  ProbeForms(List<AliasForm> aliases, TapsetLibrary library) {
    this.library = library;
    this.own = BuiltinAliases.tree().with(aliases);
    this.tree = own;
  }

  /**
   * Finds the forms of a point. The library is not asked about what only a family knows; what is
   * wrong is said with the whole library in view.
   */
  PointMatcher.Outcome match(List<ProbeComponent.Named> components) {
    PointMatcher.Outcome outcome = matching(components);
    return outcome instanceof PointMatcher.Hits(List<PointMatcher.Hit> hits)
            && hits.stream().anyMatch(PointMatcher.Hit::isFromWildcard)
        ? new PointMatcher.Hits(withoutDouble(hits))
        : outcome;
  }

  /**
   * A wildcard finds none of SystemTap's aliases where our own library has those of the same first
   * word: it has them all, and others there are for other architectures and kernels.
   */
  private List<PointMatcher.Hit> withoutDouble(List<PointMatcher.Hit> hits) {
    Set<String> own = new HashSet<>();
    for (PointMatcher.Hit hit : hits) {
      if (fileOf(hit).filter(TapsetFile::isOwn).isPresent()) {
        own.add(first(hit));
      }
    }
    return hits.stream()
        .filter(
            hit ->
                !hit.isFromWildcard()
                    || !own.contains(first(hit))
                    || fileOf(hit).filter(TapsetFile::isInstalled).isEmpty())
        .toList();
  }

  private Optional<TapsetFile> fileOf(PointMatcher.Hit hit) {
    return hit.end() instanceof PatternTree.End.Alias(AliasForm form)
        ? fileOf(form)
        : Optional.empty();
  }

  private static String first(PointMatcher.Hit hit) {
    return hit.end() instanceof PatternTree.End.Alias(AliasForm form)
        ? form.components().getFirst().name()
        : "";
  }

  private PointMatcher.Outcome matching(List<ProbeComponent.Named> components) {
    String first = components.getFirst().name();
    if (first.indexOf('*') >= 0) {
      return PointMatcher.match(all(), components);
    }
    PointMatcher.Outcome outcome = PointMatcher.match(tree, components);
    if (!isOfFamilies(outcome) && entered.add(first)) {
      tree = tree.with(forms(library.aliasesBeginning(first)));
      outcome = PointMatcher.match(tree, components);
    }
    return outcome instanceof PointMatcher.Problem
        ? PointMatcher.match(all(), components)
        : outcome;
  }

  TapsetLibrary library() {
    return library;
  }

  private static boolean isOfFamilies(PointMatcher.Outcome outcome) {
    return outcome instanceof PointMatcher.Hits(List<PointMatcher.Hit> hits)
        && hits.stream().allMatch(hit -> hit.end() instanceof PatternTree.End.Family);
  }

  /** All of them. */
  PatternTree all() {
    if (whole.isEmpty()) {
      whole = Optional.of(own.with(forms(library.aliases())));
    }
    return whole.get();
  }

  /** The library file that an alias stands in; empty for the script's own. */
  Optional<TapsetFile> fileOf(AliasForm form) {
    return Optional.ofNullable(files.get(form));
  }

  private List<AliasForm> forms(List<LibraryAlias> aliases) {
    List<AliasForm> forms = new ArrayList<>();
    for (LibraryAlias alias : aliases) {
      if (BuiltinAliases.isNamed(alias.components())) {
        continue;
      }
      AliasForm form =
          new AliasForm(
              alias.components().stream()
                  .map(name -> new PatternComponent(name, ArgumentKind.NONE))
                  .toList(),
              () -> declaration(alias),
              alias.isEpilogue(),
              alias.documentation());
      files.put(form, alias.file());
      forms.add(form);
    }
    return forms;
  }

  /** The tree of an alias; without points when its file has changed under us. */
  private static Declaration.Alias declaration(LibraryAlias alias) {
    int place = 0;
    for (Declaration declaration : alias.file().script().declarations()) {
      if (declaration instanceof Declaration.Alias written) {
        if (alias.place() < place + written.names().size()) {
          return written;
        }
        place += written.names().size();
      }
    }
    var span = alias.file().script().span();
    return new Declaration.Alias(
        span, false, List.of(), List.of(), new Statement.Block(span, List.of()), Optional.empty());
  }
}
