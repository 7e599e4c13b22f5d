import * as vscode from 'vscode';
import { readSettings, SECTION, type Settings } from './settings';

/**
 * The settings as they stand now. In a workspace that is not trusted the editor leaves out what the workspace says about programs.
 *
 * @param script the script they are wanted for; folders may differ
 */
export function currentSettings(script?: vscode.Uri): Settings {
  const section = vscode.workspace.getConfiguration(SECTION, script);
  return readSettings((name) => section.get(name));
}
