package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.probe.ArgumentKind;
import dev.tapwright.compiler.probe.PatternComponent;
import dev.tapwright.compiler.probe.PatternTree.AliasForm;
import dev.tapwright.syntax.SyntaxCodes;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.Note;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.GlobalVariableDeclaration;
import dev.tapwright.syntax.tree.ProbeComponent;
import dev.tapwright.syntax.tree.ProbePoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a script declares, by name. */
final class Declarations {
  private final Map<String, VariableCell> globals = new LinkedHashMap<>();
  private final Set<String> privateGlobals = new HashSet<>();
  private final Map<String, List<FunctionUnit>> functions = new LinkedHashMap<>();
  private final List<Declaration.Probe> probes = new ArrayList<>();
  private final List<AliasForm> aliases = new ArrayList<>();
  private final Reports reports;

  private Declarations(Reports reports) {
    this.reports = reports;
  }

  /** Sorts declarations by kind, and reports what is declared twice. */
  static Declarations of(List<Declaration> declarations, Reports reports) {
    Declarations result = new Declarations(reports);
    for (Declaration declaration : declarations) {
      switch (declaration) {
        case Declaration.Globals globals -> {
          globals.variables().forEach(global -> result.addGlobal(global, globals.isPrivate()));
          if (globals.isPrivate()) {
            globals.variables().forEach(global -> result.privateGlobals.add(global.name().name()));
          }
        }
        case Declaration.Function function -> result.addFunction(function);
        case Declaration.Probe probe -> result.probes.add(probe);
        case Declaration.Alias alias -> alias.names().forEach(name -> result.addAlias(alias, name));
        // Only functions with embedded bodies can use it, and these cannot run.
        case Declaration.Embedded embedded -> {}
      }
    }
    return result;
  }

  @SuppressWarnings("ReferenceEquality") // a source is one text, not equal texts
  private void addGlobal(GlobalVariableDeclaration declaration, boolean isPrivate) {
    VariableCell cell = VariableCell.global(declaration, isPrivate);
    VariableCell other = globals.putIfAbsent(cell.name(), cell);
    if (other != null && other.declaration().source() != cell.declaration().source()) {
      // Of two scripts of one command line; within one, the parser has said it.
      reports.error(SyntaxCodes.DUPLICATE, cell.declaration(), "duplicate global name");
    }
  }

  private void addFunction(Declaration.Function declaration) {
    int number = functions.getOrDefault(declaration.name().name(), List.of()).size();
    functions
        .computeIfAbsent(declaration.name().name(), name -> new ArrayList<>())
        .add(new FunctionUnit(declaration, number));
  }

  private void addAlias(Declaration.Alias alias, Declaration.AliasName name) {
    ProbePoint point = name.point();
    List<PatternComponent> components = new ArrayList<>();
    for (ProbeComponent component : point.components()) {
      if (!(component instanceof ProbeComponent.Named named)) {
        reports.error(
            AnalysisCodes.ALIAS_NAME,
            component.span(),
            "braces in the name of an alias are not supported yet");
        return;
      }
      if (named.name().indexOf('*') >= 0) {
        reports.warning(
            AnalysisCodes.ALIAS_NAME,
            named.nameSpan(),
            "invalid use of wildcard probe point component");
      }
      if (named.argument().isPresent()) {
        reports.add(
            Diagnostic.error(
                    AnalysisCodes.ALIAS_NAME,
                    named.nameSpan(),
                    "alias component %s contains illegal parameter".formatted(named.name()))
                .withNote(
                    new Note(
                        Optional.of(Analyzer.keyword(alias.span(), alias.isPrivate())),
                        "while registering probe alias",
                        true)));
        return;
      }
      components.add(new PatternComponent(named.name(), ArgumentKind.NONE));
    }
    aliases.add(AliasForm.of(components, alias, name.isEpilogue()));
  }

  /** Variables of the whole program. */
  Map<String, VariableCell> globals() {
    return globals;
  }

  /** The names of those globals that only their own file sees. */
  Set<String> privateGlobals() {
    return privateGlobals;
  }

  /** Functions by name, each list in the order of the text. */
  Map<String, List<FunctionUnit>> functions() {
    return functions;
  }

  List<Declaration.Probe> probes() {
    return probes;
  }

  List<AliasForm> aliases() {
    return aliases;
  }
}
