// Installs code-server (the real VS Code workbench, in a browser) from npm alone, once for each lock file and Node.js version, in a
// cache folder of this user. Nothing is downloaded from anywhere else and nothing outside that folder is touched.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Complaint, onPath, run, stepPrinter } from './processes.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** Programs that the native modules are compiled with, and the Debian packages that have them. */
const COMPILERS = [
  { program: 'g++', debian: 'g++' },
  { program: 'make', debian: 'make' },
  { program: 'python3', debian: 'python3' },
];

/** Raised when the steps below change, so that what older ones installed is not used. */
const STEPS = '1';

/** @returns {string} the folder of everything that the project keeps between builds, shared by all checkouts of one user */
export function cacheHome() {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'tapwright');
}

/** @returns {string} where this checkout's code-server belongs: another lock file or another Node.js gets another folder */
export function codeServerHome() {
  const lock = readFileSync(join(here, 'package-lock.json'));
  const hash = createHash('sha256').update(STEPS).update(lock).digest('hex').slice(0, 12);
  return join(cacheHome(), `code-server-${hash}-node${process.versions.modules}`);
}

/** @returns {string} code-server's start file */
export function codeServerEntry() {
  return join(codeServerHome(), 'node_modules/code-server/out/node/entry.js');
}

/** @returns {{program: string, debian: string}[]} what is missing on this machine to compile the native modules */
export function missingCompilers() {
  return COMPILERS.filter(({ program }) => !onPath(program));
}

/**
 * Installs code-server if it is not there.
 *
 * @param {(message: string) => void} say is told each step before it is done
 * @returns {Promise<string>} code-server's start file
 */
export async function ensureCodeServer(say) {
  const home = codeServerHome();
  if (existsSync(join(home, '.complete'))) return codeServerEntry();
  const missing = missingCompilers();
  if (missing.length > 0) {
    throw new Complaint(
      `code-server's native modules need ${missing.map((m) => m.program).join(', ')}: apt-get install ${missing.map((m) => m.debian).join(' ')}`,
    );
  }
  // Built beside its place and moved there when whole: an install that was stopped leaves nothing half done.
  const work = `${home}.${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const file = createWriteStream(join(cacheHome(), 'code-server-install.log'));
  const log = (/** @type {string} */ text) => void file.write(text);
  try {
    await install(work, say, log);
    writeFileSync(join(work, '.complete'), '');
    try {
      renameSync(work, home);
    } catch (error) {
      // Another process was quicker, or a folder without its mark is in the way.
      if (!existsSync(join(home, '.complete'))) {
        rmSync(home, { recursive: true, force: true });
        renameSync(work, home);
      } else if (!(error instanceof Error)) throw error;
    }
  } finally {
    file.end();
    rmSync(work, { recursive: true, force: true });
  }
  return codeServerEntry();
}

/** @param {string} work @param {(message: string) => void} say @param {(text: string) => void} log */
async function install(work, say, log) {
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) copyFileSync(join(here, file), join(work, file));
  const codeServer = join(work, 'node_modules/code-server');
  const vscode = join(codeServer, 'lib/vscode');
  const modules = join(vscode, 'node_modules');

  say('code-server, once, 1 to 2 minutes: npm packages');
  // Without install scripts: code-server's own would fetch a ripgrep binary and build kerberos, which only a proxy login needs.
  await run('npm', ['ci', '--ignore-scripts'], { cwd: work, log });
  say("code-server: VS Code's own npm packages");
  // Pinned by its npm-shrinkwrap.json, which lacks one package: "npm ci" refuses it.
  await run('npm', ['install', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund'], { cwd: vscode, log });

  const npmRoot = (await run('npm', ['root', '-g'])).trim();
  const nodeGyp = join(npmRoot, 'npm/node_modules/node-gyp/bin/node-gyp.js');
  const prefix = dirname(dirname(process.execPath));
  // Headers beside Node.js, where they are: else node-gyp fetches them.
  const headers = existsSync(join(prefix, 'include/node/node.h')) ? [`--nodedir=${prefix}`] : [];
  const compile = (/** @type {string} */ folder) => {
    say(`code-server: compiling ${folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)}`);
    return run(process.execPath, [nodeGyp, 'rebuild', ...headers, '-j', '2'], { cwd: folder, log });
  };
  say('code-server: compiling argon2'); // loaded at start, even without a password
  await run('npm', ['rebuild', 'argon2', '--foreground-scripts'], {
    cwd: work,
    env: {
      ...process.env,
      npm_config_build_from_source: 'true',
      ...(headers.length > 0 ? { npm_config_nodedir: prefix } : {}),
    },
    log,
  });
  for (const native of ['native-watchdog', 'node-pty', '@vscode/spdlog']) await compile(join(modules, native));

  mkdirSync(join(modules, '@vscode/ripgrep/bin'), { recursive: true });
  const ripgrep = join(modules, '@vscode/ripgrep/bin/rg');
  copyFileSync(join(work, 'node_modules/@vscode/ripgrep-linux-x64/bin/rg'), ripgrep);
  chmodSync(ripgrep, 0o755);
  // The links that code-server's own install script makes.
  for (const { target, link } of [
    { target: 'node_modules', link: 'node_modules.asar' },
    { target: 'code-linux.sh', link: 'bin/remote-cli/code-server' },
    { target: 'browser-linux.sh', link: 'bin/helpers/browser.sh' },
  ]) {
    rmSync(join(vscode, link), { force: true });
    symlinkSync(target, join(vscode, link));
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(await ensureCodeServer(stepPrinter()));
}
