// Builds what is not built and packages the extension with the server in it.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Complaint, onPath, run, stepPrinter } from './processes.mjs';

const extension = fileURLToPath(new URL('..', import.meta.url));
/** The root of the checkout. */
export const checkout = fileURLToPath(new URL('../..', import.meta.url));

const JAR = 'server/target/tapwright.jar';
const LAUNCHERS = ['bin/stap', 'bin/stapbpf'];
/** What the codes of diagnostics link to. */
const PAGES = 'docs/diagnostics';

/**
 * @param {(message: string) => void} say is told each step before it is done
 * @returns {Promise<string>} path of the .vsix
 */
export async function packageExtension(say) {
  await ensureNodeModules(say);
  await ensureServer(say);
  const staging = join(extension, 'out/package');
  const vsix = join(extension, 'out/tapwright.vsix');
  const sources = [
    'src',
    'syntaxes',
    'images',
    'package.json',
    'language-configuration.json',
    'README.md',
    'build.mjs',
  ];
  const inputs = [
    ...sources.map((name) => join(extension, name)),
    ...[JAR, PAGES, ...LAUNCHERS].map((name) => join(checkout, name)),
  ];
  if (existsSync(vsix) && inputs.every((input) => newest(input) < statSync(vsix).mtimeMs)) return vsix;

  say('packaging the extension');
  await run(process.execPath, ['build.mjs'], { cwd: extension });
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(join(staging, 'dist'), { recursive: true });
  for (const name of ['syntaxes', 'images', 'language-configuration.json', 'README.md']) {
    cpSync(join(extension, name), join(staging, name), { recursive: true });
  }
  copyFileSync(join(extension, 'dist/extension.js'), join(staging, 'dist/extension.js'));
  copyFileSync(join(checkout, 'LICENSE'), join(staging, 'LICENSE'));
  writeFileSync(join(staging, '.vscodeignore'), 'images/icon.svg\n');
  writeFileSync(join(staging, 'package.json'), JSON.stringify(publishedManifest(), null, 2));
  // The launchers look for the jar in ../lib.
  for (const launcher of LAUNCHERS) {
    mkdirSync(join(staging, 'server/bin'), { recursive: true });
    const target = join(staging, 'server', launcher);
    copyFileSync(join(checkout, launcher), target);
    chmodSync(target, 0o755);
  }
  mkdirSync(join(staging, 'server/lib'), { recursive: true });
  copyFileSync(join(checkout, JAR), join(staging, 'server/lib/tapwright.jar'));
  cpSync(join(checkout, PAGES), join(staging, 'server', PAGES), { recursive: true });
  await run(
    join(checkout, 'node_modules/.bin/vsce'),
    ['package', '--no-dependencies', '--allow-missing-repository', '--out', vsix],
    {
      cwd: staging,
    },
  );
  return vsix;
}

/** Installs the npm packages of the checkout's lock file, unless they are the ones installed last. */
async function ensureNodeModules(/** @type {(message: string) => void} */ say) {
  const stamp = join(checkout, 'node_modules/.tapwright-lock');
  const hash = createHash('sha256')
    .update(readFileSync(join(checkout, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  if (!onPath('npm')) {
    throw new Complaint('npm is missing: it comes with Node.js (https://nodejs.org), version 20.19 or newer.');
  }
  say("the extension's npm packages, once");
  await run('npm', ['ci', '--ignore-scripts'], { cwd: checkout });
  writeFileSync(stamp, hash);
}

/** Builds the server's jar, unless it is newer than all that it is made of. */
async function ensureServer(/** @type {(message: string) => void} */ say) {
  const jar = join(checkout, JAR);
  const sources = ['syntax', 'compiler', 'server'].flatMap((module) => [`${module}/src/main`, `${module}/pom.xml`]);
  const built = existsSync(jar) ? statSync(jar).mtimeMs : 0;
  if (['pom.xml', ...sources].every((source) => newest(join(checkout, source)) < built)) return;
  if (!onPath('mvn')) throw new Complaint('Maven is missing: apt-get install maven');
  say('compiler and language server: building with Maven');
  await run('mvn', ['-q', 'package', '-DskipTests', '-pl', 'server', '-am'], { cwd: checkout });
  if (!existsSync(jar)) throw new Error(`the build made no ${JAR}`);
}

/** @returns {Record<string, unknown>} package.json without what only the build needs */
function publishedManifest() {
  /** @type {unknown} */
  const manifest = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
  return Object.fromEntries(
    Object.entries(manifest ?? {}).filter(([name]) => !['scripts', 'devDependencies'].includes(name)),
  );
}

/** @param {string} path @returns {number} when the file, or the newest file in the folder, was written; 0 if there is none */
function newest(path) {
  if (!existsSync(path)) return 0;
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(await packageExtension(stepPrinter()));
}
