// bin/edit: from a checkout to an editor on a folder of scripts. See usage below.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startCodeServer } from './code-server.mjs';
import { cacheHome, ensureCodeServer } from './install.mjs';
import { checkout, packageExtension } from './package-extension.mjs';
import { Complaint, endAll, onPath, run, stepPrinter } from './processes.mjs';

const USAGE = `usage: bin/edit [DIR]      opens an editor on DIR (default: examples)
       bin/edit --check    the same without a person: looks for a diagnostic, a hover and a run's output

The editor is VS Code if "code" is on the PATH, else code-server in your browser, installed from npm at first use.`;

/** @type {(() => Promise<void>)[]} what to do before this process ends */
const endings = [];
let ending = false;

/** @param {number} status */
async function end(status) {
  if (ending) return;
  ending = true;
  endAll();
  for (const action of endings) await action();
  process.exit(status);
}

/** @param {string[]} words */
async function main(words) {
  const options = words.filter((word) => word.startsWith('-'));
  const [folder = join(checkout, 'examples'), ...more] = words.filter((word) => !word.startsWith('-'));
  if (options.includes('--help') || options.includes('-h')) {
    console.log(USAGE);
    return 0;
  }
  const check = options.includes('--check');
  if (more.length > 0 || options.some((option) => option !== '--check') || (check && words.length > 1)) {
    throw new Complaint(USAGE);
  }
  const directory = resolve(folder);
  if (!existsSync(directory) || !statSync(directory).isDirectory()) {
    throw new Complaint(`There is no folder ${directory}`);
  }
  lookForJava();

  const say = stepPrinter();
  const vsix = await packageExtension(say);
  if (check) {
    await ensureCodeServer(say);
    const { checkEditor } = await import('../../tests/editor/check.mjs');
    return await checkEditor({ vsix, say, onEnd: (action) => endings.push(action) });
  }
  return onPath('code') ? await openCode(vsix, directory, say) : await openCodeServer(vsix, directory, say);
}

/** Says so early when the editor would only tell that it finds no Java. */
function lookForJava() {
  const launcher = join(checkout, 'bin/stap');
  const homes = [
    process.env.JAVA_HOME,
    ...spawnSync('sh', ['-c', 'ls -d /usr/lib/jvm/*'], { encoding: 'utf8' }).stdout.split('\n'),
  ];
  const found = homes.some((home) => {
    const release = home ? join(home, 'release') : '';
    if (!release || !existsSync(release)) return false;
    const version = /^JAVA_VERSION="(\d+)/m.exec(readFileSync(release, 'utf8'));
    return Number(version?.[1]) >= 25;
  });
  const onThePath = found ? undefined : spawnSync('java', ['-version'], { encoding: 'utf8' });
  const version = /version "(\d+)/.exec(onThePath?.stderr ?? '');
  if (!found && !(Number(version?.[1]) >= 25)) {
    throw new Complaint(
      `${launcher} needs a Java 25: install a JDK 25 (https://adoptium.net) and set JAVA_HOME to its folder.`,
    );
  }
}

/** @param {string} vsix @param {string} directory @param {(message: string) => void} say */
async function openCode(vsix, directory, say) {
  say('installing the extension in VS Code');
  // As root VS Code insists on both.
  const root = process.getuid?.() === 0 ? ['--no-sandbox', '--user-data-dir', join(cacheHome(), 'editor/code')] : [];
  await run('code', [...root, '--install-extension', vsix, '--force']);
  await run('code', [...root, directory]);
  say(`VS Code opens ${directory}`);
  return 0;
}

/** @param {string} vsix @param {string} directory @param {(message: string) => void} say */
async function openCodeServer(vsix, directory, say) {
  await ensureCodeServer(say);
  say('starting code-server');
  const hash = createHash('sha256').update(readFileSync(vsix)).digest('hex').slice(0, 12);
  const server = await startCodeServer({
    base: join(cacheHome(), 'editor'),
    extensions: join(cacheHome(), 'editor', `extensions-${hash}`),
    vsix: [vsix],
  });
  endings.push(() => server.stop());
  console.log(`\nOpen this address in a browser (Ctrl-C here ends the editor):\n\n    ${server.address(directory)}\n`);
  const status = await server.ended;
  if (!ending) throw new Complaint(`code-server ended with ${String(status)}`);
  return 0;
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    if (signal === 'SIGINT') console.log('\nEnding the editor.');
    void end(signal === 'SIGINT' ? 130 : 1);
  });
}
main(process.argv.slice(2)).then(end, (/** @type {unknown} */ error) => {
  if (ending) return;
  console.error(error instanceof Complaint ? error.message : error);
  void end(1);
});
