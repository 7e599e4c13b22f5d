import type { ServerState } from './server';
import type { Session } from './sessions';

/** What a status bar item shows. */
export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  readonly broken: boolean;
}

/**
 * The language server and the kernel that scripts are checked for, in a few words.
 *
 * @param targetKernel the setting: `host` or a version
 */
export function serverText(state: ServerState, targetKernel: string): StatusText {
  switch (state.kind) {
    case 'starting':
      return { text: '$(sync~spin) Tapwright', tooltip: 'The language server is starting.', broken: false };
    case 'stopped':
      return { text: '$(circle-slash) Tapwright', tooltip: 'The language server is stopped.', broken: true };
    case 'failed':
      return { text: '$(error) Tapwright', tooltip: state.message, broken: true };
    case 'running': {
      const kernel = state.status?.targetKernel ?? targetKernel;
      const where = targetKernel === 'host' ? 'this machine' : 'chosen in the settings';
      const icon = state.status?.state === 'loading' ? '$(sync~spin)' : '$(pulse)';
      return {
        text: `${icon} Linux ${kernel}`,
        tooltip: `Scripts are checked for Linux ${kernel} (${where}). ${state.status?.message ?? ''}`.trim(),
        broken: false,
      };
    }
  }
}

/** The sessions that run, in a few words. */
export function sessionsText(sessions: readonly Session[]): string {
  const [only] = sessions;
  if (!only) return '';
  return `$(debug-stop) ${sessions.length === 1 ? only.name : `${String(sessions.length)} scripts`}`;
}
