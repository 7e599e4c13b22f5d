// Kernels that this machine does not run, from Debian, under emulation. What cannot be had is skipped, with the reason.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CASES, KERNELS } from './cases.mjs';
import { peerObstacle, peerScripts } from './peer.mjs';
import { randomHandlers } from './random.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const checkout = fileURLToPath(new URL('../..', import.meta.url));
const logs = join(checkout, 'tests/target/guest');
mkdirSync(logs, { recursive: true });

/** Time for one case in a guest, the start of its Java included: 8 s on an idle machine, a minute on a busy one. */
const CASE_SECONDS = 120;

/** Where SystemTap's own stapbpf runs, and how many scripts. */
const PEER_KERNEL = '6.1';
const PEER_SCRIPTS = 40;

/** The exit status of timeout(1) when the time is up. */
const TIMED_OUT = '124';

/** @param {string} program @param {string[]} args @param {number} seconds */
function run(program, args, seconds) {
  return spawnSync(program, args, {
    cwd: checkout,
    encoding: 'utf8',
    timeout: seconds * 1000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** @returns {string | undefined} why no guest can be run here */
function obstacle() {
  if (process.getuid?.() !== 0) return 'only root can share its files with a guest';
  for (const program of ['/usr/bin/qemu-system-x86_64', '/usr/lib/qemu/virtiofsd', '/bin/busybox', '/usr/bin/cpio']) {
    if (!existsSync(program)) return `${program} is missing: apt-get install qemu-system-x86 busybox-static cpio`;
  }
  return undefined;
}

/** Each case's command with its activity beside it; prints for each its exit status and what it wrote, in base64. */
function batch(/** @type {readonly import('./cases.mjs').Case[]} */ cases) {
  const quote = (/** @type {string} */ text) => `'${text.replaceAll("'", "'\\''")}'`;
  const lines = cases.map(({ command, activity, seconds = CASE_SECONDS }) => {
    const begin = activity ? `(while :; do ${activity}; sleep 0.1; done) & busy=$!` : 'busy=';
    return `
${begin}
timeout -k 5 ${seconds} bash -c ${quote(command)} </dev/null >/run/out 2>/run/err
status=$?
[ -z "$busy" ] || { kill $busy; wait $busy; } 2>/dev/null
echo "$status $(base64 -w0 /run/out):$(base64 -w0 /run/err)"`;
  });
  return `export TAPWRIGHT_BUILD=never\n${lines.join('\n')}`;
}

/** The lines that only one of two texts has, as diff(1) marks them. */
function different(/** @type {string} */ printed, /** @type {string} */ wanted) {
  const [got, expected] = [printed.split('\n'), wanted.split('\n')];
  return [
    'it printed other lines, or in another order:',
    ...expected.filter((line) => !got.includes(line)).map((line) => `- ${line}`),
    ...got.filter((line) => !expected.includes(line)).map((line) => `+ ${line}`),
  ].join('\n');
}

/** @param {string} base64 */
function decode(base64) {
  return Buffer.from(base64, 'base64').toString();
}

const reason = obstacle();
if (!reason) {
  // Built here, in seconds; a guest would take minutes.
  const built = run('bin/stap', ['--version'], 600);
  assert.equal(built.status, 0, `bin/stap --version: ${built.stderr}`);
  // The first start makes the ahead-of-time cache in the background; guests would each make their own meanwhile, slowly.
  for (
    let waits = 0;
    waits < 120 && !readdirSync(join(checkout, 'server/target')).some((name) => name.endsWith('.aot'));
    waits++
  ) {
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/**
 * Scripts that SystemTap's own run time runs; none where it is missing, which the packages of bin/test bring.
 * @returns {import('./cases.mjs').Case[]}
 */
function peerCases() {
  if (peerObstacle()) return [];
  const { command, stdout } = peerScripts(checkout, join(logs, 'peer'), PEER_SCRIPTS, 1);
  const name = `${String(PEER_SCRIPTS)} random scripts: SystemTap's own stapbpf prints what ours prints`;
  return [{ name, kernels: [PEER_KERNEL], command, stdout, seconds: 300 }];
}

for (const series of KERNELS) {
  test(`Linux ${series}`, { timeout: 1_200_000 }, async (context) => {
    if (reason) {
      context.skip(reason);
      return;
    }
    const fetched = run(join(here, 'kernel'), [series], 300);
    if (fetched.status !== 0) {
      context.skip(`Debian's kernel ${series} cannot be had: ${fetched.stderr.trim() || String(fetched.signal)}`);
      return;
    }
    const kernel = fetched.stdout.trim().split('\n').at(-1) ?? '';
    const cases = [
      ...CASES.filter(({ kernels }) => kernels.includes(series)),
      randomHandlers(checkout, join(logs, series), series),
      ...(series === PEER_KERNEL ? peerCases() : []),
    ];
    const seconds = cases.reduce((sum, { seconds = CASE_SECONDS }) => sum + seconds + 10, 60);
    const booted = run(join(here, 'run'), ['-t', String(seconds), kernel, batch(cases)], seconds + 30);
    writeFileSync(join(logs, `${series}.log`), `${booted.stdout}\n${booted.stderr}`);
    const answers = booted.stdout.trimEnd().split('\n');
    for (const [index, { name, stdout, status = 0, seconds = CASE_SECONDS }] of cases.entries()) {
      await context.test(name, (current) => {
        const answer = /^(\d+) ([^:]*):(.*)$/.exec(answers[index] ?? '');
        // An emulated kernel on a busy machine can take longer than anybody waits: that says nothing of the script.
        if (!answer || answer[1] === TIMED_OUT) {
          current.skip(`the emulated kernel took longer than ${seconds} s`);
          return;
        }
        const [, ended, out = '', err = ''] = answer;
        const printed = decode(out);
        const said = `it printed ${JSON.stringify(printed)}; its standard error: ${decode(err)}`;
        // All at once where they are few lines; of many, what differs.
        if (typeof stdout === 'string' && stdout.split('\n').length > 20) {
          assert.ok(printed === stdout, `${different(printed, stdout)}\nits standard error: ${decode(err)}`);
        } else if (typeof stdout === 'string') assert.equal(printed, stdout, said);
        else assert.match(printed, stdout, said);
        assert.equal(Number(ended), status, said);
      });
    }
  });
}
