import { join } from 'node:path';
import type { Settings } from './settings';

/** A program with its arguments; the first element is the program. */
export type CommandLine = readonly [string, ...string[]];

/**
 * The program that is the language server.
 *
 * @param extensionPath the folder of the installed extension
 */
export function serverProgram(settings: Settings, extensionPath: string): string {
  return settings.serverPath || join(extensionPath, 'server', 'bin', 'stap');
}

/** What the launchers need in their environment besides what is there. */
export function launcherEnvironment(settings: Settings): Readonly<Record<string, string>> {
  return settings.javaHome ? { JAVA_HOME: settings.javaHome } : {};
}

/**
 * Puts the chosen elevation in front of a command.
 *
 * sudo and pkexec start their command with an environment of their own, so a chosen Java is handed over on the command line.
 *
 * @returns the whole command, or what is wrong with the settings
 */
export function elevated(command: CommandLine, settings: Settings): CommandLine | { readonly problem: string } {
  const variables = Object.entries(launcherEnvironment(settings)).map(([name, value]) => `${name}=${value}`);
  const inside: CommandLine = variables.length > 0 ? ['env', ...variables, ...command] : command;
  switch (settings.elevation) {
    case 'none':
      return inside;
    case 'sudo':
      return ['sudo', '--', ...inside];
    case 'pkexec':
      return ['pkexec', ...inside];
    case 'command': {
      const [program, ...words] = settings.elevationCommand;
      return program
        ? [program, ...words, ...inside]
        : { problem: 'tapwright.elevation is "command", but tapwright.elevationCommand is empty.' };
    }
  }
}
