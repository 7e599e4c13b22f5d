package dev.tapwright.server.feature;

import dev.tapwright.compiler.analysis.AnalysisResult;
import dev.tapwright.compiler.analysis.ContextFact;
import dev.tapwright.compiler.analysis.DocumentationComment;
import dev.tapwright.compiler.analysis.TapsetLibrary.LibraryFunction;
import dev.tapwright.compiler.intrinsic.Intrinsic;
import dev.tapwright.compiler.intrinsic.Intrinsics;
import dev.tapwright.compiler.probe.ArgumentKind;
import dev.tapwright.compiler.probe.ProbeFamilies;
import dev.tapwright.compiler.probe.ProbeMatch;
import dev.tapwright.compiler.target.DataTypes;
import dev.tapwright.compiler.target.KernelTypes;
import dev.tapwright.server.snapshot.Analysis;
import dev.tapwright.server.snapshot.Machine;
import dev.tapwright.server.snapshot.Snapshot;
import dev.tapwright.server.text.Document;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Expression;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.InsertTextFormat;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/**
 * What can be typed at a place: keywords, components of probe points and the names in their
 * strings, functions, variables.
 *
 * @param view the machine as far as it is known; what it lacks makes the list incomplete, so that
 *     the client asks again
 * @param workingDirectory what paths in probe points are relative to
 * @param snippets whether completion may leave places to fill in
 */
public record Completions(Machine.View view, Path workingDirectory, boolean snippets) {
  /** Names in strings beyond this number are left out until more has been typed. */
  private static final int LIMIT = 200;

  private static final String ARROW = "->";

  private static final Set<String> NO_VARIABLES =
      Stream.of(Vocabulary.DECLARATIONS, Vocabulary.STATEMENTS, Vocabulary.PRINTING)
          .flatMap(List::stream)
          .map(Vocabulary.Word::name)
          .collect(Collectors.toUnmodifiableSet());

  /** The list at a position. */
  public CompletionList at(Snapshot snapshot, Analysis analysis, Position position) {
    Document document = snapshot.document();
    int offset = document.lines().offset(position);
    CompletionPlace place = CompletionPlace.at(document, offset);
    Map<String, CompletionItem> items = new LinkedHashMap<>();
    int start =
        switch (place) {
          case CompletionPlace.Nowhere _ -> offset;
          case CompletionPlace.TopLevel top -> {
            add(
                items,
                Vocabulary.DECLARATIONS.stream()
                    .map(word -> word(word, CompletionItemKind.Keyword)));
            yield top.start();
          }
          case CompletionPlace.Component component -> {
            add(items, components(component, analysis));
            yield component.start();
          }
          case CompletionPlace.Argument argument -> {
            add(items, arguments(argument));
            yield argument.start();
          }
          case CompletionPlace.Code code -> {
            add(items, code(code, offset, document, analysis));
            yield code.start();
          }
        };
    for (CompletionItem item : items.values()) {
      String text = Optional.ofNullable(item.getInsertText()).orElse(item.getLabel());
      item.setTextEdit(Either.forLeft(new TextEdit(document.lines().range(start, offset), text)));
      item.setInsertText(null);
    }
    boolean isCut =
        place instanceof CompletionPlace.Code
            || (place instanceof CompletionPlace.Argument && items.size() >= LIMIT);
    return new CompletionList(isCut || view.missing().isPresent(), List.copyOf(items.values()));
  }

  private static void add(Map<String, CompletionItem> items, Stream<CompletionItem> more) {
    more.forEach(item -> items.putIfAbsent(item.getLabel(), item));
  }

  private CompletionItem word(Vocabulary.Word word, CompletionItemKind kind) {
    CompletionItem item = item(word.name(), kind, word.documentation());
    insert(item, word.snippet(), word.name());
    return item;
  }

  private void insert(CompletionItem item, String snippet, String plain) {
    item.setInsertText(snippets ? snippet : plain);
    item.setInsertTextFormat(snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText);
  }

