package dev.tapwright.server.feature;

import dev.tapwright.server.snapshot.Analysis;
import dev.tapwright.server.snapshot.Snapshot;
import dev.tapwright.server.text.Document;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.Fix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** The fixes of diagnostics as quick fixes. */
public record CodeActions(DiagnosticTranslator translator) {
  /** The actions that a range of the document offers. */
  public List<Either<Command, CodeAction>> of(
      Snapshot snapshot, Analysis analysis, CodeActionParams params) {
    List<String> only = params.getContext() == null ? null : params.getContext().getOnly();
    if (only != null && only.stream().noneMatch(CodeActionKind.QuickFix::startsWith)) {
      return List.of();
    }
    Document document = snapshot.document();
    int start = document.lines().offset(params.getRange().getStart());
    int end = document.lines().offset(params.getRange().getEnd());
    List<Either<Command, CodeAction>> actions = new ArrayList<>();
    for (Diagnostic diagnostic : analysis.compilation().diagnostics()) {
      Span span = diagnostic.span().outermost();
      if (span.source() == document.source() && span.start() <= end && start <= span.end()) {
        addFixes(document, diagnostic, actions);
      }
    }
    return actions;
  }

  private void addFixes(
      Document document, Diagnostic diagnostic, List<Either<Command, CodeAction>> actions) {
    boolean isFirst = true;
    for (Fix fix : diagnostic.fixes()) {
      if (fix.span().source() == document.source()) {
        CodeAction action = new CodeAction(fix.title());
        action.setKind(CodeActionKind.QuickFix);
        action.setDiagnostics(translator.translate(document, List.of(diagnostic)));
        action.setIsPreferred(isFirst);
        action.setEdit(
            new WorkspaceEdit(
                Map.of(
                    document.uri(),
                    List.of(
                        new TextEdit(
                            document.lines().range(fix.span().start(), fix.span().end()),
                            fix.replacement())))));
        actions.add(Either.forRight(action));
        isFirst = false;
      }
    }
  }
}
