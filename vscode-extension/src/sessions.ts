import { basename } from 'node:path';
import * as vscode from 'vscode';
import { currentSettings } from './configuration';
import { elevated, launcherEnvironment, type CommandLine } from './launch';
import type { CompileResult } from './protocol';
import type { Server } from './server';
import { SECTION, type Elevation, type Settings } from './settings';

/** A script that runs. */
export interface Session {
  readonly script: vscode.Uri;
  readonly name: string;
  readonly startedAt: number;
}

interface Running extends Session {
  readonly execution: vscode.TaskExecution;
  /** Set once the user has asked it to end. */
  stopping: boolean;
  readonly ended: Promise<void>;
}

/** How long `stapbpf` may take to end in order after Ctrl-C before its terminal is closed. */
const STOP_MS = 5000;
const CTRL_C = '\u0003';

/** Whether a task's process ended as its user wanted it to: 0, or by the Ctrl-C of a stop. */
const STOPPED_BY_CTRL_C = 130;

/**
 * Runs scripts: one session for each script, each in a terminal of its own, where sudo can ask for a password and Ctrl-C ends the
 * session in order.
 */
export class Sessions implements vscode.Disposable {
  readonly #server: Server;
  readonly #running = new Map<string, Running>();
  readonly #changed = new vscode.EventEmitter<readonly Session[]>();

  /** Fires with the sessions that run, whenever one begins or ends. */
  readonly onDidChange = this.#changed.event;

  constructor(server: Server) {
    this.#server = server;
  }

  get all(): readonly Session[] {
    return [...this.#running.values()];
  }

  /** Compiles the script and starts it. A session of the same script that still runs is stopped first. */
  async run(script: vscode.Uri): Promise<void> {
    const compiled = await this.#compile(script);
    if (!compiled) return;
    const [program, ...args] = compiled.command;
    if (!program) return;
    const settings = await this.#privilege(compiled, script);
    if (!settings) return;
    const command = compiled.needsPrivilege
      ? elevated([program, ...args], settings)
      : elevated([program, ...args], { ...settings, elevation: 'none' });
    if ('problem' in command) {
      void vscode.window.showErrorMessage(`Tapwright: ${command.problem}`);
      return;
    }
    await this.stop(script);
    await this.#start(script, command, settings);
  }

  /** Asks the script's session, or every one, to end as Ctrl-C does; its terminal is closed when it does not. */
  async stop(script?: vscode.Uri): Promise<void> {
    const asked = script ? [this.#running.get(script.toString())] : [...this.#running.values()];
    await Promise.all(asked.filter((session) => session !== undefined).map((session) => stopOne(session)));
  }

  dispose(): void {
    for (const { execution } of this.#running.values()) execution.terminate();
    this.#changed.dispose();
  }

  async #compile(script: vscode.Uri): Promise<CompileResult | undefined> {
    // Opened, so that the diagnostics have a place to be seen.
    await vscode.workspace.openTextDocument(script);
    const name = basename(script.path);
    let compiled: CompileResult | undefined;
    try {
      compiled = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: `Compiling ${name}` },
        () => this.#server.compile(script),
      );
    } catch (error) {
      // A fault of the server's: its first line says what, the rest of it is where in the server.
      const [what = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      void vscode.window.showErrorMessage(`${name} could not be compiled: ${what}`);
      return undefined;
    }
    if (!compiled) {
      void vscode.window.showErrorMessage('Tapwright: the language server is not running.');
      return undefined;
    }
    if (compiled.command.length === 0) {
      await vscode.window.showTextDocument(script);
      await vscode.commands.executeCommand('workbench.actions.view.problems');
      const errors = compiled.errors === 1 ? 'one error' : `${String(compiled.errors)} errors`;
      void vscode.window.showErrorMessage(`${name} cannot run: it has ${errors}.`);
      return undefined;
    }
    return compiled;
  }

  /** Asks how to get the privilege when the script needs it, the user is not root, and no way is chosen. */
  async #privilege(compiled: CompileResult, script: vscode.Uri): Promise<Settings | undefined> {
    const settings = currentSettings(script);
    if (!compiled.needsPrivilege || settings.elevation !== 'none' || process.getuid?.() === 0) return settings;
    const choices: readonly (vscode.QuickPickItem & { readonly elevation: Elevation })[] = [
      { label: 'sudo', description: 'asks for the password in the terminal', elevation: 'sudo' },
      { label: 'pkexec', description: 'asks for the password in a window', elevation: 'pkexec' },
      { label: 'without privilege', description: 'as yourself: the kernel may refuse', elevation: 'none' },
    ];
    const choice = await vscode.window.showQuickPick(choices, {
      title: `${basename(script.path)} has kernel probes. Start stapbpf with:`,
    });
    if (!choice) return undefined;
    if (choice.elevation !== 'none') {
      await vscode.workspace
        .getConfiguration(SECTION)
        .update('elevation', choice.elevation, vscode.ConfigurationTarget.Global);
    }
    return { ...settings, elevation: choice.elevation };
  }

  async #start(script: vscode.Uri, [program, ...args]: CommandLine, settings: Settings): Promise<void> {
    const name = basename(script.path);
    const task = new vscode.Task(
      { type: SECTION, script: script.fsPath },
      vscode.workspace.getWorkspaceFolder(script) ?? vscode.TaskScope.Workspace,
      name,
      'Tapwright',
      new vscode.ProcessExecution(program, args, {
        cwd: vscode.Uri.joinPath(script, '..').fsPath,
        env: { ...launcherEnvironment(settings) },
      }),
    );
    task.presentationOptions = {
      reveal: vscode.TaskRevealKind.Always,
      panel: vscode.TaskPanelKind.Dedicated,
      clear: true,
      echo: false,
    };
    const execution = await vscode.tasks.executeTask(task);
    const key = script.toString();
    const ended = new Promise<void>((resolve) => {
      const finish = (): void => {
        for (const listener of listeners) listener.dispose();
        this.#running.delete(key);
        this.#announce();
        resolve();
      };
      const listeners = [
        vscode.tasks.onDidEndTaskProcess((event) => {
          if (event.execution === execution) report(session, event.exitCode);
        }),
        vscode.tasks.onDidEndTask((event) => {
          if (event.execution === execution) finish();
        }),
      ];
    });
    const session: Running = { script, name, startedAt: Date.now(), execution, stopping: false, ended };
    this.#running.set(key, session);
    this.#announce();
  }

  #announce(): void {
    void vscode.commands.executeCommand('setContext', `${SECTION}.running`, this.#running.size > 0);
    void vscode.commands.executeCommand(
      'setContext',
      `${SECTION}.runningScripts`,
      // Paths: seen from a window on another machine the same file has another URI.
      this.all.map((session) => session.script.path),
    );
    this.#changed.fire(this.all);
  }
}

async function stopOne(session: Running): Promise<void> {
  session.stopping = true;
  // The terminal, not the process: with sudo the process is not ours to signal.
  const terminal = vscode.window.terminals.find((open) => open.name === session.name);
  if (terminal) terminal.sendText(CTRL_C, false);
  const patience = setTimeout(() => {
    session.execution.terminate();
  }, STOP_MS);
  await session.ended;
  clearTimeout(patience);
}

function report(session: Running, exitStatus: number | undefined): void {
  if (exitStatus === 0 || exitStatus === undefined) return;
  if (session.stopping && exitStatus === STOPPED_BY_CTRL_C) return;
  void vscode.window.showWarningMessage(`${session.name} ended with status ${String(exitStatus)}.`);
}