  private static CompletionItem item(String label, CompletionItemKind kind, String detail) {
    CompletionItem item = new CompletionItem(label);
    item.setKind(kind);
    if (!detail.isEmpty()) {
      item.setDetail(detail);
    }
    return item;
  }

  private Stream<CompletionItem> components(CompletionPlace.Component place, Analysis analysis) {
    return ProbeFamilies.componentsAfter(analysis.facts().probePoints(), place.before()).stream()
        .map(this::component);
  }

  private CompletionItem component(ProbeFamilies.ComponentCandidate candidate) {
    String name = candidate.component().name();
    CompletionItem item =
        item(
            candidate.component().toString(),
            candidate.isComplete() ? CompletionItemKind.Event : CompletionItemKind.Module,
            documentation(candidate));
    item.setFilterText(name);
    item.setSortText((candidate.isSupported() ? "0" : "1") + name);
    ArgumentKind argument = candidate.component().argument();
    switch (argument) {
      case NONE -> insert(item, name.replace("$", "\\$"), name);
      case NUMBER -> insert(item, name + "(${1:1})", name + "(");
      case STRING -> insert(item, name + "(\"$1\")", name + "(\"");
    }
    return item;
  }

  /** A component that only leads to forms has no documentation of its own. */
  private static String documentation(ProbeFamilies.ComponentCandidate candidate) {
    if (!candidate.isSupported()) {
      return "Not supported yet";
    }
    return candidate.isComplete() ? candidate.documentation() : "";
  }

  private Stream<CompletionItem> arguments(CompletionPlace.Argument place) {
    return ProbeFamilies.argumentsOf(
            place.before(),
            place.component(),
            place.prefix(),
            ProbeFamilies.context(view, workingDirectory),
            LIMIT)
        .stream()
        .map(name -> item(name, CompletionItemKind.Value, ""));
  }

  private Stream<CompletionItem> code(
      CompletionPlace.Code place, int offset, Document document, Analysis analysis) {
    Optional<Expression.Member> member = memberAt(place.start(), document, analysis);
    if (member.isPresent()) {
      return members(member.get(), analysis);
    }
    if (place.prefix().startsWith("$")) {
      return contextVariables(document, offset, analysis);
    }
    if (place.prefix().startsWith("@")) {
      return Vocabulary.OPERATORS.stream().map(word -> word(word, CompletionItemKind.Operator));
    }
    return Stream.of(
            variables(place, analysis),
            functions(analysis),
            Intrinsics.all().stream().map(this::intrinsic),
            libraryFunctions(place, analysis),
            Vocabulary.PRINTING.stream().map(word -> word(word, CompletionItemKind.Function)),
            Vocabulary.STATEMENTS.stream().map(word -> word(word, CompletionItemKind.Keyword)))
        .flatMap(items -> items);
  }

  private Stream<CompletionItem> variables(CompletionPlace.Code place, Analysis analysis) {
    List<Declaration> declarations = analysis.compilation().script().declarations();
    Set<String> functions =
        declarations.stream()
            .filter(Declaration.Function.class::isInstance)
            .map(function -> ((Declaration.Function) function).name().name())
            .collect(Collectors.toSet());
    Stream<CompletionItem> globals =
        declarations.stream()
            .filter(Declaration.Globals.class::isInstance)
            .flatMap(globalsOf -> ((Declaration.Globals) globalsOf).variables().stream())
            .map(
                variable ->
                    item(
                        variable.name().name(),
                        CompletionItemKind.Variable,
                        analysis
                            .facts()
                            .nameOf(variable.name())
                            .map(AnalysisResult.NameFacts::description)
                            .orElse("global")));
    Stream<CompletionItem> locals =
        place.words().stream()
            .distinct()
            .filter(word -> Character.isLetter(word.charAt(0)) || word.startsWith("_"))
            .filter(word -> !NO_VARIABLES.contains(word) && !functions.contains(word))
            .filter(word -> Intrinsics.named(word).isEmpty())
            .map(word -> item(word, CompletionItemKind.Variable, ""));
    return Stream.concat(globals, locals);
  }

