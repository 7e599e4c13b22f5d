// Neovim as a second client of the language server: what it takes is in docs/editors.md, and nothing of VS Code.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const checkout = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @typedef {object} Seen
 * @property {string} [failure]
 * @property {string} filetype
 * @property {{line: number, severity: number, message: string}[]} diagnostics
 * @property {{contents: {value: string}}} hover
 * @property {{range: {start: {line: number}}} | {range: {start: {line: number}}}[]} definition
 * @property {number} exit
 */

const neovim = ['/usr/bin/nvim', '/usr/local/bin/nvim'].find((path) => existsSync(path));

test('Neovim shows diagnostics, hover and definition', { timeout: 600_000 }, (context) => {
  if (neovim === undefined) {
    context.skip('Neovim is missing: apt-get install neovim');
    return;
  }
  const built = spawnSync(join(checkout, 'bin/stap'), ['--version'], { encoding: 'utf8' });
  assert.equal(built.status, 0, built.stderr);

  const work = mkdtempSync(join(tmpdir(), 'tapwright-neovim-'));
  try {
    const result = join(work, 'result.json');
    // The probe point sched_switch, and the use of counts in line 6.
    const words = [join(checkout, 'bin/stap'), join(here, 'script.stp'), result, '4:23', '6:6'];
    const list = words.map((word) => `'${word.replaceAll("'", "''")}'`).join(', ');
    const session = spawnSync(
      neovim,
      [
        '--headless',
        '--clean',
        '-n',
        '--cmd',
        `let g:arguments = [${list}]`,
        '-c',
        `luafile ${join(here, 'session.lua')}`,
      ],
      {
        encoding: 'utf8',
        timeout: 300_000,
        env: { ...process.env, HOME: work, XDG_STATE_HOME: work, NVIM_LOG_FILE: join(work, 'log') },
      },
    );
    assert.ok(existsSync(result), `Neovim wrote nothing: ${session.stdout}${session.stderr}`);
    /** @type {unknown} */
    const json = JSON.parse(readFileSync(result, 'utf8'));
    const seen = /** @type {Seen} */ (json);
    assert.equal(seen.failure, undefined);
    assert.equal(seen.filetype, 'systemtap');

    const [first] = seen.diagnostics;
    assert.equal(first?.line, 5, JSON.stringify(seen.diagnostics));
    assert.equal(first.severity, 1);
    assert.match(first.message, /loop/);

    assert.match(seen.hover.contents.value, /sched_switch/);
    const [target] = Array.isArray(seen.definition) ? seen.definition : [seen.definition];
    assert.equal(target?.range.start.line, 1, 'counts is declared in line 2');
    assert.equal(seen.exit, 0, 'the server ends in order');
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
});
