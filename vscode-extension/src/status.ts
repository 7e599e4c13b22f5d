import * as vscode from 'vscode';
import type { ServerState } from './server';
import type { Session } from './sessions';
import { serverText, sessionsText } from './status-text';

/** Two items of the status bar: the server with its target kernel, and the sessions that run. */
export class StatusItems implements vscode.Disposable {
  readonly #server = vscode.window.createStatusBarItem('tapwright.server', vscode.StatusBarAlignment.Right, 90);
  readonly #sessions = vscode.window.createStatusBarItem('tapwright.sessions', vscode.StatusBarAlignment.Left, 10);

  constructor() {
    this.#server.name = 'Tapwright Language Server';
    this.#server.command = 'tapwright.showMenu';
    this.#sessions.name = 'Tapwright Sessions';
    this.#sessions.command = 'tapwright.stop';
    this.#sessions.tooltip = 'Stop';
  }

  showServer(state: ServerState, targetKernel: string): void {
    const { text, tooltip, broken } = serverText(state, targetKernel);
    this.#server.text = text;
    this.#server.tooltip = tooltip;
    this.#server.backgroundColor = broken ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    this.#server.show();
  }

  showSessions(sessions: readonly Session[]): void {
    this.#sessions.text = sessionsText(sessions);
    if (sessions.length > 0) this.#sessions.show();
    else this.#sessions.hide();
  }

  dispose(): void {
    this.#server.dispose();
    this.#sessions.dispose();
  }
}