  private Stream<CompletionItem> functions(Analysis analysis) {
    return analysis.compilation().script().declarations().stream()
        .filter(Declaration.Function.class::isInstance)
        .map(Declaration.Function.class::cast)
        .map(
            function -> {
              CompletionItem item =
                  item(
                      function.name().name(), CompletionItemKind.Function, Signatures.of(function));
              insertCall(item, function.name().name(), !function.parameters().isEmpty());
              String comment = DocumentationComment.above(function.span());
              if (!comment.isEmpty()) {
                item.setDocumentation(comment);
              }
              return item;
            });
  }

  private CompletionItem intrinsic(Intrinsic intrinsic) {
    String name = intrinsic.signature().name();
    CompletionItem item =
        item(name, CompletionItemKind.Function, Signatures.of(intrinsic.signature()));
    insertCall(item, name, !intrinsic.signature().parameters().isEmpty());
    item.setDocumentation(intrinsic.signature().documentation());
    return item;
  }

  /** Those that begin like what has been typed: there are thousands. */
  private Stream<CompletionItem> libraryFunctions(CompletionPlace.Code place, Analysis analysis) {
    String prefix = place.prefix();
    return analysis.facts().library().functions().stream()
        .filter(function -> !prefix.isEmpty() && function.name().startsWith(prefix))
        .map(this::libraryFunction);
  }

  private CompletionItem libraryFunction(LibraryFunction function) {
    CompletionItem item = item(function.name(), CompletionItemKind.Function, function.signature());
    insertCall(item, function.name(), function.arity() > 0);
    if (!function.documentation().isEmpty()) {
      item.setDocumentation(function.documentation());
    }
    return item;
  }

  private void insertCall(CompletionItem item, String name, boolean hasParameters) {
    insert(item, name + (hasParameters ? "($0)" : "()"), name);
  }

  private Stream<CompletionItem> contextVariables(
      Document document, int offset, Analysis analysis) {
    NodePath path = NodePath.to(document, analysis.compilation().script(), offset);
    return path.outermost(Declaration.Probe.class).stream()
        .flatMap(probe -> probe.points().stream())
        .flatMap(point -> analysis.facts().resolutionOf(point).stream())
        .flatMap(resolution -> resolution.matches().stream())
        .limit(1)
        .flatMap(this::parameters);
  }

  private Stream<CompletionItem> parameters(ProbeMatch match) {
    return match.context(view).variables().stream()
        .map(variable -> item("$" + variable.name(), CompletionItemKind.Variable, variable.type()));
  }

  /** The access to a member whose name begins at a place. */
  private static Optional<Expression.Member> memberAt(
      int start, Document document, Analysis analysis) {
    int arrow = start - ARROW.length();
    if (arrow < 0 || !document.text().startsWith(ARROW, arrow)) {
      return Optional.empty();
    }
    return NodePath.to(document, analysis.compilation().script(), arrow + 1)
        .innermost(Expression.Member.class);
  }

  private Stream<CompletionItem> members(Expression.Member member, Analysis analysis) {
    Optional<DataTypes> types = view.kernelTypes().map(KernelTypes::dataTypes);
    Optional<ContextFact> base = analysis.facts().contextFactOf(member.base());
    if (types.isEmpty() || base.isEmpty() || base.get().structure().isEmpty()) {
      return Stream.empty();
    }
    return types.get().members(base.get().structure().getAsInt()).stream()
        .map(
            found ->
                item(
                    found.name(),
                    CompletionItemKind.Field,
                    types.get().spelling(found.type())
                        + (found.bitSize() > 0 ? " : " + found.bitSize() : "")));
  }
}
