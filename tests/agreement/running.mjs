// Holds what random scripts of begin probes print beside what SystemTap’s own stapbpf prints of them; see tests/agreement/running.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { peerObstacle, peerScripts } from '../guest/peer.mjs';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const count = Number(process.argv[2] ?? 300);
const seed = Number(process.argv[3] ?? 2);
const obstacle = peerObstacle();
if (obstacle) {
  console.error(obstacle);
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'peer-'));
const { command, stdout, refused } = peerScripts(checkout, folder, count, seed);
const guest = (/** @type {string} */ program, /** @type {string[]} */ ...words) =>
  spawnSync(join(checkout, 'tests/guest', program), words, { encoding: 'utf8', maxBuffer: 1 << 28 });
const kernel = guest('kernel', '6.1').stdout.trim().split('\n').at(-1) ?? '';
const theirs = guest('run', '-t', String(120 + count * 4), kernel, command).stdout;
const answers = (/** @type {string} */ text) =>
  new Map(
    text
      .split(/^== /m)
      .slice(1)
      .map((answer) => [answer.split('\n', 1)[0], answer]),
  );
const printed = answers(theirs);
const differing = [...answers(stdout)].filter(([number, ours]) => printed.get(number) !== ours);
for (const [number, ours] of differing) {
  console.log(`--- ${join(folder, `${number}.stp`)}\nours: ${ours}\nSystemTap's: ${printed.get(number) ?? 'nothing'}`);
}
writeFileSync(join(folder, 'theirs'), theirs);
console.log(
  `${count - refused} scripts run by both, ${differing.length} printed otherwise, ${refused} that SystemTap does not compile`,
);
process.exitCode = differing.length === 0 ? 0 : 1;
