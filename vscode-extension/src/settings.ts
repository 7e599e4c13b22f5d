/** The section of the editor's settings, and the prefix of every name of ours. */
export const SECTION = 'tapwright';

/** How `stapbpf` gets the privilege that kernel probes need. */
export type Elevation = 'none' | 'sudo' | 'pkexec' | 'command';

/** The settings that this side of the protocol acts on; the server asks for its own. */
export interface Settings {
  readonly targetKernel: string;
  readonly elevation: Elevation;
  readonly elevationCommand: readonly string[];
  /** Path of a `stap` to use in place of the packaged one; empty for the packaged one. */
  readonly serverPath: string;
  /** Folder of the Java to use; empty to let the launcher look for one. */
  readonly javaHome: string;
}

const ELEVATIONS: readonly Elevation[] = ['none', 'sudo', 'pkexec', 'command'];

/**
 * Reads the settings. A value of the wrong kind counts as not set: settings files are written by hand.
 *
 * @param get answers a setting of the section {@link SECTION} by its name
 */
export function readSettings(get: (name: string) => unknown): Settings {
  const text = (key: string, otherwise: string): string => {
    const value = get(key);
    return typeof value === 'string' ? value.trim() : otherwise;
  };
  const words = get('elevationCommand');
  const elevation = text('elevation', 'none');
  return {
    targetKernel: text('targetKernel', 'host') || 'host',
    elevation: ELEVATIONS.find((known) => known === elevation) ?? 'none',
    elevationCommand: Array.isArray(words) ? words.filter((word) => typeof word === 'string') : [],
    serverPath: text('serverPath', ''),
    javaHome: text('javaHome', ''),
  };
}

/** The settings that the server acts on: it gets them at its start, and asks for them again when told that some have changed. */
export const SERVER_SETTINGS = [
  'targetKernel',
  'tapsetDirectories',
  'arguments',
  'guru',
  'elevation',
  'elevationCommand',
] as const;
