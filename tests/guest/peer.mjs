// Random scripts that SystemTap's own stapbpf runs in a guest, where it may lock the memory that it wants: it prints what ours prints.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { java } from './random.mjs';

const GENERATOR = 'compiler/src/test/java/dev/tapwright/compiler/agreement/PeerScripts.java';

/** @returns {string | undefined} why SystemTap's own cannot be asked here */
export function peerObstacle() {
  const missing = ['/usr/bin/stap', '/usr/bin/stapbpf', '/proc/config.gz'].find((file) => !existsSync(file));
  return missing === undefined ? undefined : `${missing} is missing`;
}

/** What stap wants to see of a kernel before it looks at a script. @param {string} folder */
function kernelBuild(folder) {
  mkdirSync(join(folder, 'include/config'), { recursive: true });
  writeFileSync(join(folder, '.config'), gunzipSync(readFileSync('/proc/config.gz')));
  writeFileSync(join(folder, 'include/config/kernel.release'), readFileSync('/proc/sys/kernel/osrelease'));
  for (const name of ['Makefile', 'Module.symvers']) writeFileSync(join(folder, name), '');
  return folder;
}

/**
 * Writes the scripts and lets SystemTap compile them.
 * @param {string} checkout
 * @param {string} folder for what is made
 * @param {number} count
 * @param {number} seed
 * @returns {{command: string, stdout: string, refused: number}} a command for a guest, and what ours prints here of the same scripts
 */
export function peerScripts(checkout, folder, count, seed) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync(java(), [GENERATOR, String(seed), String(count), folder], { cwd: checkout });
  const build = kernelBuild(join(folder, 'kernel'));
  const numbers = Array.from({ length: count }, (_, number) => number);
  const compiled = numbers.filter((number) => {
    const options = ['-r', build, '-p4', '--runtime=bpf', '-m', `peer_${String(number)}`, `${String(number)}.stp`];
    const { status } = spawnSync('/usr/bin/stap', options, {
      cwd: folder,
      env: { ...process.env, SYSTEMTAP_NOSIGN: '1' },
    });
    return status === 0;
  });
  const printed = compiled.map((number) => {
    const script = join(folder, `${String(number)}.stp`);
    return `== ${String(number)}\n${execFileSync('bin/stap', [script], { cwd: checkout, encoding: 'utf8' })}`;
  });
  return {
    command: `cd '${folder}' && for n in ${compiled.join(' ')}; do echo "== $n"; /usr/bin/stapbpf peer_$n.bo; done`,
    stdout: printed.join(''),
    refused: count - compiled.length,
  };
}
