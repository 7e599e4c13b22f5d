// Random handlers, compiled here for another kernel: its verifier takes them all, and they print what they print in user space.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const COUNT = process.env.TAPWRIGHT_GUEST_HANDLERS ?? '100';
const SEED = process.env.TAPWRIGHT_GUEST_SEED ?? '1';
const GENERATOR = 'compiler/src/test/java/dev/tapwright/compiler/runtime/RandomHandler.java';

/** Arrays of a hundred handlers need not have room for 2,048 elements each, and Linux 5.10 has keys of at most 512 bytes. */
const LIMITS = '-DMAXMAPENTRIES=100 -DMAXSTRINGLEN=128 -DMAXERRORS=1000 -DMAXACTION=100000';

/** Some handlers end in errors, which 1 tells. */
const WITH_ERRORS = '|| [ $? = 1 ]';

/** @param {string} checkout @param {string} command */
function shell(checkout, command) {
  const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', command], {
    cwd: checkout,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${command}: ended with ${status}: ${stderr}`);
  return stdout;
}

/** @returns {string} a Java that the sources are written for, which the one in PATH need not be */
export function java() {
  const installed = '/usr/lib/jvm';
  const homes = existsSync(installed) ? readdirSync(installed).map((name) => join(installed, name)) : [];
  const home = [process.env.JAVA_HOME ?? '', ...homes].find((folder) => {
    const release = join(folder, 'release');
    const version = existsSync(release) ? /^JAVA_VERSION="(\d+)/m.exec(readFileSync(release, 'utf8')) : null;
    return Number(version?.[1] ?? 0) >= 25;
  });
  return home === undefined ? 'java' : join(home, 'bin/java');
}

/**
 * Writes and compiles the handlers for a kernel.
 * @param {string} checkout
 * @param {string} folder for what is made
 * @param {import('./cases.mjs').Case['kernels'][number]} series
 * @returns {import('./cases.mjs').Case}
 */
export function randomHandlers(checkout, folder, series) {
  mkdirSync(folder, { recursive: true });
  const script = (/** @type {string} */ placement) => {
    const file = join(folder, `${placement}.stp`);
    writeFileSync(file, shell(checkout, `'${java()}' ${GENERATOR} ${SEED} ${COUNT} ${placement} ${series}`));
    return file;
  };
  const kernel = script('kernel');
  const user = script('user');
  const name = `random_${series.replace('.', '_')}`;
  shell(
    checkout,
    `cd '${folder}' && '${checkout}/bin/stap' -w -p4 ${LIMITS} --bpf-kernel=${series} -m ${name} '${kernel}'`,
  );
  return {
    name: `${COUNT} random handlers of seed ${SEED}: the verifier takes them, and they print what they print in user space`,
    kernels: [series],
    command: `bin/stapbpf '${join(folder, `${name}.bo`)}' ${WITH_ERRORS}`,
    activity: 'true',
    seconds: 300,
    stdout: shell(checkout, `bin/stap -w ${LIMITS} '${user}' ${WITH_ERRORS}`),
  };
}
