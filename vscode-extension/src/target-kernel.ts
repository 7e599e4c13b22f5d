import * as vscode from 'vscode';
import { currentSettings } from './configuration';
import { SECTION } from './settings';

/** The long-term kernels that have a profile, and what each first allowed. */
const KERNELS: readonly (vscode.QuickPickItem & { readonly value: string })[] = [
  { label: 'host', description: 'the kernel of this machine', value: 'host' },
  { label: '6.18', description: 'the newest long-term kernel', value: '6.18' },
  { label: '6.12', value: '6.12' },
  { label: '6.6', value: '6.6' },
  { label: '6.1', value: '6.1' },
  { label: '5.15', value: '5.15' },
  { label: '5.10', description: 'ring buffer', value: '5.10' },
  { label: '5.4', description: 'bounded loops', value: '5.4' },
  { label: '4.19', value: '4.19' },
  { label: '4.14', description: 'no loops, 4096 instructions', value: '4.14' },
];

/** Lets the user choose the kernel that scripts are checked for, and keeps it in the workspace's settings. */
export async function selectTargetKernel(): Promise<void> {
  const { targetKernel } = currentSettings();
  const choice = await vscode.window.showQuickPick(KERNELS, {
    title: 'The kernel that scripts are checked for',
    placeHolder: `now: ${targetKernel}`,
    matchOnDescription: true,
  });
  if (!choice) return;
  const scope = vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration(SECTION).update('targetKernel', choice.value, scope);
}
