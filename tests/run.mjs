// Runs groups of tests one after the other, goes on after a failing one, and ends with a summary of every test. Each group writes
// JUnit's XML, which the summary is read from: a test that was skipped is named with its reason.
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJUnit } from './junit.mjs';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const logs = join(checkout, 'target/tests');

/**
 * @typedef {object} Step
 * @property {string} command one line for the shell, run in the checkout
 * @property {string} [junit] the JUnit file that it writes
 *
 * @typedef {object} Group
 * @property {string} name
 * @property {string} about
 * @property {Step[]} steps run in turn, each whatever became of the one before
 * @property {string[]} [reports] folders with the JUnit files of the whole group
 */

/** @param {string} name @param {string} files @returns {Step} */
function nodeTests(name, files) {
  const junit = join(logs, `${name}.xml`);
  const reporters = `--test-reporter=spec --test-reporter-destination=stdout --test-reporter=junit --test-reporter-destination=${junit}`;
  return { command: `node --test --test-concurrency=1 ${reporters} ${files}`, junit };
}

const modules = ['syntax', 'compiler', 'server', 'tests'];

/** @type {Group[]} */
const groups = [
  {
    name: 'java',
    about: 'compiler, run time and language server, on this kernel',
    steps: [{ command: 'mvn verify' }],
    reports: modules.map((module) => `${module}/target/surefire-reports`),
  },
  {
    name: 'extension',
    about: 'the VS Code extension: lint, types, units, grammar',
    steps: [
      { command: 'npm ci --ignore-scripts' },
      { command: 'npm run --silent lint' },
      { command: 'npm run --silent check' },
      { command: 'node vscode-extension/build.mjs --tests' },
      nodeTests('extension', 'vscode-extension/dist/test/'),
      { command: "cd vscode-extension && npx --no-install vscode-tmgrammar-test 'test/grammar/*.stp'" },
    ],
  },
  {
    name: 'editor',
    about: 'a real VS Code: a diagnostic, a hover, a run',
    steps: [nodeTests('editor', 'tests/editor/editor.test.mjs')],
  },
  {
    name: 'neovim',
    about: 'a second client of the language server',
    steps: [nodeTests('neovim', 'tests/neovim/neovim.test.mjs')],
  },
  {
    name: 'guest',
    about: 'kernels that this machine does not run, under emulation',
    steps: [nodeTests('guest', 'tests/guest/guest.test.mjs')],
  },
];

/** @typedef {import('./junit.mjs').Outcome & {group: string}} Result */

/** @param {Group} group @returns {Promise<Result[]>} */
async function runGroup(group) {
  const begun = performance.now();
  console.log(`\n=== ${group.name}: ${group.about}`);
  for (const folder of group.reports ?? []) rmSync(join(checkout, folder), { recursive: true, force: true });
  const log = join(logs, `${group.name}.log`);
  const file = createWriteStream(log);
  /** @type {Result[]} */
  const results = [];
  for (const { command, junit } of group.steps) {
    const { status, said } = await shell(command, file);
    const outcomes = junit ? readReport(junit) : [];
    results.push(...outcomes.map((outcome) => ({ ...outcome, group: group.name })));
    // A step without a report is a test of its own; one whose report shows no failure may still have failed.
    const told = outcomes.some((outcome) => outcome.kind === 'failed');
    if (status !== 0 && !told) {
      const reason = `ended with ${status}; see ${log}\n${lastLines(said)}`;
      results.push({ group: group.name, name: command, kind: 'failed', reason });
    } else if (!junit && !group.reports) results.push({ group: group.name, name: command, kind: 'passed', reason: '' });
  }
  for (const folder of group.reports ?? []) {
    const outcomes = readdirSafely(join(checkout, folder)).flatMap((name) => readReport(join(checkout, folder, name)));
    results.push(...outcomes.map((outcome) => ({ ...outcome, group: group.name })));
  }
  file.end();
  console.log(`=== ${group.name}: ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  return results;
}

/** @param {string} folder @returns {string[]} the JUnit files in it */
function readdirSafely(folder) {
  return existsSync(folder) ? readdirSync(folder).filter((name) => /^TEST-.*\.xml$/.test(name)) : [];
}

/** @param {string} path */
function readReport(path) {
  return existsSync(path) ? readJUnit(readFileSync(path, 'utf8')) : [];
}

/**
 * The last lines, without what Maven tells of its progress.
 * @param {string} said @returns {string}
 */
function lastLines(said) {
  const lines = said.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('[INFO]'));
  return lines
    .slice(-12)
    .map((line) => `  ${line}`)
    .join('\n');
}

/**
 * @param {string} command @param {import('node:fs').WriteStream} log
 * @returns {Promise<{status: number, said: string}>} and the end of what it said
 */
function shell(command, log) {
  return new Promise((resolve, reject) => {
    let said = '';
    const child = spawn('bash', ['-c', command], { cwd: checkout, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (/** @type {Buffer} */ bytes) => {
        log.write(bytes);
        said = (said + bytes.toString()).slice(-20_000);
        process.stdout.write(bytes);
      });
    }
    child.once('error', reject);
    child.once('close', (status) => {
      resolve({ status: status ?? 128, said });
    });
  });
}

/** @param {Result[]} results */
function summarise(results) {
  const of = (/** @type {string} */ kind) => results.filter((result) => result.kind === kind);
  console.log('\n=== summary');
  for (const name of new Set(results.map((result) => result.group))) {
    const count = (/** @type {string} */ kind) => of(kind).filter((result) => result.group === name).length;
    console.log(`${name.padEnd(10)} ${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
  }
  for (const { group, name, reason } of of('skipped')) {
    console.log(`skipped: ${group}: ${name}: ${reason || 'no reason given'}`);
  }
  for (const { group, name, reason } of of('failed')) console.log(`FAILED: ${group}: ${name}: ${reason}`);
  console.log(`\n${of('passed').length} passed, ${of('failed').length} failed, ${of('skipped').length} skipped`);
  return of('failed').length === 0 && of('passed').length > 0 ? 0 : 1;
}

const wanted = process.argv.slice(2);
if (wanted.includes('--list')) {
  for (const { name, about } of groups) console.log(`${name.padEnd(10)} ${about}`);
} else {
  const unknown = wanted.filter((name) => !groups.some((group) => group.name === name));
  if (unknown.length > 0) {
    console.error(`There is no group ${unknown.join(', ')}: bin/test --list names them.`);
    process.exit(2);
  }
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(logs, { recursive: true });
  /** @type {Result[]} */
  const results = [];
  for (const group of groups) {
    if (wanted.length === 0 || wanted.includes(group.name)) results.push(...(await runGroup(group)));
  }
  process.exitCode = summarise(results);
}
