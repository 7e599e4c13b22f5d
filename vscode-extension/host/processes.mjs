// Programs started on the way, each in a process group of its own, so that all of what was started can be ended, and nothing else.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** @type {Set<number>} process groups that have not ended */
const groups = new Set();

/** @param {string} program @returns {boolean} whether it is on the PATH */
export function onPath(program) {
  return (process.env.PATH ?? '').split(':').some((folder) => folder !== '' && existsSync(join(folder, program)));
}

/**
 * Runs a program to its end.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {object} options
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {(text: string) => void} [options.log] is told what it prints, as it does
 * @returns {Promise<string>} what it printed on standard output; fails with the end of all it printed
 */
export function run(program, args, { cwd, env, log = () => undefined } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const group = child.pid;
    if (group !== undefined) groups.add(group);
    let output = '';
    let all = '';
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      output += text;
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        all = (all + text).slice(-6000);
        log(text);
      });
    }
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (group !== undefined) groups.delete(group);
      if (code === 0) resolve(output);
      else reject(new Error(`${program} ${args.join(' ')} ended with ${signal ?? String(code)}:\n${all}`));
    });
  });
}

/** Ends every program that {@link run} has started and that has not ended. */
export function endAll() {
  for (const group of groups) signalGroup(group, 'SIGTERM');
}

/** @param {number | undefined} group @param {NodeJS.Signals} signal */
export function signalGroup(group, signal) {
  if (group === undefined) return;
  try {
    process.kill(-group, signal);
  } catch {
    // It has ended.
  }
}

/** A fault of the machine or of the call, whose message is all that the user needs. */
export class Complaint extends Error {}

/** @returns {(message: string) => void} prints a step with the time since the first one */
export function stepPrinter() {
  const begun = performance.now();
  return (message) => {
    console.log(`[${((performance.now() - begun) / 1000).toFixed(0).padStart(4)}s] ${message}`);
  };
}
