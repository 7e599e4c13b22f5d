import { spawn, type ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import {
  CloseAction,
  DidChangeConfigurationNotification,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  type CloseHandlerResult,
  type ErrorHandler,
} from 'vscode-languageclient/node';
import { currentSettings } from './configuration';
import { launcherEnvironment, serverProgram } from './launch';
import {
  CLIENT_ABILITIES,
  CodeRequest,
  CompileRequest,
  StatusNotification,
  type CodeResult,
  type CompileResult,
  type ServerStatus,
} from './protocol';
import { SECTION, SERVER_SETTINGS } from './settings';

/** What is known about the language server. */
export type ServerState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly status: ServerStatus | undefined }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly message: string };

/** Restarts in a row after which a server that keeps ending is left alone, and the time in which they count. */
const RESTARTS = 3;
const RESTART_WINDOW_MS = 60_000;

/** The exit status of the launchers when there is no Java that fits. */
const NO_JAVA = 127;

/** The language server: its process, and what the editor asks it. */
export class Server implements vscode.Disposable {
  readonly #extension: vscode.ExtensionContext;
  readonly #changed = new vscode.EventEmitter<ServerState>();
  readonly #output: vscode.LogOutputChannel;
  #client: LanguageClient | undefined;
  #state: ServerState = { kind: 'stopped' };
  #lastWords = '';
  #exitStatus: number | null = null;
  #restarts: number[] = [];

  /** Fires with each new state. */
  readonly onDidChange = this.#changed.event;

  constructor(extension: vscode.ExtensionContext) {
    this.#extension = extension;
    this.#output = vscode.window.createOutputChannel('Tapwright', { log: true });
  }

  get state(): ServerState {
    return this.#state;
  }

  showOutput(): void {
    this.#output.show(true);
  }

  /** Starts the server, or starts it anew. Failure is a state and a message to the user, not an exception. */
  async restart(): Promise<void> {
    await this.#stop();
    this.#restarts = [];
    this.#become({ kind: 'starting' });
    const client = this.#createClient();
    this.#client = client;
    try {
      await client.start();
    } catch (error) {
      this.#fail(this.#lastWords || String(error));
    }
  }

  /** Tells the server that settings have changed; it asks for them. */
  async settingsChanged(): Promise<void> {
    if (this.#client?.state !== State.Running) return;
    await this.#client.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  }

  /** @returns the compiled script, or undefined when the server cannot be asked */
  async compile(document: vscode.Uri): Promise<CompileResult | undefined> {
    if (this.#client?.state !== State.Running) return undefined;
    return await this.#client.sendRequest(CompileRequest, { textDocument: { uri: document.toString() } });
  }

  /** @returns what an open document compiles to, or undefined when the server cannot be asked */
  async code(document: vscode.Uri): Promise<CodeResult | undefined> {
    if (this.#client?.state !== State.Running) return undefined;
    return await this.#client.sendRequest(CodeRequest, { textDocument: { uri: document.toString() } });
  }

  async stop(): Promise<void> {
    await this.#stop();
    this.#become({ kind: 'stopped' });
  }

  dispose(): void {
    void this.#stop();
    this.#changed.dispose();
    this.#output.dispose();
  }

  #createClient(): LanguageClient {
    const client = new LanguageClient(SECTION, 'Tapwright', () => this.#spawn(), {
      documentSelector: [
        { scheme: 'file', language: 'systemtap' },
        { scheme: 'untitled', language: 'systemtap' },
      ],
      diagnosticCollectionName: SECTION,
      outputChannel: this.#output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: { ...serverSettings(), client: CLIENT_ABILITIES },
      initializationFailedHandler: () => false,
      errorHandler: this.#errorHandler(),
      markdown: { isTrusted: false, supportHtml: false },
    });
    client.onNotification(StatusNotification, (status) => {
      this.#become({ kind: 'running', status });
    });
    client.onDidChangeState(({ newState }) => {
      if (client !== this.#client) return;
      if (newState === State.Starting) this.#become({ kind: 'starting' });
      else if (newState === State.Running && this.#state.kind !== 'running') {
        this.#become({ kind: 'running', status: undefined });
      }
    });
    return client;
  }

  /** Starts the process and keeps its last words: they say what is missing when it cannot run. */
  #spawn(): Promise<ChildProcess> {
    const settings = currentSettings();
    const program = serverProgram(settings, this.#extension.extensionPath);
    this.#lastWords = '';
    this.#exitStatus = null;
    return new Promise((resolve, reject) => {
      const child = spawn(program, ['--language-server'], {
        env: { ...process.env, ...launcherEnvironment(settings) },
        stdio: 'pipe',
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        this.#lastWords = (this.#lastWords + text).slice(-2000);
      });
      child.once('exit', (status) => {
        this.#exitStatus = status;
      });
      child.once('spawn', () => {
        resolve(child);
      });
      child.once('error', (error) => {
        this.#lastWords = `Cannot start ${program}: ${error.message}`;
        reject(error);
      });
    });
  }

  #errorHandler(): ErrorHandler {
    return {
      error: () => ({ action: ErrorAction.Continue }),
      closed: (): CloseHandlerResult => {
        const now = Date.now();
        this.#restarts = [...this.#restarts.filter((then) => now - then < RESTART_WINDOW_MS), now];
        if (this.#exitStatus === NO_JAVA || this.#restarts.length > RESTARTS) {
          this.#fail(this.#lastWords || 'The language server keeps ending.');
          return { action: CloseAction.DoNotRestart, handled: true };
        }
        return { action: CloseAction.Restart, handled: true };
      },
    };
  }

  #become(state: ServerState): void {
    this.#state = state;
    this.#changed.fire(state);
  }

  #fail(words: string): void {
    const message = words.trim();
    if (this.#state.kind === 'failed' && this.#state.message === message) return;
    this.#become({ kind: 'failed', message });
    const settings = 'Open Settings';
    const output = 'Show Output';
    void vscode.window.showErrorMessage(`Tapwright: ${message}`, settings, output).then((choice) => {
      if (choice === settings) {
        void vscode.commands.executeCommand('workbench.action.openSettings', `${SECTION}.javaHome`);
      } else if (choice === output) this.showOutput();
    });
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    // A client that never got to run, or has failed, refuses to stop; it has no process then.
    if (client) await client.dispose().catch(() => undefined);
  }
}

function serverSettings(): Readonly<Record<string, unknown>> {
  const section = vscode.workspace.getConfiguration(SECTION);
  return Object.fromEntries(SERVER_SETTINGS.map((name) => [name, section.get(name)]));
}
