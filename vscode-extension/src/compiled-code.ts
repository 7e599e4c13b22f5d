import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Server } from './server';
import { SECTION } from './settings';

const SCHEME = `${SECTION}-code`;

/** Shows what a script's kernel probes compile to, in a read-only document beside it. */
export class CompiledCode implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #server: Server;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;

  /** Fires when the code of a document that is shown is to be read anew. */
  readonly onDidChange = this.#changed.event;

  constructor(server: Server) {
    this.#server = server;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  /** Opens the code of a script, or brings it up to date. */
  async show(script: vscode.Uri): Promise<void> {
    const shown = vscode.Uri.from({
      scheme: SCHEME,
      path: `/${basename(script.path)}.bpf`,
      query: script.toString(),
    });
    this.#changed.fire(shown);
    const document = await vscode.workspace.openTextDocument(shown);
    await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside, true);
  }

  async provideTextDocumentContent(shown: vscode.Uri): Promise<string> {
    const result = await this.#server.code(vscode.Uri.parse(shown.query, true));
    if (!result) return 'The language server does not run.\n';
    return result.code ?? 'The script is not open, or has errors.\n';
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
