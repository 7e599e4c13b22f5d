// Starts a code-server of our own on 127.0.0.1, and stops it with everything that it started.
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { codeServerEntry } from './install.mjs';
import { run, signalGroup } from './processes.mjs';

/** How long code-server may take to answer after its start. */
const START_MS = 60_000;
/** How long it may take to end when asked to. */
const STOP_MS = 5_000;

/**
 * @typedef {object} Options
 * @property {string} base folder for its data: user settings, sockets, temporary files
 * @property {string} extensions folder for its extensions
 * @property {string[]} vsix extensions to install there if the folder is new
 * @property {Record<string, unknown>} [settings] the user's settings; without them the ones in the folder stay
 * @property {Record<string, string>} [environment] variables to add
 * @property {boolean} [open] whether to let in everybody on this machine: for tests
 * @property {(text: string) => void} [log] is told what it prints
 */

/**
 * @typedef {object} CodeServer
 * @property {string} url its own address
 * @property {(folder: string) => string} address where a browser opens a folder
 * @property {() => Promise<void>} stop ends it
 * @property {Promise<number | null>} ended its exit status, once it has ended
 */

/** @param {Options} options @returns {Promise<CodeServer>} once it answers */
export async function startCodeServer({
  base,
  extensions,
  vsix,
  settings,
  environment = {},
  open = false,
  log = () => undefined,
}) {
  const data = join(base, 'data');
  const temporary = join(base, 'tmp');
  for (const folder of [join(data, 'User'), temporary]) mkdirSync(folder, { recursive: true });
  const config = join(base, 'config.yaml');
  writeFileSync(config, '');
  if (settings) writeFileSync(join(data, 'User', 'settings.json'), JSON.stringify(settings, null, 2));

  // Who runs code-server may be root: nobody else on the machine gets in without this key.
  const key = randomBytes(24).toString('hex');
  const session = createHash('sha256').update(key).digest('hex');
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...process.env,
    TMPDIR: temporary,
    XDG_RUNTIME_DIR: temporary,
    HASHED_PASSWORD: session,
    ...environment,
  };
  // Those of an editor whose terminal this was started from, and what would change code-server's own options.
  for (const name of Object.keys(env)) {
    if (/^(VSCODE_|ELECTRON_|CODE_SERVER_)/.test(name) || name === 'PORT' || name === 'PASSWORD') {
      Reflect.deleteProperty(env, name);
    }
  }
  const common = [codeServerEntry(), '--config', config, '--user-data-dir', data, '--extensions-dir', extensions];
  if (!existsSync(extensions)) {
    mkdirSync(extensions, { recursive: true });
    try {
      for (const file of vsix) {
        await run(process.execPath, [...common, '--install-extension', file, '--force'], { env, log });
      }
    } catch (error) {
      rmSync(extensions, { recursive: true, force: true });
      throw error;
    }
  }

  const port = await freePort();
  const args = [
    ...[...common, '--bind-addr', `127.0.0.1:${port}`, '--auth', open ? 'none' : 'password'],
    ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust', '--disable-proxy'],
    ...['--disable-getting-started-override', '--ignore-last-opened'],
  ];
  // A process group of its own, so that extension hosts, language servers and terminals end with it.
  const child = spawn(process.execPath, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (/** @type {string} */ more) => {
      text = (text + more).slice(-8000);
      log(more);
    });
  }
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    signalGroup(child.pid, 'SIGTERM');
    const impatience = setTimeout(() => {
      signalGroup(child.pid, 'SIGKILL');
    }, STOP_MS);
    await ended;
    clearTimeout(impatience);
    // What it started and did not wait for; and whatever still holds its output does not hold us.
    signalGroup(child.pid, 'SIGKILL');
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const deadline = Date.now() + START_MS;
  while (!(await answers(`${url}/healthz`))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`code-server ${child.exitCode === null ? 'does not answer' : 'ended at once'}:\n${text}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const door = open ? undefined : await openDoor(key, session, url);
  return {
    url,
    address: (folder) => `${door?.address ?? url}/?folder=${encodeURIComponent(folder)}`,
    stop: async () => {
      door?.close();
      await stop();
    },
    ended,
  };
}

/**
 * A door to code-server that opens with a key in the address: it hands the browser the session's cookie (cookies know no ports) and
 * sends it on. So nobody has to type a password.
 *
 * @param {string} key @param {string} session @param {string} url
 * @returns {Promise<{address: string, close: () => void}>}
 */
async function openDoor(key, session, url) {
  const server = createHttpServer((request, response) => {
    const asked = new URL(request.url ?? '/', url);
    if (asked.pathname !== `/${key}/`) {
      response.writeHead(403, { 'Content-Type': 'text/plain' }).end('Use the whole address that bin/edit printed.\n');
      return;
    }
    response
      .writeHead(302, {
        'Set-Cookie': `code-server-session=${session}; Path=/; HttpOnly; SameSite=Lax`,
        'Referrer-Policy': 'no-referrer',
        Location: `${url}/${asked.search}`,
      })
      .end();
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      resolve(undefined);
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port for the door to code-server');
  return {
    address: `http://127.0.0.1:${address.port}/${key}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @param {string} url @returns {Promise<boolean>} */
async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false; // not listening yet
  }
}

/** @returns {Promise<number>} a port that was free a moment ago */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => {
          if (address === null || typeof address === 'string') reject(new Error('no free port'));
          else resolve(address.port);
        });
      });
  });
}
