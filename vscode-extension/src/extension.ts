import * as vscode from 'vscode';
import { CompiledCode } from './compiled-code';
import { currentSettings } from './configuration';
import { Server } from './server';
import { Sessions } from './sessions';
import { SECTION } from './settings';
import { StatusItems } from './status';
import { selectTargetKernel } from './target-kernel';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const started = new Server(context);
  server = started;
  const sessions = new Sessions(started);
  const code = new CompiledCode(started);
  const status = new StatusItems();

  const showServer = (): void => {
    const { targetKernel } = currentSettings();
    status.showServer(started.state, targetKernel);
  };
  const command = (name: string, action: (argument: unknown) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`${SECTION}.${name}`, action);

  context.subscriptions.push(
    started,
    sessions,
    code,
    status,
    started.onDidChange(showServer),
    sessions.onDidChange((running) => {
      status.showSessions(running);
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${SECTION}.targetKernel`)) showServer();
      // These two name the process itself; the server is told of every other setting.
      if (event.affectsConfiguration(`${SECTION}.serverPath`) || event.affectsConfiguration(`${SECTION}.javaHome`)) {
        void started.restart();
      } else if (event.affectsConfiguration(SECTION)) void started.settingsChanged();
    }),
    command('run', async (argument) => {
      const script = scriptOf(argument);
      if (!vscode.workspace.isTrusted) {
        void vscode.window.showWarningMessage('Scripts run only in a trusted workspace.');
      } else if (script) await sessions.run(script);
    }),
    command('stop', async (argument) => {
      const script = scriptOf(argument);
      const runs = sessions.all.some((session) => session.script.toString() === script?.toString());
      await sessions.stop(runs ? script : undefined);
    }),
    command('showCode', async (argument) => {
      const script = scriptOf(argument);
      if (script) await code.show(script);
    }),
    command('restartServer', () => started.restart()),
    command('showOutput', () => {
      started.showOutput();
    }),
    command('selectTargetKernel', selectTargetKernel),
    command('showMenu', showMenu),
  );
  showServer();
  await started.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** The script that a command is about: its argument (a menu's Uri, the code lens's string), else the one in the editor. */
function scriptOf(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  if (typeof argument === 'string') return vscode.Uri.parse(argument, true);
  return vscode.window.activeTextEditor?.document.uri;
}

async function showMenu(): Promise<void> {
  const choice = await vscode.window.showQuickPick(
    [
      { label: '$(server) Select Target Kernel', command: 'selectTargetKernel' },
      { label: '$(debug-restart) Restart Language Server', command: 'restartServer' },
      { label: '$(output) Show Output', command: 'showOutput' },
    ],
    { title: 'Tapwright' },
  );
  if (choice) await vscode.commands.executeCommand(`${SECTION}.${choice.command}`);
}
